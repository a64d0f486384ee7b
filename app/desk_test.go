package app

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"madoguchi/rules"
)

func decide(t *testing.T, d *Desk, answers ...Answer) DeskView {
	t.Helper()
	v, err := d.Decide(Asked{Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestDeskAsksOnlyWhatStillMatters(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	empty := decide(t, d)
	if len(empty.Procedure.Choices) != 9 || len(empty.Visitor.Choices) != 9 {
		t.Fatalf("got %d procedures and %d visitors, want 9 and 9", len(empty.Procedure.Choices), len(empty.Visitor.Choices))
	}
	begun := decide(t, d, Answer{"procedure", "certificate-renewal"}, Answer{"visitor.kind", "holder"})
	if begun.Plan.Outcome != "need-answers" || len(begun.Questions) == 0 {
		t.Fatalf("got %s with %d questions", begun.Plan.Outcome, len(begun.Questions))
	}
	if len(begun.Plan.Sections) == 0 {
		t.Error("nothing is certain although the card is")
	}
	done := decide(t, d, Answer{"procedure", "certificate-renewal"}, Answer{"visitor.kind", "holder"},
		Answer{"card.kind", "standard"}, Answer{"pins", "known"}, Answer{"certificates.signature.state", "valid"})
	if done.Plan.Outcome != "proceed" || !done.Plan.Complete || len(done.Answered) != 5 {
		t.Errorf("got %s, complete %v, %d answered; questions %v", done.Plan.Outcome, done.Plan.Complete, len(done.Answered), done.Questions)
	}
}

func TestEveryLineOfThePlanHasASourceOrSaysSo(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	v := decide(t, d, Answer{"procedure", "pin-reset"}, Answer{"visitor.kind", "holder"},
		Answer{"pins.signature", "forgotten"}, Answer{"pins.rest", "known"}, Answer{"card.chipMatchesFace", "yes"}, Answer{"card.kind", "standard"})
	for _, s := range v.Plan.Sections {
		for _, l := range s.Lines {
			if l.Text == "" {
				t.Errorf("%s %s has no words", s.ID, l.ID)
			}
			if len(l.Sources) == 0 && l.Status == "stated" && (s.ID == "requirements" || s.ID == "pins") {
				t.Errorf("%s %s is stated but cites nothing", s.ID, l.ID)
			}
		}
	}
}

func TestGroupQuestionForPINs(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	base := []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "holder"}, {"card.kind", "standard"}}
	v := decide(t, d, base...)
	if at := questionAt(v, keyAllPINs); at < 0 {
		t.Fatalf("no group question in %v", v.Questions)
	}
	v = decide(t, d, append(base, Answer{keyAllPINs, valueSome})...)
	at := questionAt(v, keyOtherPINs)
	if at < 0 {
		t.Fatalf("no question for the forgotten ones in %v", v.Questions)
	}
	if got := v.Questions[at].Choices[1]; got.Key != "pins.user-identification" || got.Value != "forgotten" || got.Cap != "S" {
		t.Errorf("got %+v", got)
	}
	v = decide(t, d, append(base, Answer{keyAllPINs, valueSome}, Answer{"pins.user-identification", "forgotten"}, Answer{keyOtherPINs, valueAll})...)
	if questionAt(v, keyOtherPINs) >= 0 || questionAt(v, keyAllPINs) >= 0 {
		t.Errorf("PINs are still asked: %v", v.Questions)
	}
}

func questionAt(v DeskView, key string) int {
	for i, q := range v.Questions {
		if q.Key == key {
			return i
		}
	}
	return -1
}

func TestDontKnowIsAlwaysPossible(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	answers := []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "parent"}}
	for range 20 {
		v := decide(t, d, answers...)
		if len(v.Questions) == 0 {
			return
		}
		q := v.Questions[0]
		last := q.Choices[len(q.Choices)-1]
		if q.Key != keyAllPINs && q.Key != keyOtherPINs && last.Label != "分からない" {
			t.Fatalf("%s cannot be answered with 分からない: %v", q.Key, q.Choices)
		}
		answers = append(answers, Answer{last.Key, last.Value})
	}
	t.Errorf("the questions do not end: %v", answers)
}

func TestKeysDoNotCollide(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	v := decide(t, d, Answer{"procedure", "card-face-update"}, Answer{"visitor.kind", "household-member"})
	fixed := append(v.Procedure.Choices, v.Visitor.Choices...)
	for _, q := range append(v.Questions, allPINsQuestion(nil), forgottenPINsQuestion()) {
		seen := map[string]string{}
		for _, c := range append(append([]ChoiceView{}, fixed...), q.Choices...) {
			if c.Code == "" {
				t.Errorf("%s %s has no key", q.Key, c.Value)
			}
			if other, twice := seen[c.Code]; twice {
				t.Errorf("%s: %s and %s share %s", q.Key, other, c.Value, c.Code)
			}
			seen[c.Code] = c.Key + "=" + c.Value
		}
	}
}

