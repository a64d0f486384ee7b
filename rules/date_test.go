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

// TestDateAgreesWithTimePackage: every day there is, and a millennium on either side.
func TestDateAgreesWithTimePackage(t *testing.T) {
	const millennium = 366 * 1000
	want := time.Date(1, 1, 1-millennium, 0, 0, 0, 0, time.UTC)
	for d := earliestDate - millennium; d <= latestDate+millennium; d++ {
		y, m, day := d.Split()
		if y != want.Year() || m != int(want.Month()) || day != want.Day() {
			t.Fatalf("day %d: got %d-%d-%d, want %s", int(d), y, m, day, want.Format(time.DateOnly))
		}
		exists := d >= earliestDate && d <= latestDate
		if got, ok := NewDate(y, m, day); ok != exists || ok && got != d {
			t.Fatalf("NewDate(%d, %d, %d) = %d, %v, want day %d", y, m, day, int(got), ok, int(d))
		}
		want = want.AddDate(0, 0, 1)
	}
}

func TestDaysThatDoNotExist(t *testing.T) {
	for _, year := range []int{1, 1900, 2000, 2023, 2024, 2100, 9999} {
		for month := -1; month <= 14; month++ {
			for day := -1; day <= 33; day++ {
				there := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
				want := there.Year() == year && there.Month() == time.Month(month) && there.Day() == day
				if _, ok := NewDate(year, month, day); ok != want {
					t.Errorf("NewDate(%d, %d, %d) = %v, want %v", year, month, day, ok, want)
				}
			}
		}
	}
}
