package rules

import (
	"encoding/json"
	"fmt"
	"time"
)

// Date is a civil date in Japan, never an instant. The zero value is no date.
// Its number counts days of the proleptic Gregorian calendar, 1 being 0001-01-01.
type Date int32

// Years are counted from March, so that the leap day is a year's last and the months
// before it always begin on the same days. The calendar repeats every 400 years.
const (
	daysIn400Years = 400*365 + 97
	daysIn100Years = 100*365 + 24
	daysIn4Years   = 4*365 + 1
	untilMarch     = 305 // 0000-03-01 is day -305
)

// NewDate makes a date; it reports false for a day that does not exist.
func NewDate(year, month, day int) (Date, bool) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month) {
		return 0, false
	}
	if month < 3 {
		year, month = year-1, month+12
	}
	inYear := (153*(month-3)+2)/5 + day - 1
	return Date(365*year + year/4 - year/100 + year/400 + inYear - untilMarch), true
}

func daysOfMonth(year, month int) int {
	switch {
	case month == 2 && (year%4 != 0 || year%100 == 0 && year%400 != 0):
		return 28
	case month == 2:
		return 29
	case month == 4 || month == 6 || month == 9 || month == 11:
		return 30
	}
	return 31
}

// ParseDate reads YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return 0, &InputError{Fault: InputNotADate, Value: s}
	}
	d, ok := NewDate(t.Year(), int(t.Month()), t.Day())
	if !ok {
		return 0, &InputError{Fault: InputNotADate, Value: s}
	}
	return d, nil
}

// Split returns year, month and day.
func (d Date) Split() (year, month, day int) {
	n := int(d) + untilMarch
	cycle := n / daysIn400Years
	if n%daysIn400Years < 0 {
		cycle--
	}
	n -= cycle * daysIn400Years
	yearOfCycle := (n - n/(daysIn4Years-1) + n/daysIn100Years - n/(daysIn400Years-1)) / 365
	n -= 365*yearOfCycle + yearOfCycle/4 - yearOfCycle/100
	year = 400*cycle + yearOfCycle
	month = (5*n+2)/153 + 3
	day = n - (153*(month-3)+2)/5 + 1
	if month > 12 {
		return year + 1, month - 12, day
	}
	return year, month, day
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// String writes YYYY-MM-DD, or nothing for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	y, m, day := d.Split()
	return fmt.Sprintf("%04d-%02d-%02d", y, m, day)
}

// MarshalJSON writes "YYYY-MM-DD", or null for no date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == 0 {
		return []byte("null"), nil
	}
	return json.Marshal(d.String())
}

// UnmarshalJSON reads "YYYY-MM-DD" or null.
func (d *Date) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		return &InputError{Fault: InputNotADate, Value: string(data)}
	}
	if s == nil {
		*d = 0
		return nil
	}
	v, err := ParseDate(*s)
	*d = v
	return err
}
