package rules

import (
	"slices"
	"strings"
)

// The words of hours.csv in English, for the checklist of a visitor who reads no
// Japanese. They say what the lines of the table say, and nothing more.
var (
	englishDays   = map[string]string{"sun": "Sun", "mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat"}
	englishClosed = map[string]string{"holiday": "national holidays", "year-end": "29 Dec to 3 Jan", "third-sunday": "the third Sunday of the month"}
)

// hoursInEnglish are the lines of hours.csv for an office as one English
// sentence; empty where there is no line. "Mon-Fri 8:30-17:00; closed on
// national holidays and 29 Dec to 3 Jan".
func (s *Set) hoursInEnglish(office string) string {
	var open, closed []string
	for _, h := range s.hours {
		if h.office != office {
			continue
		}
		span := englishTime(h.opens) + "-" + englishTime(h.closes)
		days := daysInEnglish(h.days) + " "
		if last := len(open) - 1; last >= 0 && strings.HasPrefix(open[last], days) {
			open[last] += ", " + span
		} else {
			open = append(open, days+span)
		}
		for _, word := range h.notOn {
			if !slices.Contains(closed, word) {
				closed = append(closed, word)
			}
		}
	}
	if len(open) == 0 {
		return ""
	}
	text := strings.Join(open, "; ")
	if len(closed) > 0 {
		text += "; closed on " + s.closingsInEnglish(office, closed)
	}
	return text
}

// closingsInEnglish names the days an office is closed; one that does not hold
// for all of its lines says for which days of the week it does.
func (s *Set) closingsInEnglish(office string, closed []string) string {
	var names []string
	for _, word := range closed {
		name, always := englishClosed[word], word == "third-sunday" // it says its day itself
		var days []string
		for _, h := range s.hours {
			if h.office == office && slices.Contains(h.notOn, word) {
				days = append(days, h.days...)
			}
		}
		if !always && slices.ContainsFunc(s.hours, func(h openingHours) bool { return h.office == office && !slices.Contains(h.notOn, word) }) {
			name += " (" + daysInEnglish(days) + ")"
		}
		names = append(names, name)
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// daysInEnglish writes days of the week in their order from Monday, three and more
// in a row as a span.
func daysInEnglish(days []string) string {
	week := append(slices.Clone(weekdayWords[1:]), weekdayWords[0])
	var parts []string
	for from := 0; from < len(week); from++ {
		if !slices.Contains(days, week[from]) {
			continue
		}
		to := from
		for to+1 < len(week) && slices.Contains(days, week[to+1]) {
			to++
		}
		if to-from < 2 {
			parts = append(parts, englishDays[week[from]])
			continue
		}
		parts = append(parts, englishDays[week[from]]+"-"+englishDays[week[to]])
		from = to
	}
	return strings.Join(parts, ", ")
}

func englishTime(clock string) string { return strings.TrimPrefix(clock, "0") }
