package rules

import (
	"encoding/json"
	"testing"
)

// start is what stands fixed before anybody was asked: municipality, procedure,
// day, and what a card on the reader tells (which PINs are locked or unset, the
// card's own dates, the certificates on it).
func start(full Situation) Situation {
	s := Situation{Municipality: full.Municipality, Procedure: full.Procedure, On: full.On, Visit: full.Visit,
		Certificates: full.Certificates}
	s.Card.State, s.Card.ExpiresOn = full.Card.State, full.Card.ExpiresOn
	if user, _ := full.PINs.UserIdentification.Get(); user != "locked" {
		s.Card.Kind = full.Card.Kind // a 顔認証 card's PIN is locked on purpose
	}
	s.Letter.ValidUntil = full.Letter.ValidUntil // printed on the letter, and kept with its case
	chip := func(p Fact[PINState]) Fact[PINState] {
		if state, _ := p.Get(); state == "locked" || state == "unset" {
			return p
		}
		return Fact[PINState]{}
	}
	s.PINs = PINStates{chip(full.PINs.Signature), chip(full.PINs.UserIdentification), chip(full.PINs.ResidentRegistration), chip(full.PINs.CardInfoInput)}
	return s
}

// answer copies the value of a situation key from one situation to another.
func answer(t *testing.T, to *Situation, from Situation, key string) {
	t.Helper()
	if key == "pins" {
		to.PINs = from.PINs
		return
	}
	for i, f := range from.flags() {
		if f.key == key {
			*to.flags()[i].fact = orNone(*f.fact)
			return
		}
	}
	for i, d := range from.days() {
		if d.key == key {
			*to.days()[i].fact = orNone(*d.fact)
			return
		}
	}
	for i, w := range from.words() {
		if w.key == key {
			value, ok := w.value()
			if !ok {
				value = "null"
			}
			if err := to.words()[i].set(value); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("a question for %q, which is no key of a situation", key)
}

func orNone[T any](f Fact[T]) Fact[T] {
	if f.Asked() {
		return f
	}
	return None[T]()
}

// mostQuestions is how many questions a counter may have to ask.
const mostQuestions = 8

func TestAnsweringInOrderReachesThePlan(t *testing.T) {
	sets := builtinByID(t)
	check := func(name string, full Situation) {
		set := sets[full.Municipality]
		if set == nil || len(full.Procedure) != 1 {
			return
		}
		want := set.Decide(full)
		s := start(full)
		var asked []string
		for len(asked) <= mostQuestions {
			p := set.Decide(s)
			if p.Outcome != NeedAnswers {
				break
			}
			key := p.Questions[0]
			if _, ok := set.Question(key); !ok {
				t.Errorf("%s: no words for question %q", name, key)
			}
			asked = append(asked, key)
			answer(t, &s, full, key)
		}
		got := set.Decide(s)
		if len(asked) > mostQuestions {
			t.Errorf("%s: asked %d questions: %v", name, len(asked), asked)
		}
		if !samePlan(got, want) {
			t.Errorf("%s: asked %v and reached %s %v, want %s %v", name, asked, got.Outcome, ids(got), want.Outcome, ids(want))
		}
	}
	for file, c := range workedCases(t) {
		situations, _, err := ParseSituations(c.Situation)
		if err != nil {
			t.Fatal(err)
		}
		check(file, situations[0])
	}
	for _, set := range sets {
		for _, e := range set.Examples() {
			check(string(set.ID)+"/"+e.Name, e.Situation)
		}
	}
}

func samePlan(a, b Plan) bool {
	return a.Outcome == b.Outcome && a.Status == b.Status && ids(a) == ids(b) && a.Visits == b.Visits
}

func ids(p Plan) string {
	out, _ := json.Marshal(struct {
		R, P string
	}{wordList(p.Requirements, func(q Requirement) string { return q.ID }), wordList(p.PINs, func(l PINLine) string { return string(l.Kind) + ":" + string(l.Entry) })})
	return string(out)
}

// TestQuestionsStillMatter holds every question against brute force: for a key
// that is asked, two answers must exist that lead to different plans (with the
// other open keys answered in some way).
func TestNoQuestionWithoutEffect(t *testing.T) {
	sets := builtinByID(t)
	for _, set := range sets {
		for _, e := range set.Examples() {
			s := start(e.Situation)
			s.Visitor.Kind = e.Situation.Visitor.Kind
			p := set.Decide(s)
			for _, key := range p.Questions {
				if !canChange(t, set, s, p.Questions, key) {
					t.Errorf("%s/%s: %q is asked and changes nothing", set.ID, e.Name, key)
				}
			}
		}
	}
}

// canChange looks for answers to the other questions under which this one matters.
func canChange(t *testing.T, set *Set, s Situation, open []string, key string) bool {
	t.Helper()
	var others []string
	for _, k := range open {
		if k != key {
			others = append(others, k)
		}
	}
	found := false
	each(t, s, others, func(base Situation) bool {
		seen := ""
		each(t, base, []string{key}, func(full Situation) bool {
			p := set.Decide(full)
			now := string(p.Outcome) + string(p.Status) + ids(p) + wordList(p.Reasons, func(l Line) string { return l.ID }) +
				wordList(p.Questions, func(q string) string { return q }) + wordList(p.OpenPoints, func(l Line) string { return l.ID })
			found = found || seen != "" && seen != now
			seen = now
			return !found
		})
		return !found
	})
	return found
}

// each answers keys in every way, one after the other, until visit says stop.
func each(t *testing.T, s Situation, keys []string, visit func(Situation) bool) bool {
	t.Helper()
	if len(keys) == 0 {
		return visit(s)
	}
	for _, value := range answersTo(keys[0]) {
		next := s
		if err := next.Set(keys[0], value); err != nil {
			t.Fatal(err)
		}
		if !each(t, next, keys[1:], visit) {
			return false
		}
	}
	return true
}

func answersTo(key string) []string {
	switch key {
	case "holder.birthDate":
		return []string{"1980-04-05", "2015-03-10", "2010-02-01"}
	case "holder.movedInOn":
		return []string{"null", "2026-11-10", "2026-05-01"}
	case "certificates.user-identification.expiresOn":
		return []string{"2027-01-15", "2029-01-15"}
	case "pins":
		return []string{"known", "forgotten"}
	}
	var s Situation
	for _, w := range s.words() {
		if w.key == key {
			return w.words
		}
	}
	return []string{"yes", "no"}
}
