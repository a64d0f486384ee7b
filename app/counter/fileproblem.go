package counter

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// outputProblem says why a file was not written.
func outputProblem(err error) (Problem, bool) {
	e, ok := as[*OutputError](err)
	switch {
	case !ok:
		return no()
	case isDiskFull(err):
		return Problem{"disk-full", "ディスクの空きがありません: " + e.Path, "不要なファイルを消してから、もう一度行ってください", "M-014", ClassData}, true
	case errors.Is(err, ErrIsFolder):
		return Problem{"output-is-folder", "ファイルではなくフォルダーです: " + e.Path, "フォルダーの中に作るファイルの名前まで指定してください。何も書いていません", "P-016", ClassData}, true
	case errors.Is(err, fs.ErrExist):
		return Problem{"output-exists", "ファイルがすでにあります: " + e.Path, "別の名前を指定してください。前のファイルはそのままです", "P-017", ClassData}, true
	}
	return Problem{"output-failed", "ファイルを書けません: " + e.Path, "フォルダーがあるか、書き込めるかを確かめてください。前のファイルはそのままです", "P-010", ClassData}, true
}

// unreadProblem says why a file that was handed in was not even read.
func unreadProblem(e *InputError) (Problem, bool) {
	switch {
	case !isFileFault(e.Err):
		return no()
	case errors.Is(e.Err, fs.ErrNotExist):
		return Problem{"no-input-file", "ファイルがありません: " + e.Name, "名前と場所を確かめてください。何も記録していません", "D-011", ClassInput}, true
	}
	return Problem{"input-unreadable", "ファイルを読めません: " + e.Name, "フォルダーではないか、読む権限があるかを確かめてください。何も記録していません", "D-012", ClassInput}, true
}

// systemProblem is the last line of the table: what the system refused with a
// file that no other line has words for. It names the file.
func systemProblem(err error) (Problem, bool) {
	path := refusedPath(err)
	switch {
	case isDiskFull(err):
		return Problem{"disk-full", "ディスクの空きがありません: " + path, "不要なファイルを消してから、もう一度行ってください", "M-014", ClassData}, true
	case !isFileFault(err):
		return no()
	}
	return Problem{"file-failed", "ファイルを読み書きできません: " + path,
		"その名前のファイルがあるか、フォルダーではないか、読み書きできるかを確かめてください", "M-018", ClassData}, true
}

// refusedPath is the file that the system refused something with. A file that is
// not whole yet has a name nobody knows: then it is its folder.
func refusedPath(err error) string {
	path := "書き込み先"
	if e, ok := as[*fs.PathError](err); ok {
		path = e.Path
	} else if e, ok := as[*os.LinkError](err); ok {
		path = e.New
	}
	switch {
	case path == os.Stdout.Name():
		return "標準出力"
	case path == os.Stdin.Name():
		return "標準入力"
	case strings.HasPrefix(filepath.Base(path), tempPrefix):
		return filepath.Dir(path)
	}
	return path
}
