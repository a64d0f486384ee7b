// Package simulation is the training: fictional visitors with simulated cards,
// and the judgement of what a trainee told them.
//
// A [Scenario] is data: a made-up family, a card, what the visitor says first,
// facts that come out only when they are asked for, the papers in the bag, and
// events that turn the visit. It holds no expected answer. What is right is what
// rules.Decide says of the scenario's facts, so a change of a rule set changes
// the answer without an edit of any scenario, and a scenario that such a change
// broke is named by [Check].
//
// A [Run] is one visit played by a trainee: asking reveals, a statement commits,
// finishing scores. [Score] judges the [Answers] of a run line by line: papers,
// PINs, visits, letter, day, what was asked, what was printed, tries spent on
// the card. Asking a visitor for too much costs points as asking for too little
// does.
//
// [Results] keeps what trainees did, apart from every real case, in a folder of
// its own.
//
// Nobody in it is real, and nothing in it looks real: every name begins with one
// of the surnames in fictionalSurnames, and every case number is one no real
// case can have. The package knows no window, no PDF, no reader and no clock.
package simulation
