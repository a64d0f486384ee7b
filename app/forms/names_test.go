package forms

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"madoguchi/rules"
)

// mjFonts are the embedded fonts with the system's IPAmj and IPAex Mincho.
func mjFonts(t *testing.T) *Fonts {
	t.Helper()
	fonts := OpenFonts(FontSources{})
	if !fonts.HasMJ() {
		t.Skip("IPAmj Mincho is not installed; to run: apt-get install fonts-ipamj-mincho fonts-ipafont-mincho")
	}
	return fonts
}

func TestVariationsOfTheRegister(t *testing.T) {
	fonts := mjFonts(t)
	names := []string{
		"試験 辻\U000E0100子", "試験 辻\U000E0102子", "試験 辻\U000E0103子",
		"渡邉\U000E010F 太郎", "渡邊\U000E0108 花子", "葛\U000E0102城 例示", "架空 \U0002E980",
	}
	pdf := written(t, oneLine(t, fonts, Options{}, names...))
	lines := strings.Split(readBack(t, pdf), "\n")
	for _, name := range names {
		if !slices.Contains(lines, name) {
			t.Errorf("%q (%s) is not in %q", name, codePoints(name), lines)
		}
	}
	keep(t, "variations", pdf)
}

// The shapes of a base form and its variations differ on the page.
func TestVariationsAreDrawnApart(t *testing.T) {
	fonts := mjFonts(t)
	seen := map[uint16]string{}
	for _, text := range []string{"邉", "邉\U000E010F", "邉\U000E0110", "邉\U000E0111"} {
		glyphs, err := fonts.shape(text, false)
		if err != nil || len(glyphs) != 1 {
			t.Fatalf("%q: %v, %v", text, glyphs, err)
		}
		if other := seen[glyphs[0].gid]; other != "" && glyphs[0].font.name == "IPAmjMincho" {
			t.Errorf("%s and %s have one shape", codePoints(text), codePoints(other))
		}
		seen[glyphs[0].gid] = text
	}
}

// One name is in one hand: a character that the first font lacks takes the
// whole name to the next font that has all of it.
func TestOneNameOneFont(t *testing.T) {
	glyphs, err := embeddedOnly().shape("架空 𠮷男", false)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range glyphs {
		if g.font.name != "NotoSansJP-Regular" {
			t.Errorf("%q is drawn by %s", g.text, g.font.name)
		}
	}
}

