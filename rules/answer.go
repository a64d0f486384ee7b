package rules

import (
	"slices"
	"strconv"
	"strings"
)

// Set puts one answer into the situation. The key is a situation key such as
// "visitor.kind" or "certificates.signature.state"; the value a word of the
// vocabulary, yes or no, a date, or null for "asked, and there is none" (or: not
// known). The key "pins" with a PIN state answers for every PIN not asked about yet.
func (s *Situation) Set(key, value string) error {
	switch key {
	case "municipality":
		s.Municipality = MunicipalityID(value)
	case "procedure":
		return s.setProcedures(value)
	case "on":
		return setDay(&s.On, key, value)
	case "place":
		s.Place = value
	case "time":
		s.Time = value
	case "visit":
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 2 {
			return &InputError{Fault: InputNotAVisit, Key: key, Value: value}
		}
		s.Visit = Known(n)
	case "pins":
		return s.setAllPINs(value)
	default:
		return s.setFact(key, value)
	}
	return nil
}

func (s *Situation) setProcedures(value string) error {
	s.Procedure = nil
	for p := range strings.SplitSeq(value, "|") {
		if !slices.Contains(factSpecs[factProcedure].words, p) {
			return unknownWord("procedure", p, factSpecs[factProcedure].words)
		}
		s.Procedure = append(s.Procedure, Procedure(p))
	}
	return nil
}

func (s *Situation) setAllPINs(value string) error {
	if value != "null" && !slices.Contains(pinStateWords, value) {
		return unknownWord("pins", value, pinStateWords)
	}
	for i, k := range PINKinds() {
		if s.PINs.pin(i).Asked() {
			continue
		}
		if err := s.Set("pins."+string(k), value); err != nil {
			return err
		}
	}
	return nil
}

func (s *Situation) setFact(key, value string) error {
	for _, f := range s.flags() {
		if f.key == key {
			return setFlag(f.fact, key, value)
		}
	}
	for _, d := range s.days() {
		if d.key == key {
			return setDayFact(d.fact, key, value)
		}
	}
	for _, f := range wordFields {
		if f.key == key {
			return f.of(s).set(value)
		}
	}
	return &InputError{Fault: InputUnknownKey, Key: key}
}

type flagField struct {
	key  string
	fact *Fact[bool]
}

func (s *Situation) flags() []flagField {
	return []flagField{
		{"booked", &s.Booked},
		{"visitor.sameHousehold", &s.Visitor.SameHousehold},
		{"visitor.holderPresent", &s.Visitor.HolderPresent},
		{"visitor.authorityCoversCard", &s.Visitor.AuthorityCoversCard},
		{"holder.domicileInCity", &s.Holder.DomicileInCity},
		{"holder.moveRegistered", &s.Holder.MoveRegistered},
		{"card.faceFull", &s.Card.FaceFull},
		{"card.chipMatchesFace", &s.Card.ChipMatchesFace},
		{"letter.sealed", &s.Letter.Sealed},
		{"letter.complete", &s.Letter.Complete},
	}
}

type dayField struct {
	key  string
	fact *Fact[Date]
}

func (s *Situation) days() []dayField {
	return []dayField{
		{"holder.birthDate", &s.Holder.BirthDate},
		{"holder.movedInOn", &s.Holder.MovedInOn},
		{"card.expiresOn", &s.Card.ExpiresOn},
		{"certificates.signature.expiresOn", &s.Certificates.Signature.ExpiresOn},
		{"certificates.user-identification.expiresOn", &s.Certificates.UserIdentification.ExpiresOn},
		{"letter.validUntil", &s.Letter.ValidUntil},
	}
}

// wordField is a fact with a closed vocabulary: check says whether the value it
// has is one of its words.
type wordField struct {
	key   string
	words []string
	value func() (string, bool)
	set   func(string) error
}

var (
	guardianshipWords = []string{"none", "minor-guardianship", "adult-guardianship", "curatorship", "assistance", "contract-guardianship"}
	pinStateWords     = []string{"known", "forgotten", "locked", "unset"}
)

// wordFields are the facts with a closed vocabulary, in the order of a situation.
var wordFields = []struct {
	key string
	of  func(*Situation) wordField
}{
	{"visitor.kind", func(s *Situation) wordField {
		return wordOf("visitor.kind", factSpecs[factVisitor].words, &s.Visitor.Kind)
	}},
	{"holder.guardianship", func(s *Situation) wordField {
		return wordOf("holder.guardianship", guardianshipWords, &s.Holder.Guardianship)
	}},
	{"holder.residencePermit", func(s *Situation) wordField {
		return wordOf("holder.residencePermit", factSpecs[factPermit].words, &s.Holder.ResidencePermit)
	}},
	{"card.kind", func(s *Situation) wordField { return wordOf("card.kind", factSpecs[factCardKind].words, &s.Card.Kind) }},
	{"card.state", func(s *Situation) wordField {
		return wordOf("card.state", factSpecs[factCardState].words, &s.Card.State)
	}},
	{"certificates.signature.state", func(s *Situation) wordField {
		return wordOf("certificates.signature.state", certificateWords, &s.Certificates.Signature.State)
	}},
	{"certificates.user-identification.state", func(s *Situation) wordField {
		return wordOf("certificates.user-identification.state", certificateWords, &s.Certificates.UserIdentification.State)
	}},
	{"letter.state", func(s *Situation) wordField {
		return wordOf("letter.state", factSpecs[factLetter].words, &s.Letter.State)
	}},
	{"pins.signature", func(s *Situation) wordField { return wordOf("pins.signature", pinStateWords, &s.PINs.Signature) }},
	{"pins.user-identification", func(s *Situation) wordField {
		return wordOf("pins.user-identification", pinStateWords, &s.PINs.UserIdentification)
	}},
	{"pins.resident-registration", func(s *Situation) wordField {
		return wordOf("pins.resident-registration", pinStateWords, &s.PINs.ResidentRegistration)
	}},
	{"pins.card-info-input", func(s *Situation) wordField {
		return wordOf("pins.card-info-input", pinStateWords, &s.PINs.CardInfoInput)
	}},
}

func (s *Situation) words() []wordField {
	all := make([]wordField, len(wordFields))
	for i, f := range wordFields {
		all[i] = f.of(s)
	}
	return all
}

func wordOf[T ~string](key string, words []string, fact *Fact[T]) wordField {
	return wordField{key: key, words: words,
		value: func() (string, bool) { v, ok := fact.Get(); return string(v), ok },
		set: func(value string) error {
			if value == "null" {
				*fact = None[T]()
				return nil
			}
			if !slices.Contains(words, value) {
				return unknownWord(key, value, words)
			}
			*fact = Known(T(value))
			return nil
		}}
}

func setFlag(fact *Fact[bool], key, value string) error {
	switch value {
	case "yes", "true":
		*fact = Known(true)
	case "no", "false":
		*fact = Known(false)
	case "null":
		*fact = None[bool]()
	default:
		return unknownWord(key, value, yesNo)
	}
	return nil
}

func setDay(day *Date, key, value string) error {
	d, err := ParseDate(value)
	if err != nil {
		return &InputError{Fault: InputNotADate, Key: key, Value: value}
	}
	*day = d
	return nil
}

func setDayFact(fact *Fact[Date], key, value string) error {
	if value == "null" {
		*fact = None[Date]()
		return nil
	}
	var d Date
	if err := setDay(&d, key, value); err != nil {
		return err
	}
	*fact = Known(d)
	return nil
}
