package app

import (
	"fmt"
	"slices"
	"strings"

	"madoguchi/app/counter"
	"madoguchi/app/history"
	"madoguchi/rules"
)

// Values an answer may have besides the words of the vocabulary.
const (
	valueUnknown = "?"         // 分からない: the question is put aside and stays open
	keyAllPINs   = "pins"      // one answer for every PIN
	valueAll     = "known"     // of keyAllPINs: the visitor knows them all
	valueSome    = "some"      // of keyAllPINs: the forgotten ones are named
	keyOtherPINs = "pins.rest" // answered "known": every PIN not named is known
)

// A situation has about forty keys and a counter few papers; more is not the window.
const (
	mostAnswers = 60
	mostPapers  = 30
	mostText    = 200
	mostPerson  = 2000 // bytes of a name and an address together
)

// Desk is the screen a clerk works at.
type Desk struct{ office *office }

// Decide makes the desk from everything answered so far. It keeps nothing: the
// same answers on the same day with the same card give the same desk.
func (d *Desk) Decide(asked Asked) (DeskView, error) {
	a, err := d.office.now()
	if err != nil {
		return DeskView{}, err
	}
	card := d.office.summary()
	s, err := situationOf(a, card, asked)
	if err != nil {
		return DeskView{}, err
	}
	plan, err := a.Decide(s)
	if err != nil {
		return DeskView{}, err
	}
	return deskView(a, card, s, plan, asked), nil
}

// situationOf replays the answers and lays what the card says over them.
func situationOf(a decider, card *counter.CardSummary, asked Asked) (rules.Situation, error) {
	if err := checkAsked(asked); err != nil {
		return rules.Situation{}, err
	}
	settings := a.Settings()
	s := rules.Situation{Municipality: settings.Municipality, On: a.Today(), Place: settings.Place, Visit: rules.Known(1)}
	if s.Place != "" {
		s.Time = a.TimeOfDay() // whether the place is open now
	}
	for _, answer := range asked.Answers {
		if err := setAnswer(&s, answer); err != nil {
			return rules.Situation{}, err
		}
	}
	for _, p := range asked.Papers {
		paper, err := paperOf(p)
		if err != nil {
			return rules.Situation{}, err
		}
		s.Evidence = append(s.Evidence, paper)
	}
	if card != nil {
		s = counter.CardFacts(*card, s)
	}
	return s, nil
}

// checkAsked bounds what the window may send, and keeps the individual number
// out: no key takes twelve digits.
func checkAsked(asked Asked) error {
	if len(asked.Answers) > mostAnswers || len(asked.Papers) > mostPapers {
		return fmt.Errorf("%w: too many at once", errBadAnswer)
	}
	for _, a := range asked.Answers {
		if len(a.Key) > mostText || len(a.Value) > mostText {
			return fmt.Errorf("%w: too long", errBadAnswer)
		}
	}
	for _, p := range asked.Papers {
		if len(p.Document) > mostText || len(p.Class) > mostText {
			return fmt.Errorf("%w: too long", errBadAnswer)
		}
	}
	return checkCaseNumber(asked.CaseNumber)
}

// checkCaseNumber takes only what the program itself gave: a number goes into
// the name of a file.
func checkCaseNumber(number string) error {
	if number == "" {
		return nil
	}
	if len(number) > mostText {
		return fmt.Errorf("%w: too long", errBadAnswer)
	}
	if known, err := history.ParseNumber(number); err != nil || string(known) != number {
		return fmt.Errorf("%w: a case number", errBadAnswer)
	}
	return nil
}

func setAnswer(s *rules.Situation, answer Answer) error {
	switch {
	case answer.Key == keyAllPINs && (answer.Value == valueSome || answer.Value == valueUnknown):
		return nil
	case (answer.Key == keyAllPINs || answer.Key == keyOtherPINs) && answer.Value == valueAll:
		answer.Key = keyAllPINs // for every PIN nobody spoke of yet
	case !slices.Contains(askableKeys(), answer.Key):
		return fmt.Errorf("%w: key %q", errBadAnswer, answer.Key)
	case answer.Value == valueUnknown && !yesOrNo(answer.Key):
		return nil
	case answer.Value == valueUnknown:
		answer.Value = "null" // asked, and not known: the rules take the stricter line
	}
	if err := s.Set(answer.Key, answer.Value); err != nil {
		return fmt.Errorf("%w: %w", errBadAnswer, err)
	}
	return nil
}

