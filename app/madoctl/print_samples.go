package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/rules"
)

// printSamplesCommand makes every form of every municipality, filled with people
// who do not exist, to be looked at.
func (p *program) printSamplesCommand() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "samples -o DIR",
		Short: "すべての用紙の見本",
		Args:  nothingMore,
		RunE: func(c *cobra.Command, _ []string) error {
			if dir == "" {
				return usage("-o DIR が要ります")
			}
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return usage("フォルダーを作れません: %s", dir)
			}
			return p.withCounter(c.Context(), func(desk *counter.Counter) error {
				s := &samples{desk: desk, dir: dir, say: p.say}
				for _, id := range rules.BuiltinIDs() {
					if err := s.municipality(id); err != nil {
						return err
					}
				}
				return p.show(s.made, func(w io.Writer) {
					for _, m := range s.made {
						fmt.Fprintln(w, m.Path)
					}
				})
			})
		},
	}
	c.Flags().StringVarP(&dir, "output", "o", "", "見本を入れるフォルダー")
	return c
}

// samples collects what was made.
type samples struct {
	desk *counter.Counter
	dir  string
	say  func(format string, args ...any)
	made []counter.Printed
}

func (s *samples) form(name string, make func(*forms.Fonts, forms.Options) (*forms.Document, error)) error {
	made, err := s.desk.PrintForm(filepath.Join(s.dir, name+".pdf"), make)
	if err != nil {
		return fmt.Errorf("sample %s: %w", name, err)
	}
	s.made = append(s.made, made)
	return nil
}

// municipality makes the forms of one municipality. One whose source has no
// letter has none here either.
func (s *samples) municipality(id rules.MunicipalityID) error {
	set, err := s.desk.Rules(id)
	if err != nil {
		return err
	}
	if err := s.checklists(set); err != nil {
		return err
	}
	if err := s.papers(set); err != nil {
		return err
	}
	office, err := s.desk.LetterOffice(id)
	if errors.Is(err, forms.ErrNoLetter) {
		s.say("%s: 資料に照会書の記載がないため、照会書・受付票・あて名ラベルは作りません", id)
		return nil
	}
	if err != nil {
		return err
	}
	return s.letters(set, office)
}

// decideBy decides by one rule set.
func decideBy(set *rules.Set) func(rules.Situation) (rules.Plan, error) {
	return func(s rules.Situation) (rules.Plan, error) { return set.Decide(s), nil }
}

// checklists prints one example situation of each outcome and procedure of the
// rule set, in all registers for the first.
func (s *samples) checklists(set *rules.Set) error {
	seen := map[string]bool{}
	for _, example := range set.Examples() {
		plan := set.Decide(example.Situation)
		if plan.Outcome == rules.NeedAnswers || len(plan.Procedure) == 0 {
			continue
		}
		kind := string(plan.Procedure[0]) + "-" + string(plan.Outcome)
		if seen[kind] {
			continue
		}
		first := len(seen) == 0
		seen[kind] = true
		second, err := counter.SecondVisit(decideBy(set), example.Situation, plan)
		if err != nil {
			return err
		}
		if err := s.checklist(set, plan, kind, forms.Checklist{Second: second}); err != nil {
			return err
		}
		if !first {
			continue
		}
		for _, more := range []struct {
			name string
			in   forms.Checklist
		}{
			{"easy", forms.Checklist{Language: forms.EasyJapanese}}, {"english", forms.Checklist{Language: forms.English}},
			{"large", forms.Checklist{LargeType: true}}, {"no-readings", forms.Checklist{NoReadings: true}},
		} {
			if err := s.checklist(set, plan, kind+"-"+more.name, more.in); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *samples) checklist(set *rules.Set, plan rules.Plan, kind string, in forms.Checklist) error {
	in.Plan, in.SourceTitles, in.LetterTitle = plan, s.desk.SourceTitles(set.ID), s.desk.LetterTitle(set.ID)
	return s.form(string(set.ID)+"-checklist-"+kind, func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
		return forms.MakeChecklist(f, in, o)
	})
}

// sampleDay is the day on all samples, so that they are the same each time.
const sampleDay = "2026-11-24"

// papers prints the rule sheet and the record of a drill.
func (s *samples) papers(set *rules.Set) error {
	on, err := rules.ParseDate(sampleDay)
	if err != nil {
		return err
	}
	err = s.form(string(set.ID)+"-rules", func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
		return forms.MakeRuleSheet(f, forms.RuleSheet{Set: set, On: on}, o)
	})
	if err != nil {
		return err
	}
	record := forms.TrainingRecord{
		Trainee: "見本 太郎", Title: set.Title, Scenario: "sample", Seed: 7, On: on, Edition: set.Edition, Points: 15, Of: 20, Percent: 75, Seconds: 194,
		Lines: []forms.TrainingLine{{Topic: "持ち物", Verdict: "足りない", Points: 5, Of: 10, Text: "本人確認書類を1点案内していません。"}},
	}
	return s.form(string(set.ID)+"-training-record", func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
		return forms.MakeTrainingRecord(f, record, o)
	})
}

