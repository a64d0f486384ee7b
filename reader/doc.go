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
//
// # What reading costs
//
// On the same simulated card (go test -run '^$' -bench Read ./reader):
//
//	                                     commands   bytes sent   bytes received
//	summary, short file identifiers            14          112              349
//	summary, each file selected                23          175              367
//	summary, short identifiers refused         24          180              369
//	OpenSC 0.23, --list-pins                   34          419               68
//	OpenSC 0.23, --read-certificate 01         40          451             1011
//
// The summary has all four PINs with both halves, the certificates and the card's
// expiry; OpenSC's list has two PINs. The one command more where short
// identifiers are refused is the one that finds out.
//
// # Against a real PC/SC daemon
//
// As root (or with user namespaces), with Debian's pcscd, vsmartcard-vpcd,
// opensc and libpcsclite-dev; the daemon of the machine is not touched:
//
//	MADOGUCHI_PCSCD=1 go test -count=1 -run '^TestPCSCD$' ./reader
//
// With a real card on a reader, reading only:
//
//	go test -count=1 -v -run '^TestRealCard$' ./reader -card any
//
// # Hazards of the binding, and what is done here
//
//   - On Windows its status call leaves the names of the readers to the collector
//     while the service reads them: status_windows.go makes the call with the
//     names pinned.
//   - It panics on an empty list of readers (the pseudo reader is added), on an
//     empty command, and on a card without T=0 or T=1 (both refused before).
//   - It panics at start where winscard.dll lacks its symbols. Nothing can be
//     done about that but a Windows that has them: every desktop edition does.
//   - Its error texts are in the system's language: only the code is kept.
//
// # First day on a real Windows PC
//
// Nothing here was run on Windows or on a real card. To be looked at, in order:
//
//  1. madoctl card status with the reader unplugged (the service is stopped:
//     no-service), plugged (no-card), and with a card.
//  2. madoctl card watch: unplug the last reader, wait a minute, plug it again.
//     It must come back by itself within two seconds.
//  3. TestRealCard: the same lines with and without short identifiers; 14 commands.
//  4. A card with a locked PIN: which word answers the question (63C0 or 6984).
//  5. A card of a child, and a face-verification card: the presence file, and the
//     answer of the signature PIN. The assumptions are listed in assumed_test.go.
//  6. Pull the card ten times while it is read; then lay it slightly off.
//  7. Read while the official terminal's software has the same reader.
//  8. A driver licence, a residence card, a passport, a transit card, two cards at
//     once in a wallet.
//  9. Watch for an hour in the task manager: no growing memory, no busy core.
//  10. Only with a card of one's own and a PIN that is known: card verify, right.
package reader
