package rules

// The calendar of the counter. Every rule here is tested with the sources' own
// worked examples.
//
//   - Months are counted by 民法143条: a month without the corresponding day ends
//     on its last day.
//   - An age is reached at the end of the day before the birthday
//     (年齢計算ニ関スル法律); for decisions at a counter, which closes before the
//     day ends, a person is n years old from the nth birthday on. Somebody born
//     on 29 February completes the year with 28 February, in every year.
//   - Adulthood is 18 from 2022-04-01, and was 20 before.

// The calendar ends with the year 9999, which people write for "no end": what lies
// beyond is its last day, what lies before the year 1 its first.
const (
	earliestDate Date = 1
	latestDate   Date = 3652059
)

// AddMonths moves a date by n months, to the last day of the month where the
// corresponding day does not exist.
func AddMonths(d Date, n int) Date {
	y, m, day := d.Split()
	total := y*12 + m - 1 + n
	switch {
	case total < 12:
		return earliestDate
	case total >= 10000*12:
		return latestDate
	}
	return dateClamped(total/12, total%12+1, day)
}

func dateClamped(y, m, day int) Date {
	for ; day > 28; day-- {
		if d, ok := NewDate(y, m, day); ok {
			return d
		}
	}
	d, _ := NewDate(y, m, day)
	return d
}

// RenewalOpens is the first day on which a certificate or card that expires on
// the given day may be renewed: the day after the same day three months before
// (Kasugai L61, L66: 1 May → 2 February; Kawasaki L32).
func RenewalOpens(expires Date) Date { return AddMonths(expires, -3) + 1 }

// RenewalOpensUnsafe reports whether counting 「3か月未満」 forward from the day
// gives another first day than [RenewalOpens]: such days are shown with 要確認.
func RenewalOpensUnsafe(expires Date) bool {
	opens := RenewalOpens(expires)
	return threeMonthsFrom(opens) <= expires || threeMonthsFrom(opens-1) > expires
}

// threeMonthsFrom is the last day of three months counted from a day that does
// not count itself (民法140条, 143条): the day before the corresponding day, or the
// end of the month where there is none.
func threeMonthsFrom(d Date) Date {
	_, _, day := (d + 1).Split()
	end := AddMonths(d+1, 3)
	if _, _, got := end.Split(); got != day {
		return end
	}
	return end - 1
}

// HealthInsuranceUntil is the last day the card works as a health-insurance card
// after its certificate expired: the end of the third month after the month of
// expiry (Kawasaki L140).
func HealthInsuranceUntil(expires Date) Date {
	y, m, _ := AddMonths(expires, 3).Split()
	return dateClamped(y, m, 31)
}

// AcceptedAsIDUntil is the last day an expired card of the holder's own still
// counts as an identity paper: within six months of expiry (Kawasaki L68).
func AcceptedAsIDUntil(expires Date) Date { return AddMonths(expires, 6) }

// FaceUpdateUntil is the last day the face of a card can be updated after moving
// in: the ninetieth day is too late (Kagoshima Center L125 「90日以上経過」).
func FaceUpdateUntil(movedIn Date) Date { return min(movedIn+89, latestDate) }

// Birthday is the day on which somebody becomes n years old for decisions at a
// counter. Born on 29 February: 1 March in common years.
func Birthday(born Date, n int) Date {
	y, m, day := born.Split()
	if y+n > 9999 {
		return latestDate
	}
	if d, ok := NewDate(y+n, m, day); ok {
		return d
	}
	d, _ := NewDate(y+n, m+1, 1)
	return d
}

// Age is how many years old somebody is on a day; -1 before birth.
func Age(born, on Date) int {
	if on < born {
		return -1
	}
	by, bm, bd := born.Split()
	oy, om, od := on.Split()
	if om < bm || om == bm && od < bd {
		return oy - by - 1
	}
	return oy - by
}

// IsEve reports whether the day is the eve of the nth birthday: by law the age is
// reached when this day ends, and the official terminal decides.
func IsEve(born Date, n int, on Date) bool { return on+1 == Birthday(born, n) }

var (
	adultAt18From, _ = NewDate(2022, 4, 1)
)

// adulthood is the age at which somebody is of age on a day.
func adulthood(on Date) int {
	if on >= adultAt18From {
		return 18
	}
	return 20
}

// IsMinor reports whether somebody is under age on a day.
func IsMinor(born, on Date) bool { return Age(born, on) < adulthood(on) }

// CertificateExpires is the last day of a certificate issued on a day to somebody
// born on a day: the fifth birthday after issue, or the card's expiry where that
// is earlier (Kagoshima Center L24, Tagajo L29). A zero card expiry does not bound it.
func CertificateExpires(born, issued, cardExpires Date) Date {
	d := nthBirthdayAfter(born, issued, 5)
	if !cardExpires.IsZero() && cardExpires < d {
		return cardExpires
	}
	return d
}

// CardExpires is the last day of a card issued on a day: the tenth birthday after
// issue for adults, the fifth for minors (Kasugai L15). A stay limited in time
// ends it earlier; a zero stay does not bound it.
func CardExpires(born, issued, stayUntil Date) Date {
	n := 10
	if IsMinor(born, issued) {
		n = 5
	}
	d := nthBirthdayAfter(born, issued, n)
	if !stayUntil.IsZero() && stayUntil < d {
		return stayUntil
	}
	return d
}

func nthBirthdayAfter(born, day Date, n int) Date {
	return Birthday(born, Age(born, day)+n)
}