// yesOrNo reports whether a key is answered with yes or no.
func yesOrNo(key string) bool {
	return slices.Contains([]string{"booked", "visitor.sameHousehold", "visitor.holderPresent", "visitor.authorityCoversCard",
		"holder.domicileInCity", "holder.moveRegistered", "card.faceFull", "card.chipMatchesFace", "letter.sealed", "letter.complete"}, key)
}

// askableKeys are the situation keys the window may set. The municipality, the
// day and the place are the office's.
func askableKeys() []string {
	return []string{
		"procedure", "visit", "booked",
		"visitor.kind", "visitor.sameHousehold", "visitor.holderPresent", "visitor.authorityCoversCard",
		"holder.birthDate", "holder.guardianship", "holder.domicileInCity", "holder.movedInOn",
		"holder.moveRegistered", "holder.residencePermit",
		"card.kind", "card.state", "card.expiresOn", "card.faceFull", "card.chipMatchesFace",
		"certificates.signature.state", "certificates.signature.expiresOn",
		"certificates.user-identification.state", "certificates.user-identification.expiresOn",
		"pins.signature", "pins.user-identification", "pins.resident-registration", "pins.card-info-input",
		"letter.state", "letter.sealed", "letter.complete", "letter.validUntil",
	}
}

func paperOf(p PaperAnswer) (rules.Paper, error) {
	paper := rules.Paper{Document: p.Document, Class: rules.DocumentClass(p.Class), Of: rules.Party(p.Of)}
	if (p.Document == "") == (p.Class == "") || (paper.Of != rules.OfHolder && paper.Of != rules.OfVisitor) {
		return rules.Paper{}, fmt.Errorf("%w: paper", errBadAnswer)
	}
	if p.ExpiresOn == "" {
		return paper, nil
	}
	day, err := rules.ParseDate(p.ExpiresOn)
	if err != nil {
		return rules.Paper{}, fmt.Errorf("%w: %w", errBadAnswer, err)
	}
	paper.ExpiresOn = rules.Known(day)
	return paper, nil
}

func deskView(a decider, card *counter.CardSummary, s rules.Situation, plan rules.Plan, asked Asked) DeskView {
	v := DeskView{
		Procedure: fixedQuestion(a, s.Municipality, keyProcedure, "手続"),
		Visitor:   fixedQuestion(a, s.Municipality, "visitor.kind", "来庁者"),
		Answered:  answeredViews(a, s.Municipality, asked.Answers),
		Papers:    paperViews(asked.Papers),
		Plan:      planView(a, plan, basis{asked, s, card}),
	}
	v.Also = alsoChoices(v.Procedure, matters(asked.Answers))
	v.Questions, v.PutAside = openQuestions(a, s.Municipality, plan.Questions, asked.Answers)
	v.Questions = secondVisitQuestions(s, v.Questions)
	if err := letterTooLate(s); err != nil {
		p := problemOf(err)
		v.Warning = &p
	}
	v.Plan.Complete = len(v.Questions)+len(v.PutAside) == 0 && plan.Outcome != rules.NeedAnswers
	return v
}

// fixedQuestion is one of the two questions that are always on the screen.
func fixedQuestion(a decider, m rules.MunicipalityID, key, label string) QuestionView {
	q, ok := a.Question(m, key)
	if !ok {
		return QuestionView{Key: key, Label: label, Kind: "choice", Choices: []ChoiceView{}}
	}
	v := questionView(q)
	v.Label = label
	return v
}

func questionView(q counter.Question) QuestionView {
	kind := "choice"
	if q.Kind == "date" {
		kind = "date"
	}
	v := QuestionView{Key: q.Key, Label: rules.PlainText(q.Label), Kind: kind, Choices: choices(q)}
	if q.Key == keyProcedure {
		v.Help = severalHelp
	}
	return v
}

