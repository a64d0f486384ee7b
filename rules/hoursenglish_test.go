package rules

import "testing"

func TestHoursInEnglish(t *testing.T) {
	week, usual := []string{"mon", "tue", "wed", "thu", "fri"}, []string{"holiday", "year-end"}
	cases := map[string]struct {
		hours []openingHours
		want  string
	}{
		"one line": {[]openingHours{{days: week, opens: "08:30", closes: "17:15", notOn: usual}},
			"Mon-Fri 8:30-17:15; closed on national holidays and 29 Dec to 3 Jan"},
		"evening and Sunday": {[]openingHours{{days: week, opens: "08:30", closes: "17:00", notOn: usual}, {days: []string{"wed"}, opens: "17:00", closes: "19:30", notOn: usual},
			{days: []string{"sun"}, opens: "08:30", closes: "12:00", notOn: append([]string{"third-sunday"}, usual...)},
			{days: []string{"sun"}, opens: "13:00", closes: "17:00", notOn: append([]string{"third-sunday"}, usual...)}},
			"Mon-Fri 8:30-17:00; Wed 17:00-19:30; Sun 8:30-12:00, 13:00-17:00; closed on national holidays, 29 Dec to 3 Jan and the third Sunday of the month"},
		"a closing of some days": {[]openingHours{{days: week, opens: "10:00", closes: "19:00", notOn: []string{"holiday"}}, {days: []string{"sat", "sun"}, opens: "10:00", closes: "17:00"}},
			"Mon-Fri 10:00-19:00; Sat, Sun 10:00-17:00; closed on national holidays (Mon-Fri)"},
		"never closed": {[]openingHours{{days: []string{"sun", "tue"}, opens: "09:00", closes: "12:00"}}, "Tue, Sun 9:00-12:00"},
		"no line":      {nil, ""},
	}
	for name, c := range cases {
		set := &Set{hours: append([]openingHours{{office: "elsewhere", days: []string{"sat"}, opens: "01:00", closes: "02:00"}}, c.hours...)}
		for i := range c.hours {
			set.hours[i+1].office = "hall"
		}
		if got := set.hoursInEnglish("hall"); got != c.want {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

// Every word that hours.csv may hold has its English.
func TestEveryWordOfHoursHasItsEnglish(t *testing.T) {
	for _, word := range weekdayWords {
		if englishDays[word] == "" {
			t.Errorf("no English for %q", word)
		}
	}
	for _, word := range closedWords {
		if englishClosed[word] == "" {
			t.Errorf("no English for %q", word)
		}
	}
}
