// Package history keeps the cases of a counter: what was asked, what was told,
// by whom, and where each matter stands, so that the second visit starts where
// the first one ended, and so that nothing is left of a person when it is time.
//
// # Words
//
// A case is one resident's matter over one or two visits; it has a [Number], a
// [State] and a life that is a fixed list of moves. Everything that happens is
// an [Event], which is appended and never changed; a correction is an event. A
// [Person] is the holder of the card or the agent.
//
// # What is promised
//
// What an action acknowledges is on the disk: one SQLite file in WAL mode with
// full sync, one transaction an action. A program that is killed at any moment
// leaves a history that opens.
//
// No person can be read from the file, its WAL or a backup. Situations, plans,
// persons and memos are sealed with AES-256-GCM, each bound to its history,
// table, column and row. Fragments of names and dates of birth are looked up
// through keyed tokens. What the tokens do show to someone who has the file but
// not the key: which cases share a fragment, and how often it occurs. Somebody
// who knows how common family names are could guess at the commonest; the
// folder stays readable for the office's accounts alone, and the disk encrypted.
//
// Events are chained with a key, and so is every row of a case; the end of the
// chain is also kept beside the database, so that an edit, a deletion (of the
// last events too), an insertion or another order is found and located by
// [Store.Verify]. An older copy of the whole folder, put in the place of the
// new one, is not found.
//
// A PIN has no column. An individual number (個人番号) is refused in every field.
//
// # What is left to others
//
// The rules, the texts of the letters, the screen. The clock, the operator, the
// key and the path are handed in ([Options]). Errors are a [*Fault] (the file, its
// place, its key) or a [*Refusal] (the action), each with what is wrong and what to
// do in Japanese, and without personal data.
package history
