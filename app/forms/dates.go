package forms

import (
	"fmt"
	"time"

	"madoguchi/rules"
)

// era is one era of the calendar with its first day.
type era struct {
	name  string
	first string
}

// eras, newest first. A day on which an era begins belongs to it.
var eras = []era{
	{"令和", "2019-05-01"},
	{"平成", "1989-01-08"},
	{"昭和", "1926-12-25"},
	{"大正", "1912-07-30"},
	{"明治", "1868-10-23"},
}

// eraDate writes a day as 令和8年11月24日; days before 明治 in the Western calendar.
func eraDate(d rules.Date) string {
	year, month, day := d.Split()
	for _, e := range eras {
		first, err := rules.ParseDate(e.first)
		if err != nil || d < first {
			continue
		}
		began, _, _ := first.Split()
		count := fmt.Sprint(year - began + 1)
		if year == began {
			count = "元"
		}
		return fmt.Sprintf("%s%s年%d月%d日", e.name, count, month, day)
	}
	return fmt.Sprintf("%d年%d月%d日", year, month, day)
}

// weekday is the day of the week, 0 for Sunday.
func weekday(d rules.Date) int {
	year, month, day := d.Split()
	return int(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday())
}

// dateIn writes a day in a register: 令和8年11月24日(火), 24 November 2026 (Tue).
func dateIn(d rules.Date, l Language) string {
	if d.IsZero() {
		return ""
	}
	n := weekday(d)
	year, month, day := d.Split()
	if l == English {
		return fmt.Sprintf("%d %s %d (%s)", day, time.Month(month), year, time.Weekday(n).String()[:3])
	}
	name := string([]rune("日月火水木金土")[n])
	if l == EasyJapanese {
		return fmt.Sprintf("%d年《ねん》%d月《がつ》%d日《にち》(%s)", year, month, day, name)
	}
	return eraDate(d) + "(" + name + ")"
}
