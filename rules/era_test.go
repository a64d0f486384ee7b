package rules

import "testing"

func TestInEra(t *testing.T) {
	for s, want := range map[string]string{
		"2026-11-24": "令和8年11月24日", "2019-05-01": "令和元年5月1日", "2019-04-30": "平成31年4月30日",
		"1989-01-08": "平成元年1月8日", "1989-01-07": "昭和64年1月7日", "1926-12-25": "昭和元年12月25日",
		"1926-12-24": "大正15年12月24日", "1912-07-30": "大正元年7月30日", "1912-07-29": "明治45年7月29日",
		"1873-01-01": "明治6年1月1日", "1872-12-31": "1872年12月31日",
	} {
		if got := InEra(day(t, s)); got != want {
			t.Errorf("InEra(%s) = %s, want %s", s, got, want)
		}
	}
}

func TestInWords(t *testing.T) {
	for text, want := range map[string]string{"2026-11-24": "2026年11月24日", "1940-不詳": "1940-不詳", "": ""} {
		if got := TextInWords(text); got != want {
			t.Errorf("TextInWords(%q) = %q, want %q", text, got, want)
		}
	}
	if got := InWords(Date(0)); got != "" {
		t.Errorf("no date is %q", got)
	}
}

func TestParseJapaneseDate(t *testing.T) {
	for text, want := range map[string]string{
		"1980-04-05": "1980-04-05", "1980/4/5": "1980-04-05", "19800405": "1980-04-05", "S55.4.5": "1980-04-05", "s55.4.5": "1980-04-05",
		"昭和55年4月5日": "1980-04-05", "昭和５５年４月５日": "1980-04-05", "令和元年5月1日": "2019-05-01", "H31.4.30": "2019-04-30",
		"昭和15年不詳": "1940-不詳-不詳", "1940-不詳-不詳": "1940-不詳-不詳", "1940-03-00": "1940-03-不詳", "昭和64年1月7日": "1989-01-07",
	} {
		got, err := ParseJapaneseDate(text)
		if err != nil || got.String() != want {
			t.Errorf("ParseJapaneseDate(%s) = %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "あした", "1980-02-30", "1980-13-01", "令和元年4月30日", "昭和64年1月8日", "平成32年1月1日", "H1.1.7", "1872-12-31", "明治5年12月2日", "1940-不詳-05", "1980-4-5-6", "S0.1.1"} {
		if got, err := ParseJapaneseDate(text); err == nil {
			t.Errorf("ParseJapaneseDate(%s) = %s, want an error", text, got)
		}
	}
}

// TestEraRoundTrip: every day from 1873 reads back from its era form.
func TestEraRoundTrip(t *testing.T) {
	for d := mustDate(1873, 1, 1); d <= mustDate(2045, 12, 31); d++ {
		p, err := ParseJapaneseDate(InEra(d))
		if err != nil {
			t.Fatalf("%s: %v", d, err)
		}
		if back, ok := p.Exact(); !ok || back != d {
			t.Fatalf("%s → %s → %s", d, InEra(d), back)
		}
	}
}

func TestAgeOfPartialDate(t *testing.T) {
	on := day(t, "2026-11-24")
	if age, ok := AgeOf(PartialDate{1940, 3, 0}, on); !ok || age != 86 {
		t.Errorf("born in March 1940: %d, %v", age, ok)
	}
	if _, ok := AgeOf(PartialDate{1940, 0, 0}, on); ok {
		t.Error("born some day in 1940: the age on 2026-11-24 is not known")
	}
	if age, ok := AgeOf(PartialDate{1940, 0, 0}, day(t, "2026-12-31")); !ok || age != 86 {
		t.Errorf("on the last day of the year: %d, %v", age, ok)
	}
}
