package simulation

import (
	"slices"
	"testing"

	"madoguchi/rules"
)

// shipped loads scenarios and rule sets once a test; both must be there.
func shipped(t *testing.T) (*Library, map[rules.MunicipalityID]*rules.Set) {
	t.Helper()
	library, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	if len(library.All()) < 30 {
		t.Fatalf("%d scenarios, want at least 30", len(library.All()))
	}
	sets, err := rules.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[rules.MunicipalityID]*rules.Set{}
	for _, s := range sets {
		byID[s.ID] = s
	}
	return library, byID
}

func TestStandardComesFirst(t *testing.T) {
	library, _ := shipped(t)
	if got := library.List()[0].ID; got != "standard" {
		t.Errorf("first scenario is %q, want standard", got)
	}
}

// Every scenario must decide without a question left, name papers its set knows,
// and turn on the exceptions it names.
func TestScenariosHoldAgainstTheirRuleSets(t *testing.T) {
	library, sets := shipped(t)
	for _, s := range library.All() {
		t.Run(string(s.ID), func(t *testing.T) {
			set := sets[s.Municipality]
			if set == nil {
				t.Fatalf("no rule set %s", s.Municipality)
			}
			for _, f := range CheckAgainst(set, s) {
				t.Error(f)
			}
		})
	}
}

// A trainee who makes no mistake gets every point, in every variant.
func TestPerfectAnswersAreFull(t *testing.T) {
	library, sets := shipped(t)
	for _, s := range library.All() {
		t.Run(string(s.ID), func(t *testing.T) {
			for seed := range int64(s.VariantCount()) {
				perfect, err := PerfectAnswers(sets[s.Municipality], s, seed)
				if err != nil {
					t.Fatal(err)
				}
				got, err := Score(sets[s.Municipality], s, perfect)
				if err != nil {
					t.Fatal(err)
				}
				if !got.Perfect || got.Percent != 100 {
					t.Errorf("variant %d: %d of %d points", seed, got.Points, got.Of)
					for _, l := range got.Lines {
						if l.Points != l.Of {
							t.Errorf("%s %s: %s", l.Topic, l.Verdict, l.Text)
						}
					}
				}
			}
		})
	}
}

// Every exception of the pages turns some scenario.
func TestEveryExceptionCostsPoints(t *testing.T) {
	library, sets := shipped(t)
	for _, e := range Exceptions() {
		t.Run(string(e), func(t *testing.T) {
			for _, s := range library.All() {
				if !slices.Contains(s.Exceptions, e) {
					continue
				}
				costs, err := overlooking(sets[s.Municipality], s, e)
				if err != nil {
					t.Fatal(err)
				}
				if costs {
					return
				}
			}
			t.Error("overlooking it costs nothing in any scenario")
		})
	}
}

// The scenarios reach every procedure, visitor kind and municipality.
func TestScenariosCoverTheCounter(t *testing.T) {
	library, sets := shipped(t)
	visitors := map[string]bool{}
	procedures := map[rules.Procedure]bool{}
	for _, s := range library.All() {
		facts, err := flattenFacts(s.Facts)
		if err != nil {
			t.Fatal(err)
		}
		visitors[facts["visitor.kind"]] = true
		for _, p := range s.Procedure {
			procedures[p] = true
		}
		delete(sets, s.Municipality)
	}
	for _, v := range []rules.VisitorKind{rules.VisitorHolder, rules.VisitorParent, rules.VisitorGuardianOfMinor, rules.VisitorGuardianOfAdult,
		rules.VisitorCurator, rules.VisitorAssistant, rules.VisitorContractGuardian, rules.VisitorHouseholdMember, rules.VisitorOther} {
		if !visitors[string(v)] {
			t.Errorf("no scenario has visitor %s", v)
		}
	}
	for _, p := range []rules.Procedure{rules.CertificateIssue, rules.CertificateRenewal, rules.PINReset, rules.PINChange, rules.CardFaceUpdate,
		rules.SuspensionRelease, rules.CardRenewal, rules.CardLoss, rules.ResidencePeriodUpdate} {
		if !procedures[p] {
			t.Errorf("no scenario has procedure %s", p)
		}
	}
	for id := range sets {
		t.Errorf("no scenario uses the rule set %s", id)
	}
}