// gaijiFont writes a font whose U+E000 is the glyph of 辻, as a municipality's own
// font would have it.
func gaijiFont(t *testing.T, code uint16) string {
	t.Helper()
	base := &fontFile{name: "base", data: udRegular}
	if err := base.load(); err != nil {
		t.Fatal(err)
	}
	gid, _, _ := base.glyphFor('辻', 0)
	u := newUsedFont(base, 0)
	u.gids[code] = gid
	path := filepath.Join(t.TempDir(), "gaiji.ttf")
	data, err := u.fontBytes()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOwnFontForExtraCharacters(t *testing.T) {
	name := "見本 \uE000太"
	var missing *MissingGlyphError
	if err := oneLine(t, embeddedOnly(), Options{}, name).Write(&bytes.Buffer{}); !errors.As(err, &missing) {
		t.Errorf("without the font: got %v, want a refusal", err)
	}
	fonts := OpenFonts(FontSources{NoSystem: true, Own: []string{gaijiFont(t, 0xE000)}})
	pdf := written(t, oneLine(t, fonts, Options{}, name))
	if text := readBack(t, pdf); !strings.Contains(text, name) {
		t.Errorf("%q is not in %q", name, text)
	}
}

func TestDamagedOwnFontIsNamed(t *testing.T) {
	path := filepath.Join(t.TempDir(), "broken.ttf")
	if err := os.WriteFile(path, []byte("no font"), 0o600); err != nil {
		t.Fatal(err)
	}
	fonts := OpenFonts(FontSources{NoSystem: true, Own: []string{path}})
	if err := oneLine(t, fonts, Options{}, "見本 \uE000").Write(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "broken") {
		t.Errorf("got %v, want the font named", err)
	}
	written(t, oneLine(t, fonts, Options{}, "見本 太郎")) // a name that does not need it prints
}

func TestAgreedBaseFormIsMarked(t *testing.T) {
	pdf := written(t, oneLine(t, embeddedOnly(), Options{AcceptBaseForms: true}, "試験 辻\U000E0102子"))
	if text := readBack(t, pdf); !strings.Contains(text, "字形が登録と異なる字: 辻\U000E0102") {
		t.Errorf("no mark in %q", text)
	}
}

func TestNothingIsNormalised(t *testing.T) {
	for _, name := range []string{"\uFA19谷 太郎", "神谷 太郎", "か\u3099きこ", "がきこ", "①ノ瀬", "ﾐﾎﾝ ﾀﾛｳ", "Ａｎｎａ", "SAMPLE-O'NEIL ANNA"} {
		pdf := written(t, oneLine(t, embeddedOnly(), Options{}, name))
		if text := strings.TrimSpace(readBack(t, pdf)); text != name {
			t.Errorf("%q (%s) came back as %q (%s)", name, codePoints(name), text, codePoints(text))
		}
	}
}

// Longest realistic values: a Latin name of sixty letters with an alias, an
// address of a big housing complex.
func longLetter(t testing.TB, office *Office) Letter {
	l := sampleLetter(t, office, rules.PINReset)
	l.Holder = Person{
		Name:     "SAMPLEWARA MUDIYANSELAGE KASUN CHATHURANGA EXAMPLE BANDARANAYA",
		Alias:    "見本 架空之介",
		Postcode: "100-0013",
		Address:  []string{"見本県例示郡架空町大字見本字長見本沢一千二百三十四番地の五十六", "県営架空見本団地例示ハイツ第十二号棟千二百三十四号室", "(例示 髙子 様方)"},
	}
	l.Agent = Person{
		Name: "EXAMPLEWARA MUDIYANSELAGE NIROSHA CHATHURANGI SAMPLE BANDARANAYA", Alias: "例示 架空子",
		Address: l.Holder.Address, BirthDate: day(t, "1988-12-31"), Relation: "成年後見監督人の補助者(同居の長男の配偶者)",
	}
	l.CaseNumber = "SIM-KGMC26-0000427891X"
	l.DocumentNumber = "鹿児島市セ第12345678号の2"
	return l
}

func TestLongestValuesFit(t *testing.T) {
	for _, id := range letterOffices {
		office := officeOf(t, id)
		l := longLetter(t, office)
		l.Procedure = office.Procedures()
		doc, err := MakeLetter(embeddedOnly(), office, l, Options{Record: true})
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		pdf := written(t, doc)
		keep(t, "long-"+string(id), pdf)
		text := strings.ReplaceAll(readBack(t, pdf), "\n", "")
		for _, want := range []string{"KASUN", "見本 架空之介", "千二百三十四号室"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the letter", id, want)
			}
		}
	}
	if _, err := MakeLabels(embeddedOnly(), TwelveLabels(), 0, []Label{{To: longLetter(t, officeOf(t, "tagajo")).Holder, NotForwarded: true, Barcode: true, Sequence: "1000/1000"}}, 0, Options{}); err != nil {
		t.Errorf("label: %v", err)
	}
}

func TestTooLongIsRefusedByField(t *testing.T) {
	office := officeOf(t, "tagajo")
	long := strings.Repeat("見本例示架空", 40)
	cases := []struct {
		field string
		spoil func(*Letter)
	}{
		{"holder.name", func(l *Letter) { l.Holder.Name = long }},
		{"holder.address", func(l *Letter) { l.Holder.Address = []string{long} }},
		{"agent.name", func(l *Letter) { l.Agent.Name = long }},
		{"agent.address", func(l *Letter) { l.Agent.Address = []string{long} }},
		{"agent.relation", func(l *Letter) { l.Agent.Relation = long }},
		{"documentNumber", func(l *Letter) { l.DocumentNumber = long }},
		{"code", func(l *Letter) { l.CaseNumber = strings.Repeat("KG26-", 13) + "1" }},
	}
	for _, c := range cases {
		t.Run(c.field, func(t *testing.T) {
			l := sampleLetter(t, office, rules.PINReset)
			c.spoil(&l)
			_, err := MakeLetter(embeddedOnly(), office, l, Options{})
			if err == nil || !strings.Contains(err.Error(), c.field) {
				t.Errorf("got %v, want %s named", err, c.field)
			}
			if err != nil && strings.Contains(err.Error(), long[:30]) {
				t.Errorf("the error repeats the value: %v", err)
			}
		})
	}
}
