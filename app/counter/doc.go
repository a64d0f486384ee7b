// Package counter is what can be done at the counter, without a window: decide,
// read a card, print, keep a case. The desktop program binds it and the console
// program calls it, so that both do the same thing and say the same sentence
// when it cannot be done ([ProblemOf]).
//
// # The data folder
//
// Everything the program keeps stands in one folder ([Folder]):
//
//	settings.json      what the office chose; defaults while it is absent
//	policy.json        settings fixed by an administrator; they win over settings.json
//	rules/<id>/        rule sets a municipality added; a set named like a built-in one replaces it
//	rules/approved.json  fingerprints of the rule sets a supervisor approved
//	history.db         the cases (with history.db-wal and -shm beside it while open)
//	history.key        the key that seals them, only where the system has no key store
//	fonts/             IPAmj Mincho, and under own/ the municipality's extra characters
//	backup/            verified copies of the history
//	logs/              the program's log: codes and numbers, nothing of a person
//	prints/            PDF files made from the window
//	simulation/        the same again for training: nothing a drill writes is outside it
//
// Real and simulated work never mix: [Open] with Options.Simulation uses the
// folder simulation/ for everything it writes and never the real reader.
//
// # What it leaves to others
//
// It decides nothing itself: rules decides, reader reads, forms draws, history
// keeps. It takes the clock, the operator and the passphrase from its caller and
// never asks a person anything.
package counter
