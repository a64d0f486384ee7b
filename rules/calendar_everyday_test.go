package rules

import (
	"testing"
	"time"
)

// The laws of the calendar on every day from 2015 to 2045, each against a second way
// of counting: the days of Go's own calendar, walked one by one.

func TestEveryDayAgainstGosCalendar(t *testing.T) {
	when := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := firstDay; d <= lastDay; d, when = d+1, when.AddDate(0, 0, 1) {
		if d.String() != when.Format("2006-01-02") || Weekday(d) != int(when.Weekday()) {
			t.Fatalf("%s (weekday %d) is %s", d, Weekday(d), when)
		}
		if got := HealthInsuranceUntil(d); got.String() != when.AddDate(0, 0, 1-when.Day()).AddDate(0, 4, -1).Format("2006-01-02") {
			t.Fatalf("end of the third month after %s: %s", d, got)
		}
		if got := FaceUpdateUntil(d); got.String() != when.AddDate(0, 0, 89).Format("2006-01-02") {
			t.Fatalf("ninety days from %s: %s", d, got)
		}
		if got, want := AddMonths(d, -3), monthsAway(when, -3); got.String() != want || RenewalOpens(d) != got+1 {
			t.Fatalf("three months before %s: %s, want %s; opens %s", d, got, want, RenewalOpens(d))
		}
		if got, want := AcceptedAsIDUntil(d), monthsAway(when, 6); got.String() != want {
			t.Fatalf("six months after %s: %s, want %s", d, got, want)
		}
	}
}

// monthsAway is the same day of another month, or that month's last day.
func monthsAway(when time.Time, months int) string {
	first := when.AddDate(0, 0, 1-when.Day()).AddDate(0, months, 0)
	last := first.AddDate(0, 1, -1)
	return first.AddDate(0, 0, min(when.Day(), last.Day())-1).Format("2006-01-02")
}

// TestEveryBirthday: for everybody born on a day from 2015 to 2045, the ages that
// decide something are reached on the birthday and not on its eve.
func TestEveryBirthday(t *testing.T) {
	for born := firstDay; born <= lastDay; born++ {
		y, m, d := born.Split()
		for _, n := range []int{5, 10, 15, 18, 20} {
			on := Birthday(born, n)
			by, bm, bd := on.Split()
			leapling := m == 2 && d == 29 && bm == 3 && bd == 1
			if by != y+n || (bm != m || bd != d) && !leapling {
				t.Fatalf("born %s: birthday %d on %s", born, n, on)
			}
			if Age(born, on) != n || Age(born, on-1) != n-1 || !IsEve(born, n, on-1) || IsEve(born, n, on) {
				t.Fatalf("born %s: %d years old on %s and %d on the eve", born, Age(born, on), on, Age(born, on-1))
			}
		}
		if grown := Birthday(born, 18); !IsMinor(born, grown-1) || IsMinor(born, grown) {
			t.Fatalf("born %s: of age on another day than %s", born, grown)
		}
	}
}

// TestComingOfAgeAroundTheChange: who was 18 or 19 on 2022-04-01 came of age that
// day; who was 20 before came of age on that birthday.
func TestComingOfAgeAroundTheChange(t *testing.T) {
	for on := mustDate(2021, 4, 1); on <= mustDate(2023, 4, 1); on++ {
		for born := mustDate(2000, 1, 1); born <= mustDate(2006, 1, 1); born += 13 {
			grown := Age(born, on) >= 20 || on >= mustDate(2022, 4, 1) && Age(born, on) >= 18
			if IsMinor(born, on) == grown {
				t.Fatalf("born %s: a minor on %s is %v", born, on, !grown)
			}
		}
	}
}

// TestExpiryOnEveryDay: whatever day a certificate or a card is issued, it lasts
// until the fifth or the tenth birthday behind that day, never to one on it.
func TestExpiryOnEveryDay(t *testing.T) {
	people := []Date{mustDate(1980, 4, 5), mustDate(1984, 2, 29), mustDate(2012, 2, 29), mustDate(2005, 12, 31), mustDate(2014, 1, 1)}
	for issued := firstDay; issued <= lastDay; issued++ {
		for _, born := range people {
			count := func(until Date) (birthdays int) {
				for n := max(Age(born, issued), 0); Birthday(born, n) <= until; n++ {
					if Birthday(born, n) > issued {
						birthdays++
					}
				}
				return birthdays
			}
			certificate := CertificateExpires(born, issued, 0)
			if count(certificate) != 5 || count(certificate-1) != 4 {
				t.Fatalf("born %s, issued %s: a certificate until %s", born, issued, certificate)
			}
			want := 10
			if IsMinor(born, issued) {
				want = 5
			}
			card := CardExpires(born, issued, 0)
			if count(card) != want || count(card-1) != want-1 {
				t.Fatalf("born %s, issued %s: a card until %s", born, issued, card)
			}
		}
	}
}

// TestPartialBirthDates: with the day or the month unknown, an age is told exactly
// where every day it can be gives the same one.
func TestPartialBirthDates(t *testing.T) {
	withoutRaces(t)
	born := []PartialDate{{2011, 11, 0}, {2008, 0, 0}, {2012, 2, 0}}
	for on := firstDay; on <= lastDay; on++ {
		for _, p := range born {
			first, last := p.Bounds()
			ages := map[int]bool{}
			for d := first; d <= last; d++ {
				ages[Age(d, on)] = true
			}
			if age, ok := AgeOf(p, on); ok != (len(ages) == 1) || ok && !ages[age] {
				t.Fatalf("born %s, on %s: %d, %v; it can be %v", p, on, age, ok, ages)
			}
		}
	}
}

// TestEndOfTheCalendar: 9999-12-31 is how people write "no end".
func TestEndOfTheCalendar(t *testing.T) {
	last, first := mustDate(9999, 12, 31), mustDate(1, 1, 1)
	if last != latestDate || first != earliestDate {
		t.Fatalf("the calendar runs from %d to %d", first, last)
	}
	for what, got := range map[string]Date{
		"six months on": AcceptedAsIDUntil(last), "third month": HealthInsuranceUntil(last), "ninety days": FaceUpdateUntil(last),
		"fifth birthday": Birthday(last, 5), "months": AddMonths(last, 1),
	} {
		if got != last {
			t.Errorf("%s behind the end of the calendar: %s", what, got)
		}
	}
	if got := AddMonths(first, -1); got != first {
		t.Errorf("before its beginning: %s", got)
	}
	if RenewalOpens(last) != mustDate(9999, 10, 1) {
		t.Errorf("renewal of what never ends opens on %s", RenewalOpens(last))
	}
}
