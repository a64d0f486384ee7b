package rules

import (
	"slices"
	"testing"
)

// The cabinet office's published holidays.
func TestHolidays(t *testing.T) {
	published := map[int][]string{
		2026: {"01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04", "05-05", "05-06", "07-20", "08-11", "09-21", "09-22", "09-23", "10-12", "11-03", "11-23"},
		2027: {"01-01", "01-11", "02-11", "02-23", "03-21", "03-22", "04-29", "05-03", "05-04", "05-05", "07-19", "08-11", "09-20", "09-23", "10-11", "11-03", "11-23"},
	}
	for year, days := range published {
		want := map[Date]bool{}
		for _, s := range days {
			want[day(t, mustDate(year, 1, 1).String()[:5]+s)] = true
		}
		for d := mustDate(year, 1, 1); d <= mustDate(year, 12, 31); d++ {
			if got := IsHoliday(d); got != want[d] {
				t.Errorf("IsHoliday(%s) = %v, want %v", d, got, want[d])
			}
		}
	}
	if Weekday(day(t, "2026-11-22")) != 0 || Weekday(day(t, "2026-11-24")) != 2 {
		t.Error("2026-11-22 is a Sunday, 2026-11-24 a Tuesday")
	}
}

func TestOpeningHours(t *testing.T) {
	set := &Set{hours: []openingHours{
		{office: "hall", days: []string{"mon", "tue", "wed", "thu", "fri"}, opens: "08:30", closes: "17:00", notOn: []string{"holiday", "year-end"}},
		{office: "hall", days: []string{"wed"}, opens: "17:00", closes: "19:30", notOn: []string{"holiday", "year-end"}},
		{office: "hall", days: []string{"sun"}, opens: "08:30", closes: "12:00", notOn: []string{"third-sunday", "holiday", "year-end"}},
		{office: "hall", days: []string{"sun"}, opens: "13:00", closes: "17:00", notOn: []string{"third-sunday", "holiday", "year-end"}},
	}}
	for i := range set.hours {
		set.hours[i].readDays()
	}
	cases := []struct {
		on, hour string
		want     bool
	}{
		{"2026-11-24", "08:30", true}, {"2026-11-24", "08:29", false}, {"2026-11-24", "17:00", false},
		{"2026-11-25", "19:29", true}, {"2026-11-25", "19:30", false},
		{"2026-11-22", "10:00", true}, {"2026-11-22", "12:30", false}, {"2026-11-15", "10:00", false}, // third Sunday
		{"2026-11-23", "10:00", false}, {"2026-12-29", "10:00", false}, {"2026-11-28", "", false}, {"2026-11-24", "", true},
	}
	for _, c := range cases {
		if got, known := set.open("hall", dayKindOf(day(t, c.on)), c.hour); got != c.want || !known {
			t.Errorf("open on %s at %q: %v, want %v", c.on, c.hour, got, c.want)
		}
	}
	if _, known := set.open("elsewhere", dayKindOf(day(t, "2026-11-24")), ""); known {
		t.Error("hours nobody stated are not known")
	}
}

func TestPlaceOfTheSituation(t *testing.T) {
	set := builtinByID(t)["kagoshima-center"]
	s := Situation{Municipality: set.ID, On: day(t, "2026-11-24"), Procedure: Procedures{CertificateRenewal}}
	for key, value := range map[string]string{"visitor.kind": "holder", "card.state": "valid", "card.kind": "standard", "pins": "known",
		"certificates.signature.state": "valid", "certificates.user-identification.expiresOn": "2027-01-15"} {
		if err := s.Set(key, value); err != nil {
			t.Fatal(err)
		}
	}
	for place, want := range map[string]Outcome{"": Proceed, "center": Proceed, "post-offices": Proceed, "city-hall": GoElsewhere, "nowhere": GoElsewhere} {
		s.Place = place
		if p := set.Decide(s); p.Outcome != want {
			t.Errorf("at %q: %s, want %s", place, p.Outcome, want)
		}
	}
}

// TestNotNowSaysWhen: a place that is closed says when it opens next.
func TestNotNowSaysWhen(t *testing.T) {
	set := builtinByID(t)["kasugai"]
	cases := []struct{ on, hour, place, outcome, opens string }{
		{"2026-11-24", "10:00", "sakashita", "proceed", ""},
		{"2026-11-24", "08:29", "sakashita", "visit-again", "2026-11-24 08:30"},
		{"2026-11-24", "17:00", "sakashita", "visit-again", "2026-11-25 08:30"},
		{"2026-11-25", "19:29", "city-hall", "proceed", ""},
		{"2026-11-25", "19:30", "city-hall", "visit-again", "2026-11-26 08:30"},
		{"2026-11-22", "12:30", "city-hall", "visit-again", "2026-11-22 13:00"}, // a Sunday
		{"2026-11-22", "10:00", "sakashita", "visit-again", "2026-11-24 08:30"}, // the 23rd is a holiday
		{"2026-11-21", "", "city-hall", "visit-again", "2026-11-22 08:30"},
		{"2026-12-28", "17:00", "kozoji", "visit-again", "2027-01-04 08:30"}, // the end of the year
	}
	for _, c := range cases {
		s := center(t, "pin-reset", "on", c.on, "pins.signature", "forgotten")
		s.Municipality, s.Time, s.Place = "kasugai", c.hour, c.place
		p := set.Decide(s)
		i := slices.IndexFunc(p.Places, func(l PlaceLine) bool { return l.ID == c.place })
		if string(p.Outcome) != c.outcome || p.Places[i].Opens != c.opens {
			t.Errorf("%s on %s at %q: %s, opens %q, want %s, %q", c.place, c.on, c.hour, p.Outcome, p.Places[i].Opens, c.outcome, c.opens)
		}
	}
}

func TestAdvisePIN(t *testing.T) {
	born := day(t, "1980-04-05")
	for pin, want := range map[string]int{"0405": 1, "1980": 1, "1111": 1, "1234": 1, "4321": 1, "4827": 0, "AAAAAA": 1, "K0405Z": 1, "": 0} {
		if got := AdvisePIN(pin, born); len(got) != want {
			t.Errorf("AdvisePIN(case %q) = %v, want %d pieces of advice", pin, got, want)
		}
	}
}
