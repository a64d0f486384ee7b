package forms

import (
	"slices"
	"strings"
	"testing"

	"madoguchi/rules"
)

// textsOn are the lines of a document, furigana aside.
func textsOn(doc *Document) string {
	var b strings.Builder
	for _, p := range doc.Placed() {
		b.WriteString(p.Text + "\n")
	}
	return b.String()
}

// checklistText is what a checklist says, without furigana.
func checklistText(t *testing.T, in Checklist) string {
	t.Helper()
	in.NoReadings = true
	doc, err := MakeChecklist(embeddedOnly(), in, Options{Record: true})
	if err != nil {
		t.Fatal(err)
	}
	keep(t, "visits-"+string(in.Plan.Municipality)+"-"+string(in.Plan.Outcome), written(t, doc))
	return textsOn(doc)
}

func requirement(id, text string, class rules.DocumentClass) rules.Requirement {
	return rules.Requirement{ID: id, Of: "visitor", Status: rules.Stated, Text: rules.Text{Ja: text}, AnyOf: [][]rules.ClassCount{{{Class: class, Count: 1}}}}
}

// letterPlans are a first visit at which a letter is mailed, and the second.
func letterPlans(t *testing.T) (first, second rules.Plan) {
	first = rules.Plan{Municipality: "sample", On: day(t, "2026-11-24"), Procedure: rules.Procedures{rules.PINReset}, Status: rules.Stated, Capacity: "voluntary-agent",
		Outcome: rules.VisitAgain, Visit: 1, Visits: 2, Letters: []rules.Line{{ID: "letter", Text: rules.Text{Ja: "郵送"}}},
		Requirements: []rules.Requirement{requirement("id", "本人確認書類1点", rules.ClassAnyID)}}
	second = first
	second.Outcome, second.Visit, second.Letters = rules.Proceed, 2, nil
	second.Requirements = []rules.Requirement{requirement("card", "マイナンバーカード", rules.ClassIndividualNumberCard), requirement("letter", letterName+"(封をしたもの)", rules.ClassLetter)}
	return first, second
}

// The papers of today and of the second visit stand under their own headings.
func TestPapersOfEachVisit(t *testing.T) {
	first, second := letterPlans(t)
	text := checklistText(t, Checklist{Plan: first, Second: &second, LetterTitle: "照会回答書"})
	order := []string{"もう一度お越しください", "今日(1回目)に必要なもの", "本人確認書類1点", "2回目にお持ちいただくもの", "マイナンバーカード", "照会回答書(封をしたもの)"}
	at := -1
	for _, want := range order {
		next := strings.Index(text, want)
		if next <= at {
			t.Fatalf("%q stands at %d, not after %d:\n%s", want, next, at, text)
		}
		at = next
	}
	first.Visits = 3
	text = checklistText(t, Checklist{Plan: first, Second: &second})
	if !strings.Contains(text, "今日必要なもの") || !strings.Contains(text, "次回お持ちいただくもの") {
		t.Errorf("of three visits: %s", text)
	}
}

// Where the second visit is not known, nothing is made up for it.
func TestSecondVisitThatIsNotKnown(t *testing.T) {
	first, second := letterPlans(t)
	second.Outcome = rules.AskSupervisor
	for _, in := range []Checklist{{Plan: first}, {Plan: first, Second: &second}} {
		text := checklistText(t, in)
		if !strings.Contains(text, "窓口の担当者が確認して、お知らせします") || strings.Contains(text, "封をしたもの") {
			t.Errorf("got %s", text)
		}
	}
}

// Where both visits take the same papers, they are brought with the letter.
func TestSamePapersAreBroughtOnce(t *testing.T) {
	first, second := letterPlans(t)
	first.Requirements = second.Requirements
	text := checklistText(t, Checklist{Plan: first, Second: &second})
	if strings.Contains(text, "今日") || strings.Count(text, "封をしたもの") != 1 || !strings.Contains(text, "2回目にお持ちいただくもの") {
		t.Errorf("got %s", text)
	}
}

