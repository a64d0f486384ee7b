package reader

import (
	"encoding/json"
	"time"
)

// Date is a civil date in Japan as YYYY-MM-DD; empty is no date. Dates compare
// as text does. A card never carries an instant that matters here.
type Date string

// MarshalJSON writes the date, or null for no date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d == "" {
		return []byte("null"), nil
	}
	return json.Marshal(string(d))
}

// UnmarshalJSON reads a date or null.
func (d *Date) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	*d = ""
	if s != nil {
		*d = Date(*s)
	}
	return nil
}

const dateLayout = "2006-01-02"

// japan is nine hours ahead of UTC, all year, since 1952.
func japan() *time.Location { return time.FixedZone("JST", 9*60*60) }

// DateIn returns the day in Japan at an instant.
func DateIn(t time.Time) Date { return Date(t.In(japan()).Format(dateLayout)) }

// dateOfDigits reads YYYYMMDD, a day that exists; anything else is no date.
func dateOfDigits(digits []byte) Date {
	t, err := time.Parse("20060102", string(digits))
	if err != nil {
		return ""
	}
	return Date(t.Format(dateLayout))
}
