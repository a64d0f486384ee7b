// Package rules decides what a visitor must be told: it turns a [Situation]
// (who stands at the counter, whose card, which procedure, which day) into a
// [Plan] (papers, PINs, visits, letters, and why).
//
// The decisions are not in this code. They are tables, one folder a
// municipality under municipality/, owned and read by the supervisor who
// answers for them. A table's rows have no order, no "otherwise" and no
// expressions: exactly one row matches any situation, and the loader proves it.
// A source that is silent has a row that says not-stated; nothing is ever
// filled in from another municipality.
//
// [Decide] is a function of its arguments. The day is part of the situation;
// the package knows no clock, no card, no screen and no database.
package rules
