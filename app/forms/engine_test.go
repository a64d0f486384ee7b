package forms

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"madoguchi/rules"
)

// hardNames are the spellings that a counter meets and that software breaks.
var hardNames = []string{
	"架空 𠮷男", "例示 髙子", "見本 﨑太郎", "試験 辻\U000E0100子",
	"見本 邉太", "見本 邊太", "葛\U000E0100 太郎", "がき", "SAMPLE ANNA MARIA",
}

func embeddedOnly() *Fonts { return OpenFonts(FontSources{NoSystem: true}) }

// oneLine makes a document with each text on a line of its own.
func oneLine(t *testing.T, fonts *Fonts, options Options, texts ...string) *Document {
	t.Helper()
	made, _ := rules.ParseDate("2026-11-22")
	doc := newDocument(fonts, "test", made, options)
	doc.record = true
	p := doc.addPage()
	for i, s := range texts {
		p.write("holder.name", s, box{20, 20 + 12*float64(i), 170, 12}, Style{Size: 14, Min: 7})
	}
	return doc
}

// written is the document as bytes.
func written(t *testing.T, doc *Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := doc.Write(&out); err != nil {
		t.Fatalf("Write: %v", err)
	}
	return out.Bytes()
}

// readBack returns the text of a PDF, as a reader would copy it.
func readBack(t *testing.T, pdf []byte, options ...string) string {
	t.Helper()
	return runTool(t, pdf, "pdftotext", append(options, "FILE", "-")...)
}

// runTool runs a program of poppler-utils or qpdf on a PDF.
func runTool(t *testing.T, pdf []byte, name string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Fatalf("%s is needed: apt-get install poppler-utils qpdf", name)
	}
	path := filepath.Join(t.TempDir(), "form.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = path
		}
	}
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}

func TestNamesComeBackAsWritten(t *testing.T) {
	pdf := written(t, oneLine(t, embeddedOnly(), Options{}, hardNames...))
	lines := strings.Split(readBack(t, pdf), "\n")
	for _, name := range hardNames {
		if !slices.Contains(lines, name) {
			t.Errorf("%q (%s) is not in the text read back: %q", name, codePoints(name), lines)
		}
	}
	runTool(t, pdf, "qpdf", "--check", "FILE")
}

func TestFontsAreEmbedded(t *testing.T) {
	pdf := written(t, oneLine(t, embeddedOnly(), Options{}, hardNames...))
	rows := strings.Split(strings.TrimSpace(runTool(t, pdf, "pdffonts", "FILE")), "\n")[2:]
	if len(rows) < 2 {
		t.Fatalf("fonts: %q, want at least two", rows)
	}
	for _, row := range rows {
		fields := strings.Fields(row)
		if emb := fields[len(fields)-5]; emb != "yes" {
			t.Errorf("font not embedded: %q", row)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	first := written(t, oneLine(t, embeddedOnly(), Options{}, hardNames...))
	for range 3 {
		if !bytes.Equal(first, written(t, oneLine(t, embeddedOnly(), Options{}, hardNames...))) {
			t.Fatal("the same document gave other bytes")
		}
	}
}

func TestMissingGlyphStopsAndIsNamed(t *testing.T) {
	var missing *MissingGlyphError
	err := oneLine(t, embeddedOnly(), Options{}, "見本 \U0002E980太").Write(&bytes.Buffer{})
	if !errors.As(err, &missing) || missing.Field != "holder.name" || missing.Cluster != "\U0002E980" {
		t.Errorf("got %v, want the missing character named", err)
	}
	for _, stray := range []string{"見本\x07太", "\U000E0100見本", "見本\uFFFD"} {
		if err := oneLine(t, embeddedOnly(), Options{}, stray).Write(&bytes.Buffer{}); !errors.As(err, &missing) {
			t.Errorf("%q: got %v, want a refusal", stray, err)
		}
	}
}

func TestNothingIsWrittenOnAFault(t *testing.T) {
	var out bytes.Buffer
	if err := oneLine(t, embeddedOnly(), Options{}, "\U0002E980").Write(&out); err == nil || out.Len() != 0 {
		t.Errorf("got %v and %d bytes, want an error and nothing", err, out.Len())
	}
}

func TestUnknownVariationAsksFirst(t *testing.T) {
	name := "試験 辻\U000E0102子"
	var variation *VariationError
	err := oneLine(t, embeddedOnly(), Options{}, name).Write(&bytes.Buffer{})
	if !errors.As(err, &variation) || variation.Cluster != "辻\U000E0102" {
		t.Errorf("got %v, want the variation named", err)
	}
	pdf := written(t, oneLine(t, embeddedOnly(), Options{AcceptBaseForms: true}, name))
	if text := readBack(t, pdf); !strings.Contains(text, name) {
		t.Errorf("%q is not in %q", name, text)
	}
}
