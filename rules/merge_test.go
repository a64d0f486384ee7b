package rules

import (
	"slices"
	"testing"
)

// situation makes one from answers written as key, value, key, value, ….
func situation(t testing.TB, municipality MunicipalityID, answers ...string) Situation {
	t.Helper()
	s := Situation{Municipality: municipality, On: day(t, "2026-11-24")}
	for i := 0; i < len(answers); i += 2 {
		if err := s.Set(answers[i], answers[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// center is a holder's visit to the Kagoshima Center with everything in order;
// answers change it.
func center(t testing.TB, procedure string, answers ...string) Situation {
	t.Helper()
	plain := []string{"procedure", procedure, "visitor.kind", "holder", "card.kind", "standard", "card.state", "valid", "card.expiresOn", "2030-03-10",
		"certificates.signature.state", "valid", "certificates.signature.expiresOn", "2027-01-15",
		"certificates.user-identification.state", "valid", "certificates.user-identification.expiresOn", "2027-01-15",
		"card.faceFull", "no", "holder.movedInOn", "null", "holder.moveRegistered", "yes", "card.chipMatchesFace", "yes",
		"letter.state", "none", "visitor.sameHousehold", "no", "visitor.holderPresent", "no", "visitor.authorityCoversCard", "yes",
		"holder.domicileInCity", "no", "holder.birthDate", "1980-04-05"}
	s := situation(t, "kagoshima-center", append(plain, answers...)...)
	if err := s.Set("pins", "known"); err != nil {
		t.Fatal(err)
	}
	return s
}

func has1(p Plan, requirement string) bool {
	return slices.ContainsFunc(p.Requirements, func(q Requirement) bool { return q.ID == requirement })
}

func TestRenewalAndResetInOneVisit(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	s := center(t, "certificate-renewal|pin-reset", "visitor.kind", "parent", "holder.birthDate", "2010-02-01", "pins.signature", "forgotten")
	p := set.Decide(s)
	if p.Outcome != Proceed || p.Status != Stated || p.Visits != 1 || len(p.Questions) != 0 {
		t.Fatalf("%s %s %d visits, asks %v", p.Outcome, p.Status, p.Visits, p.Questions)
	}
	if !slices.Equal(p.Procedure, Procedures{PINReset, CertificateRenewal}) {
		t.Errorf("order of work %v: the PIN is reset before it is needed", p.Procedure)
	}
	for _, id := range []string{"holder-card", "visitor-a2", "family-register", "holder-id-a-or-b"} {
		n := 0
		for _, q := range p.Requirements {
			if q.ID == id {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s stands %d times", id, n)
		}
	}
	if has1(p, "visitor-a1") {
		t.Error("one A paper is asked for beside two")
	}
	if len(p.PINs) != 3 || p.PINs[0].Entry != EntrySetNew || p.PINs[1].Entry != EntryAtCounter {
		t.Errorf("PINs %+v", p.PINs)
	}
}

func TestReleaseThenCertificate(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	if p := set.Decide(center(t, "certificate-issue", "card.state", "suspended")); p.Outcome != OutcomeNever {
		t.Fatalf("a certificate on a suspended card: %s", p.Outcome)
	}
	p := set.Decide(center(t, "certificate-issue|suspension-release|pin-reset", "card.state", "suspended", "pins.user-identification", "locked"))
	if p.Outcome != Proceed || p.Visits != 1 {
		t.Errorf("release, reset and certificate: %s, %d visits, %v", p.Outcome, p.Visits, p.Reasons)
	}
	if !slices.Equal(p.Procedure, Procedures{SuspensionRelease, PINReset, CertificateIssue}) {
		t.Errorf("order of work %v", p.Procedure)
	}
}

func TestFaceUpdateAndCertificate(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	p := set.Decide(center(t, "certificate-issue|card-face-update"))
	if p.Outcome != Proceed || len(p.PINs) != 3 {
		t.Errorf("%s with %d PINs", p.Outcome, len(p.PINs))
	}
	if p := set.Decide(center(t, "certificate-issue|card-face-update", "holder.movedInOn", "2026-08-01")); p.Outcome != OutcomeNever {
		t.Errorf("ninety days after moving in: %s", p.Outcome)
	}
}

// Somebody of the household enters the number for the card's face even where the
// letter holds it for the certificate (L139).
func TestANumberThatIsEnteredIsNotLeftToTheLetter(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	household := []string{"visitor.kind", "household-member", "visitor.sameHousehold", "yes", "letter.state", "issued", "letter.sealed", "yes", "letter.complete", "yes"}
	for _, procedure := range []string{"card-face-update", "certificate-issue|card-face-update"} {
		p := set.Decide(center(t, procedure, household...))
		if !slices.ContainsFunc(p.PINs, func(l PINLine) bool { return l.Kind == PINResidentRegistration && l.Entry == EntryAtCounter }) {
			t.Errorf("%s: %+v", procedure, p.PINs)
		}
	}
}

// A letter that is incomplete stays so where it is not sealed either: Kawasaki
// takes an open one (L132), not one that is not filled in.
func TestALetterWithTwoFaults(t *testing.T) {
	set := builtinByID(t)["kawasaki"]
	again := []string{"visitor.kind", "other", "visit", "2", "letter.state", "issued", "pins.signature", "forgotten", "pins.user-identification", "forgotten"}
	for _, sealed := range []string{"yes", "no"} {
		for complete, want := range map[string]Outcome{"yes": Proceed, "no": VisitAgain} {
			s := center(t, "pin-reset", append(slices.Clone(again), "letter.sealed", sealed, "letter.complete", complete)...)
			s.Municipality = "kawasaki"
			if p := set.Decide(s); p.Outcome != want {
				t.Errorf("sealed %s, complete %s: %s", sealed, complete, p.Outcome)
			}
		}
	}
	s := situation(t, "kawasaki", append(again, "procedure", "pin-reset", "letter.sealed", "no")...)
	if p := set.Decide(s); !slices.Contains(p.Questions, "letter.complete") {
		t.Errorf("whether an open letter is complete is not asked: %+v", p.Questions)
	}
}

func TestMergedPlanWeighsEvidenceOnce(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	s := center(t, "certificate-renewal|pin-reset", "visitor.kind", "guardian-of-adult", "visitor.holderPresent", "yes", "pins.user-identification", "forgotten")
	s.Evidence = []Paper{{Class: ClassIndividualNumberCard, Of: OfHolder}, {Class: ClassA, Of: OfVisitor}, {Class: ClassB, Of: OfVisitor}, {Class: "guardianship-register", Of: OfVisitor}}
	if p := set.Decide(s); p.Outcome != Proceed {
		t.Errorf("with every paper: %s %+v", p.Outcome, p.Requirements)
	}
}

func TestParentWithThreeChildren(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	var visit []Situation
	for _, born := range []string{"2015-03-10", "2017-06-01", "2019-09-09"} {
		visit = append(visit, center(t, "certificate-renewal", "visitor.kind", "parent", "holder.birthDate", born, "certificates.signature.state", "none"))
	}
	plans, bring := set.DecideAll(visit)
	if len(plans) != 3 {
		t.Fatalf("%d plans", len(plans))
	}
	count := map[string]int{}
	for _, q := range bring {
		count[q.ID]++
	}
	if count["holder-card"] != 3 || count["visitor-a1"] != 1 || count["family-register"] != 1 {
		t.Errorf("to bring in all: %v", count)
	}
}

func TestRequestByTelephone(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	p := set.Decide(center(t, "pin-reset", "visitor.kind", "other", "visit", "0", "pins.user-identification", "forgotten"))
	if p.Visit != 0 || p.Visits != 1 || len(p.Letters) != 1 || p.Outcome != VisitAgain {
		t.Errorf("visit %d of %d, %d letters, %s", p.Visit, p.Visits, len(p.Letters), p.Outcome)
	}
}

// TestWaiversAndExtraPapers holds every waiver and every extra paper of the
// Center in pairs that differ in one answer: with it the paper is asked for,
// without it not.
func TestWaiversAndExtraPapers(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	child := []string{"visitor.kind", "parent", "holder.birthDate", "2015-03-10"}
	cases := []struct {
		name, procedure, paper string
		base                   []string
		key, with, without     string
	}{
		{"register, domicile", "certificate-renewal", "family-register", child, "holder.domicileInCity", "no", "yes"},
		{"register, household", "certificate-renewal", "family-register", child, "visitor.sameHousehold", "no", "yes"},
		{"register at reset, domicile", "pin-reset", "family-register", append(child, "pins.user-identification", "forgotten"), "holder.domicileInCity", "no", "yes"},
		{"register at reset, household", "pin-reset", "family-register", append(child, "pins.user-identification", "forgotten"), "visitor.sameHousehold", "no", "yes"},
		{"register at release, domicile", "suspension-release", "family-register", append(child, "card.state", "suspended"), "holder.domicileInCity", "no", "yes"},
		{"register at release, household", "suspension-release", "family-register", append(child, "card.state", "suspended"), "visitor.sameHousehold", "no", "yes"},
		{"guardian of a minor, household does not waive", "certificate-renewal", "family-register", []string{"visitor.kind", "guardian-of-minor", "holder.birthDate", "2015-03-10", "visitor.sameHousehold", "yes"}, "holder.domicileInCity", "no", "yes"},
		{"holder's paper, chip", "pin-reset", "holder-id-a-or-b", []string{"pins.user-identification", "forgotten"}, "card.chipMatchesFace", "no", "yes"},
		{"holder's paper, alone at reset", "pin-reset", "holder-id-a-or-b", append(child, "pins.user-identification", "forgotten"), "visitor.holderPresent", "no", "yes"},
		{"holder's paper, alone at face update", "card-face-update", "holder-id-a-or-b", []string{"visitor.kind", "household-member"}, "visitor.holderPresent", "no", "yes"},
		{"holder's paper, PIN forgotten at renewal", "certificate-renewal", "holder-id-a-or-b", nil, "pins.signature", "forgotten", "known"},
		{"second paper, PIN locked at renewal", "certificate-renewal", "visitor-a2", child, "pins.user-identification", "locked", "known"},
		{"schedule, authority covers", "suspension-release", "authority-schedule", []string{"visitor.kind", "curator", "card.state", "suspended"}, "visitor.authorityCoversCard", "yes", "no"},
		{"letter, authority silent", "suspension-release", "letter", []string{"visitor.kind", "curator", "card.state", "suspended"}, "visitor.authorityCoversCard", "no", "yes"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			with := set.Decide(center(t, c.procedure, append(slices.Clone(c.base), c.key, c.with)...))
			without := set.Decide(center(t, c.procedure, append(slices.Clone(c.base), c.key, c.without)...))
			if !has1(with, c.paper) || has1(without, c.paper) {
				t.Errorf("%s=%s asks %v; %s=%s asks %v", c.key, c.with, ids(with), c.key, c.without, ids(without))
			}
		})
	}
}

// TestWaiversElsewhere holds the waivers and extra papers of the other sets in
// pairs that differ in one answer.
func TestWaiversElsewhere(t *testing.T) {
	sets := builtinByID(t)
	child := []string{"visitor.kind", "parent", "holder.birthDate", "2015-03-10", "certificates.signature.state", "none"}
	cases := []struct {
		municipality     MunicipalityID
		procedure, paper string
		base             []string
		key, with, out   string
	}{
		{"kawasaki", "certificate-renewal", "parenthood-proof", child, "visitor.sameHousehold", "no", "yes"},
		{"kawasaki", "certificate-renewal", "parenthood-proof-or-oath", child, "visitor.sameHousehold", "yes", "no"},
		{"kawasaki", "certificate-renewal", "holder-id-a-or-b", nil, "pins.user-identification", "forgotten", "known"},
		{"kawasaki", "certificate-renewal", "power-of-attorney", []string{"visitor.kind", "other", "letter.complete", "yes", "letter.sealed", "yes"}, "letter.state", "none", "enclosed-in-notice"},
		{"kawasaki", "certificate-renewal", "letter", []string{"visitor.kind", "other", "letter.complete", "yes", "letter.sealed", "yes"}, "letter.state", "enclosed-in-notice", "none"},
		{"kasugai", "card-face-update", "holder-id-a-or-b", nil, "pins.resident-registration", "forgotten", "known"},
		{"kasugai", "certificate-renewal", "holder-id-a-or-b", nil, "pins.signature", "forgotten", "known"},
		{"kasugai", "certificate-renewal", "holder-id-a-or-b", nil, "pins.resident-registration", "forgotten", "known"},
		{"kasugai", "pin-change", "holder-id-a-or-b", nil, "pins.card-info-input", "locked", "known"},
		{"kasugai", "card-face-update", "holder-id-a-or-b", nil, "pins.signature", "locked", "known"},
		{"kawasaki", "certificate-renewal|pin-reset", "holder-id-a-or-b", []string{"pins.user-identification", "known"}, "pins.signature", "forgotten", "unset"},
		{"kawasaki", "certificate-renewal", "holder-id-any", child, "pins.user-identification", "forgotten", "known"},
		{"kawasaki", "certificate-renewal", "visitor-a1-any", child, "pins.user-identification", "locked", "known"},
		{"kawasaki", "certificate-renewal", "letter", []string{"visitor.kind", "other", "letter.state", "enclosed-in-notice", "letter.complete", "yes"}, "letter.sealed", "yes", "no"},
		{"kawasaki", "certificate-renewal", "power-of-attorney", []string{"visitor.kind", "other", "letter.state", "enclosed-in-notice", "letter.sealed", "yes"}, "letter.complete", "no", "yes"},
		{"kawasaki", "certificate-renewal", "power-of-attorney", []string{"visitor.kind", "other", "letter.state", "enclosed-in-notice", "letter.sealed", "yes", "letter.complete", "yes"}, "pins.signature", "locked", "known"},
		{"tagajo", "certificate-issue", "letter", []string{"visitor.kind", "other", "letter.state", "issued", "letter.complete", "yes", "letter.sealed", "yes"}, "visit", "2", "1"},
		{"tagajo", "certificate-renewal", "visitor-any-1", []string{"visitor.kind", "other", "letter.state", "enclosed-in-notice", "letter.complete", "yes", "letter.sealed", "yes"}, "pins.signature", "forgotten", "known"},
		{"kagoshima-sheet", "certificate-renewal", "holder-id-any", []string{"holder.guardianship", "none"}, "pins.signature", "forgotten", "known"},
		{"kagoshima-sheet", "certificate-issue", "application", []string{"visitor.kind", "other", "letter.state", "issued", "letter.complete", "yes", "letter.sealed", "yes"}, "visit", "2", "1"},
		{"tagajo", "pin-reset", "visitor-photo-and-nonphoto", []string{"visitor.kind", "other", "pins.user-identification", "forgotten", "letter.state", "issued", "letter.complete", "yes", "letter.sealed", "yes"}, "visit", "2", "1"},
	}
	for _, c := range cases {
		t.Run(string(c.municipality)+"/"+c.procedure+"/"+c.paper+"/"+c.key, func(t *testing.T) {
			decide := func(value string) Plan {
				s := center(t, c.procedure, append(slices.Clone(c.base), c.key, value)...)
				s.Municipality = c.municipality
				return sets[c.municipality].Decide(s)
			}
			with, out := decide(c.with), decide(c.out)
			if !has1(with, c.paper) || has1(out, c.paper) {
				t.Errorf("%s=%s asks %v; %s=%s asks %v", c.key, c.with, ids(with), c.key, c.out, ids(out))
			}
		})
	}
}

// TestNoListIsBorrowed: the Center's page has no list of papers, and the plan says so.
func TestNoListIsBorrowed(t *testing.T) {
	sets := builtinByID(t)
	open := func(p Plan) bool {
		return slices.ContainsFunc(p.OpenPoints, func(l Line) bool { return l.ID == "list-not-set" })
	}
	agent := center(t, "certificate-renewal", "visitor.kind", "other", "letter.state", "issued", "letter.sealed", "yes", "letter.complete", "yes")
	if p := sets["kagoshima-center"].Decide(agent); !open(p) || p.Status != Stated {
		t.Errorf("the Center: %v %s", p.OpenPoints, p.Status)
	}
	if open(sets["kagoshima-center"].Decide(center(t, "certificate-renewal"))) {
		t.Error("nobody asks for a listed paper, and a list is missed")
	}
	agent.Municipality = "kawasaki"
	if open(sets["kawasaki"].Decide(agent)) {
		t.Error("Kawasaki has a list")
	}
}

// TestOnePaperServesSeveralMatters: A or B is a paper of any class, and two of them
// are not asked for where one will do; a paper too few is.
func TestOnePaperServesSeveralMatters(t *testing.T) {
	words := builtinByID(t)["kawasaki"].words.requirements
	named := func(id string) Requirement { return Requirement{ID: id, Of: words[id].of, AnyOf: words[id].anyOf} }
	cases := []struct{ one, other, left string }{
		{"holder-id-a-or-b", "holder-id-any", "holder-id-a-or-b"},
		{"holder-id-any", "holder-id-a-or-b", "holder-id-a-or-b"},
		{"visitor-a1", "visitor-a1-any", "visitor-a1-any"},
		{"visitor-a2", "visitor-a1-any", "visitor-a2"},
		{"visitor-a2", "visitor-any-1", "visitor-a2"},
		{"visitor-photo-and-nonphoto", "visitor-photo", "visitor-photo-and-nonphoto"},
		{"visitor-photo", "visitor-any-1", "visitor-photo"},
		{"holder-id-any", "visitor-any-1", "holder-id-any|visitor-any-1"},
		{"visitor-a1", "visitor-photo", "visitor-a1|visitor-photo"},
		{"parenthood-proof", "family-register", "family-register"},
		{"parenthood-proof-or-oath", "parenthood-proof", "parenthood-proof"},
	}
	for _, c := range cases {
		got := joinRequirements([]Requirement{named(c.one)}, []Requirement{named(c.other)})
		if ids := wordList(got, func(q Requirement) string { return q.ID }); ids != c.left {
			t.Errorf("%s and %s: asks %s, want %s", c.one, c.other, ids, c.left)
		}
	}
	if holds([]ClassCount{{ClassA, 1}}, []ClassCount{{ClassA, 1}, {ClassAnyID, 1}}) {
		t.Error("one A paper stands for two")
	}
}

// TestPlacesOfSeveralMatters: the places of a visit serve all of it, by appointment
// where one matter asks for that.
func TestPlacesOfSeveralMatters(t *testing.T) {
	set := builtinByID(t)["kasugai"]
	s := center(t, "certificate-renewal|pin-reset", "pins.signature", "forgotten", "booked", "no")
	s.Municipality, s.Place = "kasugai", "city-hall"
	p := set.Decide(s)
	if len(p.Places) != 5 || p.Outcome != VisitAgain {
		t.Errorf("%s at %d places", p.Outcome, len(p.Places))
	}
	for _, l := range p.Places {
		if l.Kind != "counter" || l.Booking != "required" || l.Serves != "by-appointment" {
			t.Errorf("%s (%s): booking %q, serves %q", l.ID, l.Kind, l.Booking, l.Serves)
		}
	}
	s.Booked = Known(true)
	if p := set.Decide(s); p.Outcome != Proceed {
		t.Errorf("booked: %s %+v", p.Outcome, p.Reasons)
	}
	s.Place = "kiosk"
	if p := set.Decide(s); p.Outcome != GoElsewhere {
		t.Errorf("a renewal at a kiosk: %s", p.Outcome)
	}
}

// TestGuardianOfTwo: each ward has a register of its own; the guardian shows who he
// is once.
func TestGuardianOfTwo(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	ward := center(t, "certificate-renewal", "visitor.kind", "guardian-of-adult", "holder.guardianship", "adult-guardianship")
	_, bring := set.DecideAll([]Situation{ward, ward})
	count := map[string]int{}
	for _, q := range bring {
		count[q.ID]++
	}
	if count["guardianship-register"] != 2 || count["visitor-a1"] != 1 || count["holder-card"] != 2 {
		t.Errorf("to bring in all: %v", count)
	}
}