func TestDeskRefusesWhatTheWindowMayNotSay(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	long := strings.Repeat("x", mostText+1)
	for name, asked := range map[string]Asked{
		"another municipality":      {Answers: []Answer{{"municipality", "kawasaki"}}},
		"another day":               {Answers: []Answer{{"on", "2030-01-01"}}},
		"unknown key":               {Answers: []Answer{{"holder.individualNumber", "1"}}},
		"unknown word":              {Answers: []Answer{{"visitor.kind", "neighbour"}}},
		"an individual number":      {Answers: []Answer{{"holder.birthDate", "123456789018"}}},
		"a long value":              {Answers: []Answer{{"procedure", long}}},
		"too many":                  {Answers: make([]Answer, mostAnswers+1)},
		"a paper of nobody":         {Papers: []PaperAnswer{{Document: "運転免許証"}}},
		"a paper without a name":    {Papers: []PaperAnswer{{Of: "visitor"}}},
		"a paper's day that is not": {Papers: []PaperAnswer{{Document: "運転免許証", Of: "visitor", ExpiresOn: "2026-02-30"}}},
	} {
		if _, err := d.Decide(asked); !errors.Is(err, errBadAnswer) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// BenchmarkDecide is one key press: replaying the answers, deciding and wording.
func BenchmarkDecide(b *testing.B) {
	o := newOffice(startOptions{data: b.TempDir(), simulation: true, scenario: "standard"})
	o.show(heardEvents{make(chan CardView, 16)})
	o.open(b.Context())
	b.Cleanup(o.close)
	d := &Desk{o}
	for b.Loop() {
		if _, err := d.Decide(agentReset); err != nil {
			b.Fatal(err)
		}
	}
}

// What a line rests on is said as it was answered, or as the card told it; the file
// of the page is nobody's concern at a counter.
func TestALineSaysWhatItRestsOn(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	v := decide(t, d, Answer{"procedure", "certificate-renewal"}, Answer{"visitor.kind", "holder"},
		Answer{"card.kind", "standard"}, Answer{"pins", "known"}, Answer{"card.state", "valid"})
	said := map[string]bool{}
	for _, s := range v.Plan.Sections {
		for _, l := range s.Lines {
			for _, reason := range l.Because {
				said[reason] = true
				if !strings.Contains(reason, " → ") && !strings.HasPrefix(reason, "カード: ") && !strings.HasSuffix(reason, "回目の来庁") && !strings.HasPrefix(reason, "本日 ") {
					t.Errorf("%s %s rests on %q", s.ID, l.ID, reason)
				}
			}
			for _, source := range l.Sources {
				if strings.Contains(source.Title, ".txt") {
					t.Errorf("%s %s: the source is called %q", s.ID, l.ID, source.Title)
				}
			}
		}
	}
	for _, want := range []string{"どの手続ですか → 電子証明書の更新", "暗証番号は、すべて分かりますか → 全部分かる", "カード: 利用者証明用電子証明書の有効期限 2027年1月15日"} {
		if !said[want] {
			t.Errorf("no line rests on %q: %v", want, said)
		}
	}
}

// A locked PIN is locked, whatever was answered.
func TestTheCardKnowsBetterThanTheAnswer(t *testing.T) {
	locked := rules.Situation{PINs: rules.PINStates{UserIdentification: rules.Known(rules.PINState("locked"))}}
	o := trainingOffice(t, "standard")
	a, err := o.now()
	if err != nil {
		t.Fatal(err)
	}
	w := wording{basis: basis{asked: Asked{Answers: []Answer{{"pins", "known"}, {"card.faceFull", "?"}}}, situation: locked}, decider: a, municipality: a.Settings().Municipality}
	for key, want := range map[string]string{
		"pins.user-identification": "カード: 利用者証明用の暗証番号 ロックされている",
		"card.faceFull":            "カードの追記欄はいっぱいですか → 分からない",
		"holder.birthDate":         "", // nobody spoke of it
	} {
		if got := w.reason(key); got != want {
			t.Errorf("%s: got %q, want %q", key, got, want)
		}
	}
}

func TestNotKnownIsAskedOfTheHolderInOtherWords(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	for visitor, want := range map[string]string{"holder": "分からない", "parent": "分からない(ご本人に聞けない)"} {
		v := decide(t, d, Answer{"procedure", "certificate-renewal"}, Answer{"visitor.kind", visitor}, Answer{"card.kind", "standard"})
		at := questionAt(v, keyAllPINs)
		if at < 0 {
			t.Fatalf("PINs are not asked of %s: %v", visitor, v.Questions)
		}
		if got := v.Questions[at].Choices[2].Label; got != want {
			t.Errorf("%s: got %q, want %q", visitor, got, want)
		}
	}
}

func TestVisitAgainSaysWhetherALetterGoesOut(t *testing.T) {
	for want, letters := range map[string][]rules.Line{"照会書の郵送と再度の来庁が必要です": {{ID: "letter"}}, "再度の来庁が必要です": nil} {
		if got := outcomeWords(rules.Plan{Outcome: rules.VisitAgain, Letters: letters}); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// The card on the reader is not a paper yet; where it is missed the line says what to do.
func TestACardOnTheReaderIsNotJustMissing(t *testing.T) {
	d := &Desk{trainingOffice(t, "standard")}
	asked := Asked{Answers: []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "holder"}},
		Papers: []PaperAnswer{{Class: "A", Of: "holder"}}}
	v, err := d.Decide(asked)
	if err != nil {
		t.Fatal(err)
	}
	said := func(v DeskView) bool {
		for _, s := range v.Plan.Sections {
			for _, l := range s.Lines {
				if l.Done == "no" && slices.Contains(l.Extra, "カードはリーダーで読みました。F4 で選ぶと数えます") {
					return true
				}
			}
		}
		return false
	}
	if !said(v) {
		t.Errorf("nothing is said of the card on the reader: %+v", v.Plan.Sections)
	}
	asked.Papers = append(asked.Papers, PaperAnswer{Class: "individual-number-card", Of: "holder"})
	if v, err = d.Decide(asked); err != nil || said(v) {
		t.Errorf("it is said of a card that counts: %v", err)
	}
}
