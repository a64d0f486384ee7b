package history

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// FaultCode names what is wrong with the history as a file.
type FaultCode string

// The faults of the file, its place and its key.
const (
	FaultHeld       FaultCode = "history-held"        // another Madoguchi has it open
	FaultBusy       FaultCode = "history-busy"        // another program holds a lock on it
	FaultReadOnly   FaultCode = "history-read-only"   // folder or file cannot be written
	FaultNewer      FaultCode = "history-newer"       // written by a newer program
	FaultForeign    FaultCode = "history-foreign"     // a database, but not a history
	FaultDamaged    FaultCode = "history-damaged"     // cannot be read back
	FaultNetwork    FaultCode = "history-network"     // on a network drive
	FaultDiskFull   FaultCode = "history-disk-full"   // no room
	FaultKeyLost    FaultCode = "history-key-lost"    // the key is not there
	FaultKeyWrong   FaultCode = "history-key-wrong"   // the key does not open it
	FaultSimulation FaultCode = "history-simulation"  // real and simulated mixed up
	FaultMissing    FaultCode = "history-missing"     // the file named is not there
	FaultNone       FaultCode = "history-none"        // no history was ever made here
	FaultDisk       FaultCode = "history-disk"        // the disk gave an error
	FaultSealed     FaultCode = "history-sealed"      // a sealed package cannot be opened
	FaultPassphrase FaultCode = "history-passphrase"  // too short, or spaces alone, to seal anything with
	FaultTampered   FaultCode = "history-tampered"    // the chain of events is broken
	FaultOptions    FaultCode = "history-options"     // the caller gave nonsense
	FaultRole       FaultCode = "history-role"        // the operator may not do this
	FaultExists     FaultCode = "history-file-exists" // would overwrite
	FaultUntidied   FaultCode = "history-untidied"    // closed, all kept, but not all in the one file
	FaultHasCases   FaultCode = "history-has-cases"   // another key would lock out the cases that are here
)

// Fault says what is wrong, where, and what to do. It matches, by errors.Is,
// any Fault with the same code.
type Fault struct {
	Code   FaultCode
	Where  string // file or folder
	Holder string // for FaultHeld: which program holds it
	Err    error
}

// Error is for developers; Title and Action are for people.
func (f *Fault) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", f.Code, f.Where)
	if f.Holder != "" {
		fmt.Fprintf(&b, ": held by %s", f.Holder)
	}
	if f.Err != nil {
		fmt.Fprintf(&b, ": %v", f.Err)
	}
	return b.String()
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Is matches faults of the same code.
func (f *Fault) Is(target error) bool {
	other, ok := target.(*Fault)
	return ok && other.Code == f.Code
}

// Title says in one Japanese sentence what is wrong and where.
func (f *Fault) Title() string {
	title := faultWords[f.Code].title
	if f.Holder != "" {
		title += "(使用中: " + f.Holder + ")"
	}
	if f.Where != "" {
		title += " 場所: " + f.Where
	}
	return title
}

// Action says in Japanese what to do now.
func (f *Fault) Action() string { return faultWords[f.Code].action }

