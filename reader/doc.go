// Package reader says what a card on a PC/SC reader says.
//
// It reads an Individual Number Card without a PIN and makes a [Summary]: how
// many tries each of the four PINs has left, which certificates are there, and
// until when. Above one [Transport], which only moves one command and one
// answer, stands a [Session], and one file for each card application: jpki.go
// (signature and user identification), cardinfo.go (card-info input),
// residentregister.go, common.go. Below, [Reader] finds the reader that has a
// card, holds the card for one short shared transaction, and comes back by
// itself when the service or the reader went away.
//
// What it promises:
//
//   - Reading never spends a try. VERIFY without data is a question
//     ([Session.TriesLeft]); VERIFY with data is an attempt ([Attempt]). They
//     are different types, and an attempt goes out at most once.
//   - Tries left come from 63Cx alone. What is not understood is unknown, never 0.
//   - The files that hold the individual number are never selected.
//   - A PIN appears in no error, no trace and no result.
//   - Before the card is let go, another application is selected.
//
// What it leaves to others: what the answers mean for a procedure (package
// rules), and the sentence for the clerk (package app). Errors are of two
// sorts. The card answered no: [*Refused]. The card was not reached: a
// [Fault], such as [CardRemoved] or [NoService].
package reader
