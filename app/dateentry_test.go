package app

import "testing"

func TestReadDate(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"20150310", "2015-03-10"},
		{"2015/3/10", "2015-03-10"},
		{"2015-03-10", "2015-03-10"},
		{"２０１５年３月１０日", "2015-03-10"},
		{"H27.3.10", "2015-03-10"},
		{"h270310", "2015-03-10"},
		{"平成27年3月10日", "2015-03-10"},
		{"令和元年5月1日", "2019-05-01"},
		{"S64.1.7", "1989-01-07"},
		{"H1.1.8", "1989-01-08"},
		{"昭和64年1月8日", ""}, // 平成 began that day
		{"平成元年1月7日", ""},
		{"R8.11.22", "2026-11-22"},
		{"2026-02-29", ""},
		{"150310", ""},       // which century?
		{"123456789012", ""}, // never twelve digits
		{"", ""},
		{"きのう", ""},
	} {
		day, ok := readDate(c.text)
		if day.String() != c.want || ok != (c.want != "") {
			t.Errorf("readDate(%q) = %q, %v, want %q", c.text, day, ok, c.want)
		}
	}
}

func TestDayAndEra(t *testing.T) {
	day, _ := readDate("2019-04-30")
	if got, want := dayAndEra(day), "2019年4月30日(平成31年4月30日)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
