package counter

import (
	"context"
	"errors"
)

// Problem is a failure as a clerk reads it: what happened, what to do now, and
// a reference for the telephone. The words are Japanese and never hold a name,
// an address or a PIN.
type Problem struct {
	Code   string `json:"code"`   // word for code: reader-missing
	Title  string `json:"title"`  // what happened, and where
	Action string `json:"action"` // what to do next
	Ref    string `json:"ref"`    // short reference, as on the help sheet
	Class  Class  `json:"-"`
}

// Sentence is the problem in one line, as the console program says it.
func (p Problem) Sentence() string { return p.Title + "。" + p.Action + "(" + p.Ref + ")" }

// Class groups problems by whose turn it is; the console program's exit status
// follows it (contracts §5).
type Class int

// The classes.
const (
	ClassFault Class = iota // the program or the machine failed
	ClassInput              // what was typed or handed in cannot be used
	ClassCard               // the reader or the card failed
	ClassData               // data failed a check
	ClassNo                 // a negative answer
)

// problems is the one ordered table from error to problem: the first line that
// knows the error answers.
func problems() []func(error) (Problem, bool) {
	return []func(error) (Problem, bool){
		when(context.Canceled, Problem{"canceled", "操作が中止されました", "必要であれば、もう一度行ってください", "M-001", ClassFault}),
		settingsProblem,
		folderProblem,
		when(ErrSettingFixed, Problem{"setting-fixed", "この設定は管理者が固定しています", "変更が必要なときは管理者に依頼してください", "M-012", ClassInput}),
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

// when answers with p for any error that is target.
func when(target error, p Problem) func(error) (Problem, bool) {
	return func(err error) (Problem, bool) { return p, errors.Is(err, target) }
}

func settingsProblem(err error) (Problem, bool) {
	var e *SettingsError
	if !errors.As(err, &e) {
		return Problem{}, false
	}
	return Problem{"settings-damaged", "設定ファイルを読めません: " + e.Path,
		"ファイルを直すか、別の名前に変えて既定の設定で始めてください", "M-011", ClassData}, true
}

func folderProblem(err error) (Problem, bool) {
	var e *FolderError
	if !errors.As(err, &e) {
		return Problem{}, false
	}
	switch {
	case isDiskFull(err):
		return Problem{"disk-full", "ディスクの空きがありません: " + e.Path, "不要なファイルを消してから、もう一度行ってください", "M-014", ClassData}, true
	case errors.Is(err, ErrFolderNotWritable):
		return Problem{"folder-read-only", "データフォルダーに書き込めません: " + e.Path,
			"フォルダーの権限を確かめるか、--data で別のフォルダーを指定してください", "M-013", ClassData}, true
	}
	return Problem{"folder-failed", "データフォルダーを使えません: " + e.Path, "ディスクと権限を確かめてください", "M-015", ClassData}, true
}
