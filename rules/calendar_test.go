package rules

import "testing"

func day(t testing.TB, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The sources' and other municipalities' own worked examples.
func TestRenewalOpens(t *testing.T) {
	for expires, opens := range map[string]string{
		"2026-05-01": "2026-02-02", // Kasugai L61, L66
		"2025-07-17": "2025-04-18",
		"2023-11-20": "2023-08-21",
		"2026-05-31": "2026-03-01",
		"2024-05-31": "2024-03-01",
		"2026-12-31": "2026-10-01",
		"2026-08-31": "2026-06-01",
		"2027-01-31": "2026-11-01",
		"2027-03-31": "2027-01-01",
		"2026-05-28": "2026-03-01",
		"2026-11-30": "2026-08-31",
	} {
		if got := RenewalOpens(day(t, expires)); got != day(t, opens) {
			t.Errorf("RenewalOpens(%s) = %s, want %s", expires, got, opens)
		}
	}
}

// Counting forward gives another day only where the month it starts or ends in
// is short; the facts count 105 such days from 2024 to 2035.
func TestRenewalOpensUnsafeDays(t *testing.T) {
	unsafe := 0
	for d := day(t, "2024-01-01"); d <= day(t, "2035-12-31"); d++ {
		if RenewalOpensUnsafe(d) {
			unsafe++
		}
	}
	if unsafe != 105 {
		t.Errorf("%d unsafe days from 2024 to 2035, want 105", unsafe)
	}
	for s, want := range map[string]bool{"2026-05-28": true, "2026-11-30": true, "2026-05-01": false, "2027-01-15": false} {
		if got := RenewalOpensUnsafe(day(t, s)); got != want {
			t.Errorf("RenewalOpensUnsafe(%s) = %v, want %v", s, got, want)
		}
	}
}

func TestEndOfThirdMonth(t *testing.T) {
	for expires, until := range map[string]string{"2026-01-15": "2026-04-30", "2025-11-30": "2026-02-28", "2026-12-01": "2027-03-31", "2027-11-30": "2028-02-29"} {
		if got := HealthInsuranceUntil(day(t, expires)); got != day(t, until) {
			t.Errorf("HealthInsuranceUntil(%s) = %s, want %s", expires, got, until)
		}
	}
}

func TestSixMonthsAndNinetyDays(t *testing.T) {
	for expires, until := range map[string]string{"2026-05-01": "2026-11-01", "2026-08-31": "2027-02-28", "2026-02-28": "2026-08-28"} {
		if got := AcceptedAsIDUntil(day(t, expires)); got != day(t, until) {
			t.Errorf("AcceptedAsIDUntil(%s) = %s, want %s", expires, got, until)
		}
	}
	if got := FaceUpdateUntil(day(t, "2026-03-01")); got != day(t, "2026-05-29") {
		t.Errorf("FaceUpdateUntil(2026-03-01) = %s: the ninetieth day, 2026-05-30, is too late", got)
	}
}

func TestAge(t *testing.T) {
	cases := []struct {
		born, on string
		age      int
		minor    bool
	}{
		{"2011-11-25", "2026-11-24", 14, true}, // the eve of the fifteenth birthday
		{"2011-11-25", "2026-11-25", 15, true},
		{"2008-11-25", "2026-11-24", 17, true},
		{"2008-11-25", "2026-11-25", 18, false},
		{"2003-06-01", "2022-03-31", 18, true}, // 20 until 2022-03-31
		{"2003-06-01", "2022-04-01", 18, false},
		{"2012-02-29", "2027-02-28", 14, true}, // completes with the end of 28 February
		{"2012-02-29", "2027-03-01", 15, true},
		{"2012-02-29", "2028-02-28", 15, true},
		{"2012-02-29", "2028-02-29", 16, true},
		{"2026-11-24", "2026-11-24", 0, true},
		{"2026-11-25", "2026-11-24", -1, true},
	}
	for _, c := range cases {
		if got := Age(day(t, c.born), day(t, c.on)); got != c.age {
			t.Errorf("Age(%s, %s) = %d, want %d", c.born, c.on, got, c.age)
		}
		if got := IsMinor(day(t, c.born), day(t, c.on)); got != c.minor {
			t.Errorf("IsMinor(%s, %s) = %v, want %v", c.born, c.on, got, c.minor)
		}
	}
	if !IsEve(day(t, "2011-11-25"), 15, day(t, "2026-11-24")) || IsEve(day(t, "2011-11-25"), 15, day(t, "2026-11-25")) {
		t.Error("the eve of a birthday is the day before it")
	}
}

func TestExpiryDays(t *testing.T) {
	born := day(t, "1980-04-05")
	if got := CertificateExpires(born, day(t, "2021-04-05"), 0); got != day(t, "2026-04-05") {
		t.Errorf("issued on a birthday: %s, want the fifth birthday after it", got)
	}
	if got := CertificateExpires(born, day(t, "2021-04-04"), 0); got != day(t, "2025-04-05") {
		t.Errorf("issued on the eve of a birthday: %s", got)
	}
	if got := CertificateExpires(born, day(t, "2021-06-01"), day(t, "2025-01-31")); got != day(t, "2025-01-31") {
		t.Errorf("a card that expires earlier ends the certificate: %s", got)
	}
	if got := CardExpires(born, day(t, "2021-06-01"), 0); got != day(t, "2031-04-05") {
		t.Errorf("adult's card: %s, want the tenth birthday", got)
	}
	if got := CardExpires(day(t, "2015-03-10"), day(t, "2021-06-01"), 0); got != day(t, "2026-03-10") {
		t.Errorf("child's card: %s, want the fifth birthday", got)
	}
	if got := CardExpires(born, day(t, "2021-06-01"), day(t, "2024-10-01")); got != day(t, "2024-10-01") {
		t.Errorf("a limited stay ends the card: %s", got)
	}
}

var (
	firstDay, _ = NewDate(2015, 1, 1)
	lastDay, _  = NewDate(2045, 12, 31)
)

// TestEveryDay holds the laws of the calendar on every day from 2015 to 2045.
func TestEveryDay(t *testing.T) {
	for d := firstDay; d <= lastDay; d++ {
		y, m, dd := d.Split()
		if back, ok := NewDate(y, m, dd); !ok || back != d {
			t.Fatalf("%s does not survive Split and NewDate", d)
		}
		for n := -12; n <= 12; n++ {
			moved := AddMonths(d, n)
			ym, mm, dm := moved.Split()
			if (ym*12+mm)-(y*12+m) != n || dm > dd || dm < dd && dm < 28 {
				t.Fatalf("AddMonths(%s, %d) = %s", d, n, moved)
			}
		}
		opens := RenewalOpens(d)
		if opens <= AddMonths(d, -3) || d-opens < 88 || d-opens > 92 {
			t.Fatalf("RenewalOpens(%s) = %s", d, opens)
		}
		until := HealthInsuranceUntil(d)
		if _, _, next := (until + 1).Split(); next != 1 || until-d < 89 || until-d > 122 {
			t.Fatalf("HealthInsuranceUntil(%s) = %s", d, until)
		}
		if Age(d, Birthday(d, 15)) != 15 || Age(d, Birthday(d, 15)-1) != 14 {
			t.Fatalf("born %s: not 15 on %s", d, Birthday(d, 15))
		}
	}
}