// A note about a class names it in the page's own words.
func TestClassesAreNamedInTheRegister(t *testing.T) {
	_, p := letterPlans(t)
	p.Requirements = []rules.Requirement{{ID: "id", Of: "holder", Status: rules.Stated, Text: rules.Text{Ja: "A書類1点またはB書類1点", En: "one of list A or B"},
		AnyOf:      [][]rules.ClassCount{{{Class: rules.ClassA, Count: 1}}, {{Class: rules.ClassB, Count: 1}}},
		ExamplesOf: map[rules.DocumentClass][]string{rules.ClassA: {"運転免許証", "旅券"}, rules.ClassB: {"学生証"}}}}
	for language, want := range map[Language][]string{Japanese: {"A書類: 運転免許証、旅券", "B書類: 学生証"}, English: {"class A document: 運転免許証, 旅券", "class B document: 学生証"}} {
		text := checklistText(t, Checklist{Plan: p, Language: language})
		for _, line := range want {
			if !strings.Contains(text, line) {
				t.Errorf("%s: no %q in %s", language, line, text)
			}
		}
	}
}

// What is for the clerk stands in the window, not on the visitor's paper; and no count
// of visits stands beside the words that it is not stated.
func TestLinesForStaffAreNotPrinted(t *testing.T) {
	_, p := letterPlans(t)
	p.Visits = 1
	line := func(id, text string) rules.Line { return rules.Line{ID: id, Text: rules.Text{Ja: text}} }
	if text := checklistText(t, Checklist{Plan: p}); !strings.Contains(text, "来庁は") {
		t.Errorf("no count of visits: %s", text)
	}
	p.OpenPoints = []rules.Line{line("list-not-set", "一覧が要設定"), line("open/visits", "来庁の回数は記載なし")}
	p.Notes = []rules.Line{line("eve-of-birthday", "統合端末の判定"), line("note", "ご注意の文")}
	text := checklistText(t, Checklist{Plan: p})
	for _, not := range []string{"要設定", "統合端末", "来庁は"} {
		if strings.Contains(text, not) {
			t.Errorf("%q is printed", not)
		}
	}
	for _, want := range []string{"来庁の回数は記載なし", "ご注意の文"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not printed", want)
		}
	}
}

// Every form of superseded rules says so across the page, but for a drill's, which
// says 訓練.
func TestSupersededRulesMarkEveryForm(t *testing.T) {
	office := officeOf(t, "kagoshima-sheet")
	office.Superseded = true
	l := sampleLetter(t, office, rules.CertificateIssue)
	first, _ := letterPlans(t)
	first.Notes = []rules.Line{{ID: "superseded", Text: rules.Text{Ja: "この判定表は旧版です"}}}
	fonts := embeddedOnly()
	forms := map[string]func(Options) (*Document, error){
		"letter": func(o Options) (*Document, error) { return MakeLetter(fonts, office, l, o) },
		"slip":   func(o Options) (*Document, error) { return MakeSlip(fonts, office.Slip(l, nil), o) },
		"label": func(o Options) (*Document, error) {
			return MakeLabels(fonts, TwelveLabels(), 0, []Label{{To: l.Holder, Superseded: true}}, l.IssuedOn, o)
		},
		"checklist": func(o Options) (*Document, error) { return MakeChecklist(fonts, Checklist{Plan: first}, o) },
	}
	for name, make := range forms {
		for training, want := range map[bool]string{false: "旧版　使用不可", true: "訓練　訓練"} {
			doc, err := make(Options{Record: true, Training: training})
			if err != nil {
				t.Fatal(err)
			}
			marked := 0
			for _, p := range doc.Placed() {
				if p.Text == want {
					marked |= 1 << p.Page
				}
			}
			if marked != 1<<(doc.Pages()+1)-2 {
				t.Errorf("%s: %q is not on every page (%b of %d)", name, want, marked, doc.Pages())
			}
		}
	}
}

func TestCitedLinesAreFewRanges(t *testing.T) {
	cases := map[string][]string{
		"18, 24-25":    {"24-25", "18"},
		"102-110, 114": {"105-107", "102-107", "108,114", "109-110"},
		"93, 99":       {"93,99", "99"},
		"10-12":        {"10-12", "11"},
		"":             {""},
	}
	for want, cited := range cases {
		if got := joinLines(cited); got != want {
			t.Errorf("%q: got %q, want %q", cited, got, want)
		}
	}
}

