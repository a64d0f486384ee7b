package rules

import "slices"

// Holidays by 国民の祝日に関する法律 as in force since 2022. The equinoxes follow the
// usual approximation for 1980–2099; the calendar office fixes them a year ahead,
// so a day far in the future may still move. Years before 2022 had days of their
// own and are not asked about here.

// Weekday counts from Sunday, 0, to Saturday, 6.
func Weekday(d Date) int { return (int(d)%7 + 7) % 7 }

// IsHoliday reports whether a day is a national holiday, substitute days included.
func IsHoliday(d Date) bool {
	if namedHoliday(d) {
		return true
	}
	if !namedHoliday(d - 1) {
		return false
	}
	// A holiday on a Sunday moves to the next day that is no holiday.
	for back := d - 1; namedHoliday(back); back-- {
		if Weekday(back) == 0 {
			return true
		}
	}
	// A day between two holidays is one.
	return namedHoliday(d + 1)
}

// fixedHolidays are the days of each month that are holidays every year, and
// mondayHolidays which Monday of a month is one.
var (
	fixedHolidays  = [13][]int{1: {1}, 2: {11, 23}, 4: {29}, 5: {3, 4, 5}, 8: {11}, 11: {3, 23}}
	mondayHolidays = [13]int{1: 2, 7: 3, 9: 3, 10: 2}
)

func namedHoliday(d Date) bool {
	y, m, day := d.Split()
	if slices.Contains(fixedHolidays[m], day) || Weekday(d) == 1 && (day+6)/7 == mondayHolidays[m] {
		return true
	}
	return m == 3 && day == equinox(y, 20.8431) || m == 9 && day == equinox(y, 23.2488)
}

// equinox is the day of the month of an equinox from its day in 1980.
func equinox(year int, in1980 float64) int {
	n := year - 1980
	return int(in1980+0.242194*float64(n)) - n/4
}

// IsYearEnd reports whether a day lies from 29 December to 3 January, when
// offices are closed (行政機関の休日に関する法律 and the like for municipalities).
func IsYearEnd(d Date) bool {
	_, m, day := d.Split()
	return m == 12 && day >= 29 || m == 1 && day <= 3
}
