package rules

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// bruteMissing is the fewest papers that complete the requirements, found by
// trying every way of laying every paper somewhere or nowhere.
func bruteMissing(requirements []Requirement, evidence []Paper, classes [][]DocumentClass) int {
	best := -1
	choice := make([]int, len(requirements))
	for first := true; first || next(choice, requirements); first = false {
		var slots []slot
		for i, q := range requirements {
			for _, c := range q.AnyOf[choice[i]] {
				for range c.Count {
					slots = append(slots, slot{i, q.Of, c.Class})
				}
			}
		}
		used := make([]bool, len(evidence))
		var lay func(at int) int
		lay = func(at int) int {
			if at == len(slots) {
				return 0
			}
			most := lay(at + 1)
			for i, p := range evidence {
				if used[i] || p.Of != slots[at].of || !slices.ContainsFunc(classes[i], func(c DocumentClass) bool { return fills(c, slots[at].class) }) {
					continue
				}
				used[i] = true
				most = max(most, 1+lay(at+1))
				used[i] = false
			}
			return most
		}
		if open := len(slots) - lay(0); best < 0 || open < best {
			best = open
		}
	}
	return best
}

// TestMissingIsTheSmallestCompletion lays up to four papers, named or judged, in
// force or not, against up to four requirements of any set.
func TestMissingIsTheSmallestCompletion(t *testing.T) {
	sets := builtinByID(t)
	words := sets["kawasaki"].words.requirements
	names := slices.Sorted(maps.Keys(words))
	classes := []DocumentClass{ClassA, ClassB, ClassAnyID, ClassPhotoOfficial, ClassNonPhotoOfficial, ClassIndividualNumberCard,
		"family-register", "parenthood-proof", "household-oath", ClassLetter}
	rapid.Check(t, func(t *rapid.T) {
		set := sets[rapid.SampledFrom(BuiltinIDs()).Draw(t, "set")]
		var p Plan
		for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, 4, func(s string) string { return s }).Draw(t, "requirements") {
			w := words[name]
			p.Requirements = append(p.Requirements, Requirement{ID: name, Of: w.of, AnyOf: w.anyOf})
		}
		p.Outcome = Proceed
		in := Situation{On: mustDate(2026, 11, 24)}
		for i := range rapid.IntRange(1, 4).Draw(t, "papers") {
			paper := Paper{Of: rapid.SampledFrom([]Party{OfHolder, OfVisitor}).Draw(t, fmt.Sprint("of", i)),
				ExpiresOn: rapid.SampledFrom([]Fact[Date]{{}, Known(in.On), Known(in.On - 1), Known(in.On - 400)}).Draw(t, fmt.Sprint("expires", i))}
			if len(set.documents) > 0 && rapid.Bool().Draw(t, fmt.Sprint("by name", i)) {
				paper.Document = rapid.SampledFrom(set.documents).Draw(t, fmt.Sprint("document", i)).Name
			} else {
				paper.Class = rapid.SampledFrom(classes).Draw(t, fmt.Sprint("class", i))
			}
			in.Evidence = append(in.Evidence, paper)
		}
		holdsMissing(t, set, p, in)
	})
}

// holdsMissing weighs the papers and holds the answer against brute force; what is
// missing, once it is brought, completes the plan.
func holdsMissing(t *rapid.T, set *Set, p Plan, in Situation) {
	set.weighEvidence(&p, &in)
	counts := make([][]DocumentClass, len(in.Evidence))
	for i, paper := range in.Evidence {
		counts[i], _ = set.classesOf(paper, in.On)
	}
	open, complete := 0, in
	for _, q := range p.Requirements {
		for _, c := range q.Missing {
			open += c.Count
			for range c.Count {
				complete.Evidence = append(slices.Clip(complete.Evidence), Paper{Class: c.Class, Of: q.Of})
			}
		}
		if *q.Satisfied != (len(q.Missing) == 0) {
			t.Fatalf("%s: satisfied %v with %v missing", q.ID, *q.Satisfied, q.Missing)
		}
	}
	if want := bruteMissing(p.Requirements, in.Evidence, counts); open != want {
		t.Fatalf("%d papers missing, %d would do: %+v for %+v", open, want, in.Evidence, p.Requirements)
	}
	if (open == 0) != (p.Outcome == Proceed) {
		t.Fatalf("outcome %s with %d papers missing", p.Outcome, open)
	}
	again := Plan{Requirements: slices.Clone(p.Requirements), Outcome: Proceed}
	set.weighEvidence(&again, &complete)
	if again.Outcome != Proceed {
		t.Fatalf("with what was missing brought too: %s %+v", again.Outcome, again.Requirements)
	}
}

