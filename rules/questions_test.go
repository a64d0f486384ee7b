package rules

import (
	"encoding/json"
	"fmt"
	"slices"
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

// mostQuestions is how many questions a counter may have to ask for one matter, and
// mostForSeveral for several at once.
const (
	mostQuestions  = 8
	mostForSeveral = 10
)

// TestAnsweringInOrderReachesThePlan answers the questions of a plan, always the
// first, for every worked case, every example, and every procedure and visitor of
// every set in many states.
func TestAnsweringInOrderReachesThePlan(t *testing.T) {
	withoutRaces(t)
	sets := builtinByID(t)
	for file, c := range workedCases(t) {
		situations, _, err := ParseSituations(c.Situation)
		if err != nil {
			t.Fatal(err)
		}
		reaches(t, sets, file, situations[0])
	}
	most := 0
	for _, set := range sets {
		for _, e := range set.Examples() {
			reaches(t, sets, string(set.ID)+"/"+e.Name, e.Situation)
		}
		for _, s := range manySituations(t, set.ID) {
			most = max(most, reaches(t, sets, fmt.Sprint(set.ID, s.Procedure, s.Visitor.Kind.value, s.Holder.BirthDate.value, s.PINs, s.Letter), s))
		}
	}
	t.Logf("at most %d questions", most)
}

// reaches answers what is asked until the plan stands, and says how often it asked.
func reaches(t *testing.T, sets map[MunicipalityID]*Set, name string, full Situation) int {
	t.Helper()
	set := sets[full.Municipality]
	want := set.Decide(full)
	s := start(full)
	most := mostQuestions
	if len(full.Procedure) > 1 {
		most = mostForSeveral
	}
	var asked []string
	for len(asked) <= most {
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
	if len(asked) > most {
		t.Errorf("%s: asked %d questions: %v", name, len(asked), asked)
	}
	if !samePlan(got, want) {
		t.Errorf("%s: asked %v and reached %s %v, want %s %v", name, asked, got.Outcome, ids(got), want.Outcome, ids(want))
	}
	return len(asked)
}

// manySituations are the procedures and visitors of a set, alone and in the lists
// that people come with, in the states that tables turn on.
func manySituations(t *testing.T, id MunicipalityID) []Situation {
	t.Helper()
	states := [][]string{
		nil,
		{"pins.signature", "forgotten"},
		{"pins.user-identification", "locked", "letter.state", "issued", "letter.sealed", "yes", "letter.complete", "yes", "visit", "2"},
		{"pins.signature", "locked", "pins.user-identification", "locked", "letter.state", "enclosed-in-notice", "letter.sealed", "yes", "letter.complete", "yes"},
		{"letter.state", "enclosed-in-notice", "letter.sealed", "yes", "letter.complete", "yes"},
		{"holder.birthDate", "2015-03-10", "certificates.signature.state", "none", "pins.signature", "unset"},
		{"holder.birthDate", "2010-02-01", "visitor.sameHousehold", "yes"},
		{"card.state", "suspended", "visitor.authorityCoversCard", "no"},
		{"certificates.user-identification.expiresOn", "2026-10-15", "certificates.signature.expiresOn", "null"},
		{"holder.movedInOn", "2026-11-10", "holder.residencePermit", "limited", "pins.resident-registration", "forgotten"},
	}
	procedures := append(slices.Clone(factSpecs[factProcedure].words), "certificate-renewal|pin-reset",
		"certificate-issue|card-face-update", "suspension-release|pin-reset|certificate-issue")
	var all []Situation
	for _, procedure := range procedures {
		for _, kind := range factSpecs[factVisitor].words {
			for _, state := range states {
				s := center(t, procedure, append([]string{"holder.guardianship", "none", "holder.residencePermit", "none", "visitor.kind", kind}, state...)...)
				s.Municipality = id
				if keys := contradiction(&s); len(keys) == 0 || keys[0] != "holder.birthDate" { // no parents of adults
					all = append(all, s)
				}
			}
		}
	}
	return all
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
	withoutRaces(t)
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
