package counter

import (
	"encoding/json"
	"errors"
)

// Problem is a failure as a clerk reads it: what happened, what to do now, and
// a reference for the telephone. The words are Japanese and never hold a name,
// an address or a PIN.
type Problem struct {
	Code   string `json:"code"`   // word for code: no-reader
	Title  string `json:"title"`  // what happened, and where
	Action string `json:"action"` // what to do next
	Ref    string `json:"ref"`    // short reference, as on the help sheet
	Class  Class  `json:"-"`
}

// Sentence is the problem in one line, as the console program says it.
func (p Problem) Sentence() string { return p.Title + "。" + p.Action + "。(" + p.Ref + ")" }

// Text is the problem as JSON. The window's toolkit makes an error of whatever a
// call was refused with, and keeps only text.
func (p Problem) Text() string {
	text, _ := json.Marshal(p) // words and a number: nothing that could fail
	return string(text)
}

// Class groups problems by whose turn it is; the console program's exit status
// follows it (contracts §5).
type Class int

// The classes.
const (
	ClassFault Class = iota // the program or the machine failed
	ClassInput              // what was typed cannot be used
	ClassCard               // the reader or the card failed
	ClassData               // data failed a check
	ClassNo                 // a negative answer
)

// problems is the one ordered table from error to problem: the first line that
// knows the error answers.
func problems() []func(error) (Problem, bool) {
	return []func(error) (Problem, bool){
		unsaidProblem,
		interruptedProblem,
		attemptProblem,
		cardProblem,
		settingsProblem,
		roleProblem,
		folderProblem,
		rulesProblem,
		inputProblem,
		formsProblem,
		letterProblem,
		printingProblem,
		outputProblem,
		scenarioProblem,
		historyProblem,
		exportProblem,
		refusalProblem,
		systemProblem,
	}
}

// ProblemOf says an error in the clerk's words. An error nobody foresaw becomes
// the last line of the help sheet; nil is no problem.
func ProblemOf(err error) Problem {
	if err == nil {
		return Problem{}
	}
	for _, line := range problems() {
		if p, ok := line(err); ok {
			return p
		}
	}
	return Problem{"unforeseen", "処理を完了できませんでした", "もう一度行い、同じ表示が出るときは管理者に連絡してください", "M-999", ClassFault}
}

// no is the answer of a line that does not know the error.
func no() (Problem, bool) { return Problem{}, false }

// as finds an error of a type in a chain.
func as[E error](err error) (E, bool) {
	var e E
	ok := errors.As(err, &e)
	return e, ok
}