// letters prints the letter of every procedure, slip, label and ruler page.
func (s *samples) letters(set *rules.Set, office *forms.Office) error {
	on, err := rules.ParseDate(sampleDay)
	if err != nil {
		return err
	}
	id := string(office.Municipality)
	l := sampleLetter(office.Municipality, on)
	for _, procedure := range office.Procedures() {
		l.Procedure = rules.Procedures{procedure}
		err := s.form(id+"-letter-"+string(procedure), func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
			return forms.MakeLetter(f, office, l, o)
		})
		if err != nil {
			return err
		}
	}
	if err := s.variants(office, l); err != nil {
		return err
	}
	slip := s.slip(set, office, l)
	return errors.Join(
		s.form(id+"-slip", func(f *forms.Fonts, o forms.Options) (*forms.Document, error) { return forms.MakeSlip(f, slip, o) }),
		s.form(id+"-label", func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
			labels := slices.Repeat([]forms.Label{{To: l.Holder, NotForwarded: true, Barcode: true, Sequence: l.Sequence, Superseded: set.Superseded}}, 3)
			return forms.MakeLabels(f, forms.TwelveLabels(), 0, labels, on, o)
		}),
		s.form(id+"-ruler", func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
			return forms.MakeRuler(f, office, on, o)
		}),
	)
}

// slip is the slip of the set's first example in which a letter goes out, with the
// papers of its second visit.
func (s *samples) slip(set *rules.Set, office *forms.Office, l forms.Letter) forms.Slip {
	for _, example := range set.Examples() {
		second, err := counter.SecondVisit(decideBy(set), example.Situation, set.Decide(example.Situation))
		if err == nil && second != nil && second.Outcome == rules.Proceed {
			l.Procedure = second.Procedure
			return office.Slip(l, forms.BringLines(*second, s.desk.LetterTitle(set.ID)))
		}
	}
	return office.Slip(l, nil)
}

// variants prints a letter on both sides with every switch on, and one of a holder
// under protection.
func (s *samples) variants(office *forms.Office, l forms.Letter) error {
	id := string(office.Municipality)
	l.Procedure = office.Procedures()
	protected := l
	protected.Protected = true
	full := office.With("duplex", "seal", "official-seal", "written-by-another", "not-forwarded", "barcode", "absence-reason")
	return errors.Join(
		s.form(id+"-letter-two-sided", func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
			return forms.MakeLetter(f, full, l, o)
		}),
		s.form(id+"-letter-protected", func(f *forms.Fonts, o forms.Options) (*forms.Document, error) {
			return forms.MakeLetter(f, office, protected, o)
		}),
	)
}

// sampleLetter is a letter to a resident who does not exist.
func sampleLetter(id rules.MunicipalityID, on rules.Date) forms.Letter {
	born, _ := rules.NewDate(1960, 4, 5)
	agentBorn, _ := rules.NewDate(1988, 12, 31)
	return forms.Letter{
		Municipality: id,
		Holder:       forms.Person{Name: "架空 𠮷男", Postcode: "100-0013", Address: []string{"見本県例示市架空町一丁目2番3号", "コーポ見本 503号室"}, BirthDate: born},
		Agent:        forms.Person{Name: "例示 髙子", Address: []string{"見本県例示市架空町一丁目2番3号"}, BirthDate: agentBorn, Relation: "長女"},
		CaseNumber:   "KG26-000017", DocumentNumber: "見本第1号", IssuedOn: on, ReplyBy: on + 30, Sequence: "0001/0003",
	}
}
