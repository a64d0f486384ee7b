package forms

import (
	"fmt"
	"time"

	"madoguchi/rules"
)

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
	return rules.InEra(d) + "(" + name + ")"
}
