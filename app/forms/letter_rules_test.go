package forms

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"

	"madoguchi/rules"
)

// rendered is each page of a PDF as a picture at a resolution.
func rendered(t *testing.T, pdf []byte, dpi int) []string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "form.pdf")
	if err := os.WriteFile(path, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("pdftoppm", "-r", fmt.Sprint(dpi), "-png", path, filepath.Join(dir, "page")).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	pages, err := filepath.Glob(filepath.Join(dir, "page*.png"))
	if err != nil || len(pages) == 0 {
		t.Fatalf("no page was rendered: %v", err)
	}
	return pages
}

// scan reads the code of a rendered page.
func scan(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	hints := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}
	result, err := qrcode.NewQRCodeReader().Decode(bitmap, hints)
	if err != nil {
		t.Fatalf("%s: %v", filepath.Base(path), err)
	}
	return result.GetText()
}

func TestCodesAreReadAt150DPI(t *testing.T) {
	office := officeOf(t, "tagajo")
	doc, err := MakeLetter(embeddedOnly(), office, sampleLetter(t, office, rules.PINReset), Options{})
	if err != nil {
		t.Fatal(err)
	}
	slip, err := MakeSlip(embeddedOnly(), sampleSlip(t), Options{Training: true})
	if err != nil {
		t.Fatal(err)
	}
	pages := append(rendered(t, written(t, doc), 150), rendered(t, written(t, slip), 150)...)
	if len(pages) != 3 {
		t.Fatalf("%d pages", len(pages))
	}
	for _, page := range pages {
		if got, want := scan(t, page), "KG26-000017-1"; got != want {
			t.Errorf("%s holds %q, want %q", filepath.Base(page), got, want)
		}
	}
}

func TestCodesOfABatchAreEachItsOwn(t *testing.T) {
	letters := letterBatch(t, 2)
	doc, faults, err := MakeLetters(t.Context(), embeddedOnly(), tagajoOnly(t), letters, nil, Options{})
	if err != nil || faults != nil {
		t.Fatal(err, faults)
	}
	for i, page := range rendered(t, written(t, doc), 150) {
		if got, want := scan(t, page), letters[i/2].CaseNumber+"-1"; got != want {
			t.Errorf("page %d holds %q, want %q", i+1, got, want)
		}
	}
}

// The fold lines of a sheet folded in three, in millimetres.
const firstFold, secondFold = 99.0, 198.0

func TestPINBoxesLieBetweenTheFolds(t *testing.T) {
	for _, id := range letterOffices {
		office := officeOf(t, id)
		for _, procedure := range office.Procedures() {
			doc, err := MakeLetter(embeddedOnly(), office, sampleLetter(t, office, procedure), Options{Record: true})
			if err != nil {
				t.Fatal(err)
			}
			inside := 0
			for _, p := range doc.Placed() {
				if p.Page != 2 || !strings.Contains(p.Text, "番号】") && !strings.Contains(p.Text, "まちがえやすい") {
					continue
				}
				inside++
				if p.Y <= firstFold+2 || p.Y >= secondFold-4 {
					t.Errorf("%s %s: %q stands at %.1f mm, outside the inner third", id, procedure, p.Text, p.Y)
				}
			}
			if inside < 2 {
				t.Errorf("%s %s: only %d lines of PIN boxes found", id, procedure, inside)
			}
		}
	}
}

func TestAddressStandsWhereTheWindowAlwaysShowsIt(t *testing.T) {
	for _, id := range letterOffices {
		office := officeOf(t, id)
		l := longLetter(t, office)
		l.Procedure = office.Procedures()[:1]
		doc, err := MakeLetter(embeddedOnly(), office, l, Options{Record: true})
		if err != nil {
			t.Fatal(err)
		}
		seen, ever := office.Window.always(), office.Window.ever()
		private := append([]string{"KASUN", "BANDARANAYA", "〒100-0013", "(通称 見本"}, l.Holder.Address...)
		for _, p := range doc.Placed() {
			if p.Page != 1 || p.Y > firstFold {
				continue
			}
			address := false
			for _, s := range private {
				address = address || strings.Contains(s, p.Text) || strings.Contains(p.Text, s)
			}
			if address && (p.X < seen.x || p.Y < seen.y || p.Y > seen.y+seen.h) {
				t.Errorf("%s: %q stands at %.1f, %.1f, outside %+v", id, p.Text, p.X, p.Y, seen)
			}
			if !address && p.Text != "転送不要" && p.X < ever.x+ever.w && p.Y < ever.y+ever.h && p.Y > ever.y && p.X > ever.x {
				t.Errorf("%s: %q at %.1f, %.1f may show in the window", id, p.Text, p.X, p.Y)
			}
		}
	}
}