func TestOnePaperCountsOnce(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	s := Situation{Municipality: set.ID, On: day(t, "2026-11-24")}
	for key, value := range map[string]string{"procedure": "pin-reset", "visitor.kind": "guardian-of-adult", "visitor.holderPresent": "yes", "card.kind": "standard", "card.state": "valid", "pins": "forgotten"} {
		if err := s.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	s.Evidence = []Paper{{Class: ClassIndividualNumberCard, Of: OfHolder}, {Class: ClassA, Of: OfVisitor}, {Document: "登記事項証明書", Of: OfVisitor}}
	p := set.Decide(s)
	for _, q := range p.Requirements {
		if q.ID == "visitor-a2" && (*q.Satisfied || len(q.Missing) != 1 || q.Missing[0].Count != 1) {
			t.Errorf("one A paper stands for two: %+v", q.Missing)
		}
		if q.ID == "guardianship-register" && !*q.Satisfied {
			t.Error("a paper named by its own name does not count")
		}
	}
	if p.Outcome != VisitAgain {
		t.Errorf("outcome %s", p.Outcome)
	}
	s.Evidence = append(s.Evidence, Paper{Class: ClassB, Of: OfVisitor})
	if p := set.Decide(s); p.Outcome != Proceed {
		t.Errorf("with every paper there: outcome %s", p.Outcome)
	}
}

// TestPapersByName: a paper is known by the name its list has, with or without the
// remark behind it, and counts while it is in force.
func TestPapersByName(t *testing.T) {
	sets := builtinByID(t)
	cases := []struct {
		name    string
		set     MunicipalityID
		paper   Paper
		on      string
		want    []DocumentClass
		problem string
	}{
		{"as the list spells it", "kawasaki", Paper{Document: "パスポート(旅券)", Of: OfVisitor}, "2026-11-24", []DocumentClass{ClassA}, ""},
		{"without the remark", "kawasaki", Paper{Document: "パスポート", Of: OfVisitor}, "2026-11-24", []DocumentClass{ClassA}, ""},
		{"by the remark", "kawasaki", Paper{Document: "旅券", Of: OfHolder}, "2026-11-24", []DocumentClass{ClassA}, ""},
		{"a remark that decides", "kawasaki", Paper{Document: "在留カード", Of: OfVisitor}, "2026-11-24", nil, "paper-not-listed"},
		{"the last day", "kasugai", Paper{Document: "運転免許証", Of: OfHolder, ExpiresOn: Known(day(t, "2026-11-24"))}, "2026-11-24", []DocumentClass{ClassA}, ""},
		{"a day late", "kasugai", Paper{Document: "運転免許証", Of: OfHolder, ExpiresOn: Known(day(t, "2026-11-23"))}, "2026-11-24", nil, "paper-not-accepted"},
		{"issued tomorrow", "kasugai", Paper{Document: "運転免許証", Of: OfHolder, IssuedOn: Known(day(t, "2026-11-25"))}, "2026-11-24", nil, "paper-not-accepted"},
		{"for ever", "kawasaki", Paper{Document: "マイナンバーカード", Of: OfHolder, ExpiresOn: Known(day(t, "9999-12-31"))}, "2026-11-24", []DocumentClass{ClassIndividualNumberCard}, ""},
		{"issued from, that day", "kasugai", Paper{Document: "運転経歴証明書", Of: OfHolder, IssuedOn: Known(day(t, "2012-04-01"))}, "2026-11-24", []DocumentClass{ClassA}, ""},
		{"issued from, the day before", "kasugai", Paper{Document: "運転経歴証明書", Of: OfHolder, IssuedOn: Known(day(t, "2012-03-31"))}, "2026-11-24", nil, "paper-not-accepted"},
		{"health insurance card, last day", "kasugai", Paper{Document: "健康保険証", Of: OfHolder}, "2025-12-01", []DocumentClass{ClassB}, ""},
		{"health insurance card, a day late", "kasugai", Paper{Document: "健康保険証", Of: OfHolder}, "2025-12-02", nil, "paper-not-accepted"},
		{"own card, six months after", "kawasaki", Paper{Document: "マイナンバーカード(顔写真付き)", Of: OfHolder, ExpiresOn: Known(day(t, "2026-05-24"))}, "2026-11-24", []DocumentClass{ClassIndividualNumberCard}, ""},
		{"own card, a day more", "kawasaki", Paper{Document: "マイナンバーカード(顔写真付き)", Of: OfHolder, ExpiresOn: Known(day(t, "2026-05-23"))}, "2026-11-24", nil, "paper-not-accepted"},
		{"visitor's card, a day after", "kawasaki", Paper{Document: "マイナンバーカード(顔写真付き)", Of: OfVisitor, ExpiresOn: Known(day(t, "2026-11-23"))}, "2026-11-24", nil, "paper-not-accepted"},
		{"own card, judged by class", "kawasaki", Paper{Class: ClassIndividualNumberCard, Of: OfHolder, ExpiresOn: Known(day(t, "2026-05-24"))}, "2026-11-24", []DocumentClass{ClassIndividualNumberCard}, ""},
		{"own card elsewhere", "kasugai", Paper{Document: "マイナンバーカード", Of: OfHolder, ExpiresOn: Known(day(t, "2026-05-24"))}, "2026-11-24", nil, "paper-not-accepted"},
		{"letter by its local name", "kawasaki", Paper{Document: "照会兼回答書", Of: OfVisitor}, "2026-11-24", []DocumentClass{ClassLetter}, ""},
		{"nobody knows it", "kasugai", Paper{Document: "会員カード", Of: OfHolder}, "2026-11-24", nil, "paper-not-listed"},
		{"no list", "kagoshima-center", Paper{Document: "運転免許証", Of: OfVisitor}, "2026-11-24", nil, "paper-not-listed"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, problem := sets[c.set].classesOf(c.paper, day(t, c.on))
			if !slices.Equal(got, c.want) || problem != c.problem {
				t.Errorf("counts as %v (%s), want %v (%s)", got, problem, c.want, c.problem)
			}
		})
	}
}