// openQuestions turns the keys a plan still needs into questions and moves those
// answered with 分からない to the end.
func openQuestions(a decider, m rules.MunicipalityID, keys []string, answers []Answer) (open, aside []QuestionView) {
	open, aside = []QuestionView{}, []QuestionView{}
	pinsAsked := false
	for _, key := range keys {
		if key == keyProcedure || key == "visitor.kind" {
			continue // always on the screen
		}
		if key == keyAllPINs || strings.HasPrefix(key, "pins.") {
			switch {
			case pinsAsked:
			case slices.Contains(answers, Answer{Key: keyAllPINs, Value: valueUnknown}):
				aside = append(aside, allPINsQuestion(answers))
			default:
				open = append(open, pinsQuestion(answers))
			}
			pinsAsked = true
			continue
		}
		q, ok := a.Question(m, key)
		if !ok {
			continue
		}
		if answered(answers, key) {
			aside = append(aside, questionView(q))
			continue
		}
		open = append(open, questionView(q))
	}
	return open, aside
}

func answered(answers []Answer, key string) bool {
	return slices.ContainsFunc(answers, func(a Answer) bool { return a.Key == key })
}

// pinsQuestion asks for all PINs at once, and for the forgotten ones by name
// only when there are some.
func pinsQuestion(answers []Answer) QuestionView {
	if answered(answers, keyAllPINs) {
		return forgottenPINsQuestion()
	}
	return allPINsQuestion(answers)
}

func allPINsQuestion(answers []Answer) QuestionView {
	unknown := "分からない"
	if !slices.Contains(answers, Answer{Key: "visitor.kind", Value: "holder"}) {
		unknown = "分からない(ご本人に聞けない)"
	}
	return QuestionView{Key: keyAllPINs, Label: "暗証番号は、すべて分かりますか", Kind: "choice",
		Choices: []ChoiceView{
			{Key: keyAllPINs, Value: valueAll, Label: "全部分かる", Code: "KeyA", Cap: "A"},
			{Key: keyAllPINs, Value: valueSome, Label: "分からないものがある", Code: "KeyS", Cap: "S"},
			{Key: keyAllPINs, Value: valueUnknown, Label: unknown, Code: "Slash", Cap: "/"},
		}}
}

func forgottenPINsQuestion() QuestionView {
	q := QuestionView{Key: keyOtherPINs, Label: "分からない暗証番号を選んでください", Kind: "choice",
		Help: "選び終わったら G を押してください", Choices: []ChoiceView{}}
	for i, kind := range rules.PINKinds() {
		letter := middleRow[i : i+1]
		q.Choices = append(q.Choices, ChoiceView{Key: "pins." + string(kind), Value: "forgotten", Label: pinLabel(kind), Code: "Key" + letter, Cap: letter})
	}
	q.Choices = append(q.Choices, ChoiceView{Key: keyOtherPINs, Value: valueAll, Label: "これで全部", Code: "KeyG", Cap: "G"})
	return q
}

func answeredViews(a decider, m rules.MunicipalityID, answers []Answer) []AnsweredView {
	views := make([]AnsweredView, 0, len(answers))
	for _, answer := range answers {
		if answer.Key == "visit" {
			continue // the plan says which visit it is
		}
		views = append(views, answeredView(a, m, answer, answers))
	}
	return views
}

// answeredView is one answer in words; what its question is, the others say too.
func answeredView(a decider, m rules.MunicipalityID, answer Answer, answers []Answer) AnsweredView {
	v := AnsweredView{Key: answer.Key, Label: answer.Key, Value: answer.Value, Words: answer.Value, Question: allPINsQuestion(answers)}
	switch answer.Key {
	case keyAllPINs:
	case keyValidUntil:
		v.Question = validUntilQuestion()
	case keyOtherPINs:
		v.Question = forgottenPINsQuestion()
		v.Label, v.Words = "そのほかの暗証番号", "分かる"
		return v
	default:
		q, ok := a.Question(m, answer.Key)
		if !ok {
			return v
		}
		v.Question = questionView(q)
	}
	v.Label = v.Question.Label
	v.Words = valueWords(v.Question, answer.Value)
	if day, err := rules.ParseDate(answer.Value); err == nil {
		v.Words = dayAndEra(day)
	}
	return v
}

func paperViews(papers []PaperAnswer) []PaperView {
	views := make([]PaperView, 0, len(papers))
	for _, p := range papers {
		v := PaperView{Title: p.Document, Of: partyLabel(rules.Party(p.Of))}
		if p.Class != "" {
			v.Title = classLabel(rules.DocumentClass(p.Class)) + "とみなす書類"
		}
		if day, err := rules.ParseDate(p.ExpiresOn); err == nil {
			v.Words = rules.InWords(day) + "まで"
		}
		views = append(views, v)
	}
	return views
}
