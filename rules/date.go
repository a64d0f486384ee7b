package rules

import (
	"encoding/json"
	"fmt"
	"time"
)

// Date is a civil date in Japan, never an instant. The zero value is no date.
// Its number counts days of the proleptic Gregorian calendar, 1 being 0001-01-01.
type Date int32

// unixEpoch is 1970-01-01 as a Date.
const unixEpoch = 719163

const secondsADay = 24 * 60 * 60

// NewDate makes a date; it reports false for a day that does not exist.
func NewDate(year, month, day int) (Date, bool) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 1 || year > 9999 || t.Month() != time.Month(month) || t.Day() != day {
		return 0, false
	}
	return Date(t.Unix()/secondsADay) + unixEpoch, true
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
	t := time.Unix(int64(d-unixEpoch)*secondsADay, 0).UTC()
	return t.Year(), int(t.Month()), t.Day()
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
