package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// Eras. The first day of an era belongs to it; its first year is 元年. Before
// 1873-01-01 Japan counted months by the moon: Meiji 5 ended with its second day of
// the twelfth month, so earlier days are refused rather than converted.

// era is one of the five modern eras.
type era struct {
	name   string
	letter string
	first  Date
	year   int // Gregorian year of its first year
}

var eras = []era{
	{"令和", "R", mustDate(2019, 5, 1), 2019},
	{"平成", "H", mustDate(1989, 1, 8), 1989},
	{"昭和", "S", mustDate(1926, 12, 25), 1926},
	{"大正", "T", mustDate(1912, 7, 30), 1912},
	{"明治", "M", mustDate(1873, 1, 1), 1868},
}

func mustDate(y, m, d int) Date {
	date, _ := NewDate(y, m, d)
	return date
}

// InEra writes a date in era form, 令和8年11月24日; a date before 1873 in Gregorian form.
func InEra(d Date) string {
	y, m, day := d.Split()
	for _, e := range eras {
		if d >= e.first {
			return fmt.Sprintf("%s%s年%d月%d日", e.name, eraYear(y-e.year+1), m, day)
		}
	}
	return InWords(d)
}

// InWords writes a date out, 2026年11月24日; nothing for none.
func InWords(d Date) string {
	if d.IsZero() {
		return ""
	}
	y, m, day := d.Split()
	return fmt.Sprintf("%d年%d月%d日", y, m, day)
}

// TextInWords writes out a day that is kept as text, 2026-11-24; what is no such day it
// repeats.
func TextInWords(text string) string {
	d, err := ParseDate(text)
	if err != nil {
		return text
	}
	return InWords(d)
}

func eraYear(n int) string {
	if n == 1 {
		return "元"
	}
	return strconv.Itoa(n)
}

// PartialDate is a birth date of which month or day may be unknown (不詳), as some
// registers hold it: a zero part is unknown. A year is always known.
type PartialDate struct{ Year, Month, Day int }

// Bounds are the first and the last day the date can be.
func (p PartialDate) Bounds() (first, last Date) {
	fm, lm := p.Month, p.Month
	if p.Month == 0 {
		fm, lm = 1, 12
	}
	if p.Month != 0 && p.Day != 0 {
		d, _ := NewDate(p.Year, p.Month, p.Day)
		return d, d
	}
	first, _ = NewDate(p.Year, fm, 1)
	return first, dateClamped(p.Year, lm, 31)
}

// Exact returns the date where all of it is known.
func (p PartialDate) Exact() (Date, bool) {
	first, last := p.Bounds()
	return first, first == last && p.Day != 0
}

// String writes YYYY-MM-DD with 不詳 for what is unknown.
func (p PartialDate) String() string {
	part := func(n int) string {
		if n == 0 {
			return "不詳"
		}
		return fmt.Sprintf("%02d", n)
	}
	return fmt.Sprintf("%04d-%s-%s", p.Year, part(p.Month), part(p.Day))
}

// AgeOf is the age of somebody whose birth date is partly unknown; ok is false
// where the unknown part decides.
func AgeOf(born PartialDate, on Date) (age int, ok bool) {
	first, last := born.Bounds()
	oldest, youngest := Age(first, on), Age(last, on)
	return youngest, oldest == youngest
}

// ParseJapaneseDate reads a date as people at a counter write it: 1980-04-05,
// 1980/4/5, 19800405, S55.4.5, 昭和55年4月5日, 令和元年5月1日, and 昭和15年不詳 or
// 1940-不詳-不詳 where a part is unknown. Full-width digits are read as digits.
func ParseJapaneseDate(text string) (PartialDate, error) {
	s := narrow(strings.TrimSpace(text))
	bad := fmt.Errorf("%q is not a date: write 1980-04-05, S55.4.5 or 昭和55年4月5日", text)
	if len(s) == 8 && strings.Trim(s, "0123456789") == "" {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	from, rest := cutEra(s)
	parts := strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune("-/.年月日", r) })
	if len(parts) == 0 || len(parts) > 3 {
		return PartialDate{}, bad
	}
	var numbers [3]int
	for i, part := range parts {
		n, err := datePart(part)
		if err != nil || i > 0 && numbers[i-1] == 0 && n != 0 {
			return PartialDate{}, bad
		}
		numbers[i] = n
	}
	p := PartialDate{numbers[0], numbers[1], numbers[2]}
	if from != nil {
		p.Year += from.year - 1
	}
	return p, checkPartial(p, from, numbers[0], bad)
}

// checkPartial refuses days that do not exist, or that lie outside the era named.
func checkPartial(p PartialDate, from *era, year int, bad error) error {
	if year < 1 || p.Month > 12 || p.Day > 31 || p.Month != 0 && p.Day != 0 && mustDate(p.Year, p.Month, p.Day).IsZero() {
		return bad
	}
	first, last := p.Bounds()
	if first < eras[len(eras)-1].first {
		return fmt.Errorf("%w; days before 1873 are counted by another calendar", bad)
	}
	if from == nil {
		return nil
	}
	for i, e := range eras {
		if e.name == from.name && (last < e.first || i > 0 && first >= eras[i-1].first) {
			return fmt.Errorf("%w: the day does not lie in %s", bad, e.name)
		}
	}
	return nil
}

func cutEra(s string) (*era, string) {
	for i, e := range eras {
		for _, name := range []string{e.name, e.letter, strings.ToLower(e.letter)} {
			if rest, ok := strings.CutPrefix(s, name); ok {
				return &eras[i], rest
			}
		}
	}
	return nil, s
}

func datePart(part string) (int, error) {
	switch part {
	case "元":
		return 1, nil
	case "不詳", "00", "0":
		return 0, nil
	}
	n, err := strconv.Atoi(part)
	if err != nil || n < 0 || len(part) > 4 {
		return 0, fmt.Errorf("%q is not a number", part)
	}
	return n, nil
}

// narrow turns full-width digits, letters and signs of a date into half-width ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		if isFullWidth(r) && r != '　' {
			return r - '！' + '!'
		}
		return r
	}, s)
}
