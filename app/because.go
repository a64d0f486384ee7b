package app

import (
	"fmt"
	"strings"

	"madoguchi/rules"
)

// because says what a line comes from: answers, what the card told, the day. A
// key that nobody spoke of yet is left out.
func (w wording) because(keys []string) []string {
	words := make([]string, 0, len(keys))
	for _, key := range keys {
		if reason := w.reason(key); reason != "" {
			words = append(words, reason)
		}
	}
	return words
}

func (w wording) reason(key string) string {
	label, value := cardFact(w.situation, key)
	if a, ok := w.answerTo(key, value); ok {
		v := answeredView(w.decider, w.municipality, a, w.asked.Answers)
		return v.Label + " → " + v.Words
	}
	if value != "" {
		return fmt.Sprintf("カード: %s %s", label, w.factWords(key, value))
	}
	switch visit, known := w.situation.Visit.Get(); {
	case key == "on":
		return "本日 " + rules.InWords(w.situation.On)
	case key == "visit" && known && visit == 0:
		return "電話での申出"
	case key == "visit" && known:
		return fmt.Sprintf("%d回目の来庁", visit)
	}
	return ""
}

// answerTo is the answer that a key has its value from; none where the card says
// otherwise. One answer can be for every PIN.
func (w wording) answerTo(key, value string) (Answer, bool) {
	for _, a := range w.asked.Answers {
		all := strings.HasPrefix(key, "pins.") && (a.Key == keyAllPINs || a.Key == keyOtherPINs) && a.Value == valueAll
		if (a.Key == key || all) && (value == "" || a.Value == value) {
			return a, true
		}
	}
	return Answer{}, false
}

// cardFact is what the situation holds of a key that a card can tell, and how that
// is called; no value where it is not known.
func cardFact(s rules.Situation, key string) (label, value string) {
	kind, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(key, "certificates."), "pins."), ".")
	certificate, pin := pinLabel(rules.PINKind(kind))+"電子証明書", pinLabel(rules.PINKind(kind))+"の暗証番号"
	switch key {
	case "card.kind":
		return "種類", wordOf(s.Card.Kind)
	case "card.state":
		return "状態", wordOf(s.Card.State)
	case "card.expiresOn":
		return "有効期限", dayOf(s.Card.ExpiresOn)
	case "certificates.signature.state":
		return certificate, wordOf(s.Certificates.Signature.State)
	case "certificates.user-identification.state":
		return certificate, wordOf(s.Certificates.UserIdentification.State)
	case "certificates.signature.expiresOn":
		return certificate + "の有効期限", dayOf(s.Certificates.Signature.ExpiresOn)
	case "certificates.user-identification.expiresOn":
		return certificate + "の有効期限", dayOf(s.Certificates.UserIdentification.ExpiresOn)
	case "pins.signature":
		return pin, wordOf(s.PINs.Signature)
	case "pins.user-identification":
		return pin, wordOf(s.PINs.UserIdentification)
	case "pins.resident-registration":
		return pin, wordOf(s.PINs.ResidentRegistration)
	case "pins.card-info-input":
		return pin, wordOf(s.PINs.CardInfoInput)
	}
	return "", ""
}

func wordOf[T ~string](f rules.Fact[T]) string {
	value, _ := f.Get()
	return string(value)
}

func dayOf(f rules.Fact[rules.Date]) string {
	value, _ := f.Get()
	return value.String()
}

// factWords writes a value as its question would be answered; a day is written out.
func (w wording) factWords(key, value string) string {
	if d, err := rules.ParseDate(value); err == nil {
		return rules.InWords(d)
	}
	if q, ok := w.decider.Question(w.municipality, key); ok {
		for _, c := range q.Choices {
			if c.Value == value {
				return rules.PlainText(c.Label)
			}
		}
	}
	return value
}