var faultWords = map[FaultCode]struct{ title, action string }{
	FaultHeld:       {"受付履歴は、ほかの窓口ナビが使用中です。", "使用中の窓口ナビを終了してから、もう一度お試しください。"},
	FaultBusy:       {"受付履歴のファイルを、ほかのプログラムが使用中です。", "ファイルを開いているプログラムを終了してから、もう一度お試しください。記録は失われていません。"},
	FaultReadOnly:   {"受付履歴のフォルダーに書き込めません。", "フォルダーの書き込み権限を管理担当に確認してください。"},
	FaultNewer:      {"受付履歴は、新しい版の窓口ナビで作られています。", "新しい版の窓口ナビで開いてください。ファイルは変更していません。"},
	FaultForeign:    {"このファイルは窓口ナビの受付履歴ではありません。", "保存先のフォルダーを確認してください。ファイルは変更していません。"},
	FaultDamaged:    {"受付履歴のファイルが壊れています。", "上書きせず、直近のバックアップから復元(cases restore)してください。今のファイルは復元の際に保管されます。"},
	FaultNetwork:    {"受付履歴をネットワーク上のフォルダーに置くことはできません(記録が壊れるおそれがあります)。", "このパソコンの中のフォルダーを指定してください。"},
	FaultDiskFull:   {"ディスクの空きがないため、記録できませんでした。", "空きを作ってから、もう一度操作してください。これまでの記録は失われていません。"},
	FaultKeyLost:    {"受付履歴の鍵が見つかりません。", "鍵を作ったときの利用者・パソコンで開くか、管理担当が控えた鍵を戻してください。合言葉で作った履歴には、合言葉のファイルを指定してください。新しい鍵では開けません。"},
	FaultKeyWrong:   {"受付履歴の鍵が合いません。", "合言葉、または鍵ファイルが、この履歴のものか確認してください。"},
	FaultSimulation: {"訓練用と実務用の受付履歴を取り違えています。", "保存先のフォルダーを確認してください。ファイルは変更していません。"},
	FaultMissing:    {"指定されたファイルがありません。", "ファイル名を確認してください。"},
	FaultNone:       {"このデータフォルダーには、まだ受付の記録がありません。", "データフォルダーの指定を確かめてください。何も作っていません。"},
	FaultDisk:       {"ディスクの読み書きでエラーが起きました。", "操作をやり直し、続くときは管理担当に連絡してください。最後の操作は記録されていません。"},
	FaultSealed:     {"封をしたファイルを開けません。", "合言葉と、ファイルが最後まで写されているかを確認してください。取り込みは行っていません。"},
	FaultPassphrase: {"合言葉が短すぎるか、空白だけです。", "8 文字以上の合言葉にしてください。何も保存していません。"},
	FaultTampered:   {"受付履歴に、窓口ナビ以外で書き換えられた跡があります。", "責任者に連絡し、cases verify の結果を確認してください。"},
	FaultOptions:    {"受付履歴の設定に誤りがあります。", "設定を確認してください。"},
	FaultRole:       {"この操作は、責任者または管理者だけが行えます。", "責任者に依頼してください。"},
	FaultUntidied:   {"記録は保存してありますが、受付履歴のファイルの後片付けができませんでした。", "同じ操作をもう一度行わないでください。ディスクの空きを確かめてください。次に開いたときに片付けます。"},
	FaultHasCases:   {"このデータフォルダーには、すでに受付の記録があります。", "別のパソコンの鍵を入れると今の記録が開けなくなるため、入れませんでした。新しいデータフォルダーで行ってください。"},
	FaultExists:     {"同じ名前のファイルがすでにあります。", "別の名前を指定してください。"},
}

// fault turns an error of SQLite or of the file system into a Fault; other
// errors pass unchanged.
func fault(where string, err error) error {
	if err == nil {
		return nil
	}
	if f := (*Fault)(nil); errors.As(err, &f) {
		return err
	}
	var code FaultCode
	var db *sqlite.Error
	switch {
	case errors.As(err, &db):
		code = sqliteFault(db.Code())
	case errors.Is(err, syscall.ENOSPC):
		code = FaultDiskFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		code = FaultReadOnly
	}
	if code == "" {
		return err
	}
	return &Fault{Code: code, Where: where, Err: err}
}

// sqliteFault groups SQLite's result codes (https://www.sqlite.org/rescode.html).
func sqliteFault(code int) FaultCode {
	switch code & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return FaultBusy
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return FaultReadOnly
	case sqlite3.SQLITE_CORRUPT:
		return FaultDamaged
	case sqlite3.SQLITE_NOTADB:
		return FaultDamaged
	case sqlite3.SQLITE_FULL:
		return FaultDiskFull
	case sqlite3.SQLITE_IOERR:
		return FaultDisk
	}
	return ""
}
