package app

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"madoguchi/rules"
)

// DateView is a day as it was typed, understood.
type DateView struct {
	Date  string `json:"date"`  // YYYY-MM-DD; empty while it is not a day
	Words string `json:"words"` // written out with its era
}

// ReadDate understands a day as clerks type it: 20150310, 2015/3/10, H27.3.10,
// h270310, 平成27年3月10日, full-width digits included. A text that is no day
// gives an empty Date, not an error.
func (d *Desk) ReadDate(text string) (DateView, error) {
	if len(text) > mostText {
		return DateView{}, fmt.Errorf("%w: too long", errBadAnswer)
	}
	day, ok := readDate(text)
	if !ok {
		return DateView{}, nil
	}
	return DateView{Date: day.String(), Words: dayWords(day) + eraWords(day)}, nil
}

// era is a Japanese era from its first day on. Days before Meiji 6 were counted
// by another calendar and nobody living was born on them.
type era struct {
	letter, name string
	first        string // YYYY-MM-DD
	year         int    // the calendar year of its year 1
}

func eras() []era {
	return []era{
		{"R", "令和", "2019-05-01", 2019},
		{"H", "平成", "1989-01-08", 1989},
		{"S", "昭和", "1926-12-25", 1926},
		{"T", "大正", "1912-07-30", 1912},
		{"M", "明治", "1873-01-01", 1868},
	}
}

func eraWords(day rules.Date) string {
	for _, e := range eras() {
		if first, err := rules.ParseDate(e.first); err == nil && day >= first {
			y, _, _ := day.Split()
			return fmt.Sprintf("(%s%d年)", e.name, y-e.year+1)
		}
	}
	return ""
}

var (
	packedDate = regexp.MustCompile(`^([RHSTM]?)(\d{2}|\d{4})(\d{2})(\d{2})$`)
	spacedDate = regexp.MustCompile(`^([RHSTM]?)(\d{1,4})-(\d{1,2})-(\d{1,2})$`)
)

func readDate(text string) (rules.Date, bool) {
	text = plainDate(text)
	parts := packedDate.FindStringSubmatch(text)
	if parts == nil {
		parts = spacedDate.FindStringSubmatch(text)
	}
	if parts == nil {
		return 0, false
	}
	var n [3]int
	for i, digits := range parts[2:] {
		n[i], _ = strconv.Atoi(digits) // at most four digits by the pattern
	}
	if parts[1] == "" {
		if len(parts[2]) != 4 {
			return 0, false
		}
		return rules.NewDate(n[0], n[1], n[2])
	}
	return eraDate(parts[1], n[0], n[1], n[2])
}

// eraDate refuses a year that its era did not have.
func eraDate(letter string, year, month, day int) (rules.Date, bool) {
	for i, e := range eras() {
		if e.letter != letter || year < 1 || year > 64 {
			continue
		}
		date, ok := rules.NewDate(e.year+year-1, month, day)
		first, err := rules.ParseDate(e.first)
		if !ok || err != nil || date < first {
			return 0, false
		}
		if i > 0 {
			if next, err := rules.ParseDate(eras()[i-1].first); err != nil || date >= next {
				return 0, false
			}
		}
		return date, true
	}
	return 0, false
}

// plainDate reduces what people type to digits, hyphens and an era's letter.
func plainDate(text string) string {
	text = strings.ToUpper(strings.TrimSpace(text))
	for _, e := range eras() {
		text = strings.Replace(text, e.name, e.letter, 1)
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r >= 'Ａ' && r <= 'Ｚ':
			return r - 'Ａ' + 'A'
		case strings.ContainsRune("/.年月-－．／ ", r):
			return '-'
		case r == '日':
			return -1
		}
		return r
	}, strings.ReplaceAll(text, "元年", "1年"))
	return text
}
