package app

import (
	"fmt"
	"regexp"

	"madoguchi/rules"
)

// DateView is a day as it was typed, understood.
type DateView struct {
	Date  string `json:"date"`  // YYYY-MM-DD; empty while it is not a day
	Words string `json:"words"` // written out, with its era
}

// ReadDate understands a day as clerks type it: 20150310, 2015/3/10, H27.3.10,
// h270310, 平成27年3月10日, full-width digits included. A text that is no whole
// day gives an empty Date, not an error.
func (d *Desk) ReadDate(text string) (DateView, error) {
	if len(text) > mostText {
		return DateView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	day, ok := readDate(text)
	if !ok {
		return DateView{}, nil
	}
	return DateView{Date: day.String(), Words: dayAndEra(day)}, nil
}

// packedEra is an era's letter and six digits without a sign between them.
var packedEra = regexp.MustCompile(`^([RrHhSsTtMm])(\d{2})(\d{2})(\d{2})$`)

func readDate(text string) (rules.Date, bool) {
	partial, err := rules.ParseJapaneseDate(packedEra.ReplaceAllString(text, "$1$2.$3.$4"))
	if err != nil {
		return 0, false
	}
	return partial.Exact()
}

// dayAndEra writes a day in both counts of years.
func dayAndEra(day rules.Date) string {
	return rules.InWords(day) + "(" + rules.InEra(day) + ")"
}