func TestProtectedHoldersAddressIsOnNoSheetForAnAgent(t *testing.T) {
	office := officeOf(t, "tagajo")
	l := sampleLetter(t, office, rules.PINReset)
	l.Protected = true
	home := l.Holder.Address
	for _, agent := range [][]string{{"別県別市別町9-9-9"}, home, {strings.Join(home, " ")}, home[:1]} {
		l.Agent.Address = agent
		doc, err := MakeLetter(embeddedOnly(), office, l, Options{Record: true})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range doc.Placed() {
			if p.Page == 2 && (strings.Contains(p.Text, "例示市") || strings.Contains(p.Text, "503")) {
				t.Errorf("with an agent of %q the reply shows %q", agent, p.Text)
			}
		}
	}
	slip, err := MakeSlip(embeddedOnly(), office.Slip(l, nil), Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range slip.Placed() {
		if strings.Contains(p.Text, "例示市") || strings.Contains(p.Text, "架空") {
			t.Errorf("the slip shows %q", p.Text)
		}
	}
	office.on["duplex"] = true
	if _, err := MakeLetter(embeddedOnly(), office, l, Options{}); !errors.Is(err, ErrProtectedDuplex) {
		t.Errorf("duplex: got %v, want a refusal", err)
	}
}

func TestReplyDayIsNeverAssumed(t *testing.T) {
	office := officeOf(t, "kawasaki")
	l := sampleLetter(t, office, rules.PINReset)
	l.ReplyBy = 0
	if _, err := MakeLetter(embeddedOnly(), office, l, Options{}); !errors.Is(err, ErrReplyBy) {
		t.Errorf("got %v, want ErrReplyBy", err)
	}
	office.ReplyDays = 30
	doc, err := MakeLetter(embeddedOnly(), office, l, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if text := readBack(t, written(t, doc)); !strings.Contains(text, "令和8年12月24日(木) まで") {
		t.Errorf("30 days from the day after 24 November: %q", text)
	}
}

func TestNoIndividualNumberIsPrinted(t *testing.T) {
	office := officeOf(t, "tagajo")
	number := individualNumber(t)
	for _, spoil := range []func(*Letter){
		func(l *Letter) { l.Holder.Address = append(l.Holder.Address, number) },
		func(l *Letter) { l.Agent.Relation = number },
		func(l *Letter) { l.DocumentNumber = number },
		func(l *Letter) { l.CaseNumber = number },
	} {
		l := sampleLetter(t, office, rules.PINReset)
		spoil(&l)
		var fault *FieldError
		_, err := MakeLetter(embeddedOnly(), office, l, Options{})
		if !errors.As(err, &fault) || fault.Fault != FieldIndividualNumber || strings.Contains(err.Error(), number) {
			t.Errorf("got %v, want a refusal that does not repeat the number", err)
		}
	}
}

// individualNumber makes a number with a valid check digit that nobody has.
func individualNumber(t *testing.T) string {
	t.Helper()
	for d := range 10 {
		if s := fmt.Sprintf("00000000001%d", d); rules.HasIndividualNumber(s) {
			return s
		}
	}
	t.Fatal("no check digit is valid")
	return ""
}

func TestSwitchesAndOwnWords(t *testing.T) {
	data := "key,value,source\ntitle,照会書,\naddressee,見本市長,\nsender.office,見本課,\nsender.phone,000,\npins.pin-reset,signature:wished|user-identification:current,\nswitches,seal official-seal barcode absence-reason not-forwarded duplex written-by-another,\nwindow.x,15,\nwindow.y,15,\nwindow.w,110,\nwindow.h,60,\nreplyDays,14,\nretention,5年,\nformVersion,2,\ntext.dohead,していただきたいこと,\n"
	office, err := ReadOffice("sample", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	l := sampleLetter(t, office, rules.PINReset)
	l.ReplyBy = 0
	doc, err := MakeLetter(embeddedOnly(), office, l, Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	pdf := written(t, doc)
	keep(t, "switches", pdf)
	text := readBack(t, pdf)
	for _, want := range []string{"していただきたいこと", "記名のときは押印", "公印", "ご本人が来られない理由", "転送不要", "裏面の", "5年", "今の番号", "これから使いたい番号", "令和8年12月8日"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not on the letter", want)
		}
	}
}

func TestOfficeFaultsAreToldTogether(t *testing.T) {
	_, err := ReadOffice("sample", []byte("key,value,source\ntitle,照会書,\nswitches,wings,\nwindow.w,abc,\npins.pin-reset,signature:sometimes,\nnonsense,1,\n"))
	if err == nil {
		t.Fatal("faults were not seen")
	}
	for _, want := range []string{"line 3", "line 4", "line 5", "line 6", "formVersion is missing", "window"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

// A name no font has is left as a box to write in; nothing of it is printed.
func TestNamesLeftToBeWrittenByHand(t *testing.T) {
	office := officeOf(t, "tagajo")
	l := sampleLetter(t, office, rules.PINReset)
	l.Holder.Name, l.Agent.Name = "見本 \uE123太", "例示 \uE123子"
	l.Handwritten = []string{"holder.name", "agent.name", "agent.address"}
	doc, err := MakeLetter(embeddedOnly(), office, l, Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	seen, sama := office.Window.always(), false
	for _, p := range doc.Placed() {
		if strings.ContainsAny(p.Text, "\uE123") || strings.Contains(p.Text, "例示 ") || p.Page == 2 && strings.Contains(p.Text, "架空町") {
			t.Errorf("the letter shows %q", p.Text)
		}
		sama = sama || p.Text == "様" && p.X > seen.x && p.X < seen.x+seen.w && p.Y > seen.y && p.Y < seen.y+seen.h
	}
	if !sama {
		t.Error("no 様 stands in the window")
	}
	keep(t, "handwritten", written(t, doc))
	l.Handwritten = []string{"holder.address"}
	var fault *FieldError
	if _, err := MakeLetter(embeddedOnly(), office, l, Options{}); !errors.As(err, &fault) || fault.Fault != FieldUnknown {
		t.Errorf("an address by hand: got %v", err)
	}
}

func TestWindowsAsTheyAreMeasured(t *testing.T) {
	cases := []struct {
		text string
		want Window
		ok   bool
	}{
		{"20 18 90 45", Window{20, 18, 90, 45, 25, 21}, true},
		{"20, 18、90　45,10 5.5", Window{20, 18, 90, 45, 10, 5.5}, true},
		{"20 18 90", Window{}, false},
		{"20 18 60 45", Window{}, false}, // shows 35 mm at its worst
		{"200 18 90 45", Window{}, false},
		{"20 18 -90 45", Window{}, false},
		{"見本封筒", Window{}, false},
		{"NaN 18 90 45", Window{}, false},
	}
	for _, c := range cases {
		got, err := ParseWindow(c.text)
		if (err == nil) != c.ok || c.ok && got != c.want {
			t.Errorf("%q: got %+v, %v", c.text, got, err)
		}
	}
}

// The code on the forms holds A-Z, 0-9 and hyphens: any other number is refused
// with its field, on the letter and on the slip.
func TestNumbersTheCodeCannotHold(t *testing.T) {
	for number, want := range map[string]FieldFault{
		"AB CD": FieldNotACode, "kg26-000017": FieldNotACode, "ＫＧ26-000017": FieldNotACode, "KG26/17": FieldNotACode, " ": FieldMissing,
		"20261124-0009": "", "K-1": "",
	} {
		var fault *FieldError
		switch err := errors.Join(checkNumber(number)...); {
		case want == "" && err != nil:
			t.Errorf("%q: got %v", number, err)
		case want != "" && (!errors.As(err, &fault) || fault.Field != "caseNumber" || fault.Fault != want):
			t.Errorf("%q: got %v, want %s", number, err, want)
		}
	}
}
