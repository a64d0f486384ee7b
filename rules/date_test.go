package rules

import (
	"testing"
	"time"
)

func TestDateRoundTrip(t *testing.T) {
	for _, s := range []string{"0001-01-01", "1868-10-23", "1969-12-31", "1970-01-01", "2000-02-29", "2026-11-24", "9999-12-31"} {
		d, err := ParseDate(s)
		if err != nil || d.String() != s {
			t.Errorf("ParseDate(%q) = %v, %v", s, d, err)
		}
	}
	first, _ := ParseDate("0001-01-01")
	if first != 1 {
		t.Errorf("0001-01-01 is day %d, want 1", first)
	}
	for _, s := range []string{"2026-02-29", "2026-13-01", "2026-1-1", "", "２０２６-01-01", "2026-11-24T00:00"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, d)
		}
	}
}

func TestDateAgreesWithTimePackage(t *testing.T) {
	day := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)
	d, _ := NewDate(1990, 1, 1)
	for range 366 * 60 {
		if got, want := d.String(), day.Format("2006-01-02"); got != want {
			t.Fatalf("day %d: got %s, want %s", d, got, want)
		}
		d, day = d+1, day.AddDate(0, 0, 1)
	}
}