// A checklist of several pages says on each what it is and which.
func TestPagesAreNumbered(t *testing.T) {
	doc, err := MakeChecklist(embeddedOnly(), Checklist{Plan: planFrom(t, "reset-parent"), LargeType: true, NoReadings: true}, Options{Record: true})
	if err != nil || doc.Pages() < 2 {
		t.Fatalf("%v, %d pages", err, doc.Pages())
	}
	var pages []int
	for _, p := range doc.Placed() {
		if strings.Contains(p.Text, "暗証番号の再設定") && strings.HasSuffix(p.Text, "ページ") {
			pages = append(pages, p.Page)
		}
	}
	if len(pages) != doc.Pages() || !slices.IsSorted(pages) {
		t.Errorf("pages %v of %d are numbered", pages, doc.Pages())
	}
}

// A slip without papers has no heading for them.
func TestSlipWithoutPapers(t *testing.T) {
	s := sampleSlip(t)
	s.Bring = nil
	doc, err := MakeSlip(embeddedOnly(), s, Options{Record: true})
	if err != nil || strings.Contains(textsOn(doc), "お持ちいただくもの") {
		t.Errorf("%v: %s", err, textsOn(doc))
	}
	_, second := letterPlans(t)
	want := []string{"マイナンバーカード", "照会回答書(封をしたもの)"}
	if got := BringLines(second, "照会回答書"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The reply tells until when it holds; a two-sided letter speaks of its sides; and a
// sender without an address is telephoned.
func TestWordsOfTheLetter(t *testing.T) {
	tagajo, center := officeOf(t, "tagajo"), officeOf(t, "kagoshima-center")
	cases := []struct {
		name       string
		office     *Office
		procedure  rules.Procedure
		want, none []string
	}{
		{"two sheets", tagajo, rules.PINReset, []string{"有効期限　令和8年12月24日(木)", "下の3のお手続き", "この紙に暗証番号", "1枚目", "2枚目", "送り返すか", "英字のオー"}, []string{"表面"}},
		{"two sides", tagajo.With("duplex"), rules.PINReset, []string{"この面に暗証番号", "表面", "裏面"}, []string{"この紙に暗証番号", "1枚目", "2枚目"}},
		{"no address", center, rules.CardFaceUpdate, []string{"すぐに下の連絡先へお電話ください"}, []string{"送り返す", "英字の"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			doc, err := MakeLetter(embeddedOnly(), c.office, sampleLetter(t, c.office, c.procedure), Options{Record: true})
			if err != nil {
				t.Fatal(err)
			}
			text := textsOn(doc)
			for _, want := range c.want {
				if !strings.Contains(text, want) {
					t.Errorf("%q is not on the letter", want)
				}
			}
			for _, none := range c.none {
				if strings.Contains(text, none) {
					t.Errorf("%q is on the letter", none)
				}
			}
		})
	}
}

// Nothing stands in the margin of the bars of a label, whatever its name and address,
// and no postal mark without a code.
func TestBarsOfALabelKeepTheirMargin(t *testing.T) {
	office := officeOf(t, "tagajo")
	short, long := sampleLetter(t, office, rules.PINReset).Holder, longLetter(t, office).Holder
	long.Address = slices.Concat([]string{"見本県例示郡架空町大字見本字長見本沢"}, short.Address, []string{"(例示 髙子 様方)"})
	for _, person := range []Person{short, long} {
		at := TwelveLabels()
		if labelBars(Label{To: person, Barcode: true}, box{w: at.Width - 12}) == "" {
			t.Fatalf("no bars for %q", person.Address)
		}
		doc, err := MakeLabels(embeddedOnly(), at, 0, []Label{{To: person, Barcode: true, NotForwarded: true, Sequence: "10000/10000"}}, 0, Options{Record: true})
		if err != nil {
			t.Fatal(err)
		}
		top := at.Top + at.Height - 3 - barLong*0.8 - 2*barcodeMargin // of the bars' margin
		for _, p := range doc.Placed() {
			if p.Y+p.Size*mmPerPoint*0.12 > top {
				t.Errorf("%q stands at %.1f mm, below %.1f", p.Text, p.Y, top)
			}
		}
	}
	short.Postcode = ""
	doc, err := MakeLabels(embeddedOnly(), TwelveLabels(), 0, []Label{{To: short}}, 0, Options{Record: true})
	if err != nil || strings.Contains(textsOn(doc), "〒") {
		t.Errorf("%v: %s", err, textsOn(doc))
	}
}