// The card itself is not the paper that Kawasaki wants beside it (L130, L174).
func TestTheCardIsNotThePaperBesideIt(t *testing.T) {
	set := builtinByID(t)["kawasaki"]
	s := center(t, "pin-reset", "pins.signature", "forgotten", "pins.user-identification", "forgotten")
	s.Municipality = "kawasaki"
	for paper, want := range map[string]Outcome{"マイナンバーカード(顔写真付き)": VisitAgain, "パスポート": Proceed} {
		s.Evidence = []Paper{{Document: "マイナンバーカード", Of: OfHolder}, {Document: paper, Of: OfHolder}}
		if p := set.Decide(s); p.Outcome != want {
			t.Errorf("with %s: %s", paper, p.Outcome)
		}
	}
}

// TestPapersNotCountedAreNamed: the plan says that a paper was not counted.
func TestPapersNotCountedAreNamed(t *testing.T) {
	set := builtinByID(t)["kasugai"]
	s := center(t, "pin-reset", "pins.signature", "forgotten")
	s.Municipality = "kasugai"
	s.Evidence = []Paper{{Document: "マイナンバーカード", Of: OfHolder}, {Document: "会員カード", Of: OfHolder},
		{Document: "運転免許証", Of: OfHolder, ExpiresOn: Known(s.On - 1)}}
	p := set.Decide(s)
	notes := wordList(p.Notes, func(l Line) string { return l.ID })
	for _, id := range []string{"paper-not-listed", "paper-not-accepted"} {
		if !strings.Contains(notes, id) {
			t.Errorf("no %s among %s", id, notes)
		}
	}
	if p.Outcome != VisitAgain {
		t.Errorf("outcome %s", p.Outcome)
	}
}

// TestHolderIsTheVisitor: a holder's papers are his, whichever party they are put
// down to; an agent's are not the holder's.
func TestHolderIsTheVisitor(t *testing.T) {
	set := builtinByID(t)["kasugai"]
	s := center(t, "pin-reset", "pins.signature", "forgotten")
	s.Municipality = "kasugai"
	s.Evidence = []Paper{{Document: "マイナンバーカード", Of: OfVisitor}, {Document: "運転免許証", Of: OfVisitor}}
	if p := set.Decide(s); p.Outcome != Proceed || p.Requirements[0].Of != OfHolder {
		t.Errorf("the holder's own papers: %s %+v", p.Outcome, p.Requirements)
	}
	agent := center(t, "certificate-renewal", "visitor.kind", "other", "letter.state", "enclosed-in-notice", "letter.sealed", "yes", "letter.complete", "yes")
	agent.Municipality = "kawasaki"
	agent.Evidence = []Paper{{Document: "マイナンバーカード(顔写真付き)", Of: OfHolder}, {Document: "運転免許証", Of: OfHolder}, {Document: "照会兼回答書", Of: OfVisitor}}
	if p := builtinByID(t)["kawasaki"].Decide(agent); p.Outcome != VisitAgain {
		t.Errorf("the holder's licence for the agent's: %s", p.Outcome)
	}
}
