package app

import (
	"errors"

	"madoguchi/app/counter"
)

var (
	errStarting  = errors.New("the program is still starting")
	errBadAnswer = errors.New("an answer the window may not give")
	errNoPlan    = errors.New("there is no plan to print or keep yet")
	// errIndividualNumber keeps the individual number out of every field.
	errIndividualNumber = errors.New("an individual number was typed")
	// errNoOperator keeps a signature without a name out of the records.
	errNoOperator  = errors.New("nobody is named as operator")
	errUnknownFile = errors.New("the file is not one of this window")
)

// problemOf says an error in the clerk's words: first what only the window can
// meet, then the counter's table.
func problemOf(err error) counter.Problem {
	if p, known := drillProblem(err); known {
		return p
	}
	switch {
	case errors.Is(err, errStarting):
		return counter.Problem{Code: "starting", Title: "準備をしています", Action: "数秒待ってから、もう一度行ってください", Ref: "W-001"}
	case errors.Is(err, errBadAnswer):
		return counter.Problem{Code: "bad-answer", Title: "この回答は使えません", Action: "表示されている選択肢から選び直してください", Ref: "W-002", Class: counter.ClassInput}
	case errors.Is(err, errIndividualNumber):
		return counter.Problem{Code: "individual-number", Title: "個人番号(12桁)は入力できません", Action: "個人番号を消して、受付番号やお名前を入力してください", Ref: "W-005", Class: counter.ClassInput}
	case errors.Is(err, errNoOperator):
		return counter.Problem{Code: "no-operator", Title: "担当者の名前がありません", Action: "設定の「担当者」に名前を入れてから承認してください", Ref: "W-020", Class: counter.ClassInput}
	case errors.Is(err, errNoPlan):
		return counter.Problem{Code: "no-plan", Title: "まだご案内がありません", Action: "手続と来庁者を選んでから行ってください", Ref: "W-003", Class: counter.ClassInput}
	case errors.Is(err, errUnknownFile):
		return counter.Problem{Code: "unknown-file", Title: "このファイルはもう開けません", Action: "もう一度印刷してください", Ref: "W-004"}
	}
	return counter.ProblemOf(err)
}
