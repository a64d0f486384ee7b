package counter

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// Diagnosis is what those who support the program from afar need to know of a
// PC: versions, readers, states and codes. It holds nothing of a person: no
// sentence of the self-check (they name folders), no clerk, no office, no case
// number, and of the settings only closed words and numbers.
type Diagnosis struct {
	MadeAt   string           `json:"madeAt"`
	Program  string           `json:"program"`  // version of the program
	Go       string           `json:"go"`       // version of Go it was built with
	System   string           `json:"system"`   // windows/amd64 10.0.19045
	View     string           `json:"view"`     // version of the WebView2 runtime; empty elsewhere than on Windows
	Place    string           `json:"place"`    // of the data: program-data, beside-program or named
	FreeMB   uint64           `json:"freeMB"`   // on its disk
	Readers  []string         `json:"readers"`  // as their drivers name them
	Printers int              `json:"printers"` // how many; their names may be anybody's
	Findings []DiagnosedPart  `json:"findings"`
	Rules    []DiagnosedRules `json:"rules"`
	Settings map[string]any   `json:"settings"`
	Fixed    []string         `json:"fixed"` // settings an administrator fixed
	History  DiagnosedHistory `json:"history"`
	Files    map[string]int64 `json:"files"`    // bytes of the program's own files in the data folder
	Problems map[string]int   `json:"problems"` // how often each problem stands in the log
}

// DiagnosedPart is a finding without its sentences.
type DiagnosedPart struct {
	Part  string       `json:"part"`
	State FindingState `json:"state"`
	Code  string       `json:"code,omitempty"`
}

// DiagnosedRules tells which tables decide, by their fingerprint.
type DiagnosedRules struct {
	ID       string `json:"id"`
	Edition  string `json:"edition"`
	Approved bool   `json:"approved"`
	Added    bool   `json:"added"`
	Archive  bool   `json:"archive"`
	Faults   int    `json:"faults"`
}

// DiagnosedHistory is the history in numbers.
type DiagnosedHistory struct {
	Schema     int        `json:"schema"` // version this program writes
	OK         bool       `json:"ok"`
	Cases      int64      `json:"cases"`
	Events     int64      `json:"events"`
	LastBackup rules.Date `json:"lastBackup"`
}

// Diagnose gathers the diagnosis.
func (c *Counter) Diagnose(ctx context.Context) Diagnosis {
	findings, report := c.examine(ctx)
	view, _ := viewVersion()
	d := Diagnosis{
		MadeAt: c.options.Now().In(japan()).Format("2006-01-02T15:04:05-07:00"), Program: Version, Go: runtime.Version(),
		System: strings.TrimSpace(runtime.GOOS + "/" + runtime.GOARCH + " " + systemVersion()), View: view,
		Place: c.real.kind(), Readers: []string{}, Fixed: []string{}, Settings: closedSettings(c.settings),
		History:  DiagnosedHistory{Schema: history.SchemaVersion(), OK: report.OK, Cases: report.Cases, Events: report.Events},
		Files:    c.folder.sizes(),
		Problems: problemCounts(c.folder.Logs()),
	}
	if free, err := freeBytes(string(c.folder)); err == nil {
		d.FreeMB = free >> 20
	}
	if names, err := c.cards.Readers(ctx); err == nil {
		d.Readers = append(d.Readers, names...)
	}
	if names, err := c.printerNames(ctx); err == nil {
		d.Printers = len(names)
	}
	if store, err := c.looking(ctx); err == nil && store != nil {
		d.History.LastBackup = store.LastBackup()
	}
	for _, f := range findings {
		d.Findings = append(d.Findings, DiagnosedPart{f.Part, f.State, f.Code})
	}
	for _, s := range c.RuleSets() {
		d.Rules = append(d.Rules, DiagnosedRules{closedWord(string(s.ID)), s.Edition, s.Approved, s.Added, s.Archive, s.Faults})
	}
	for _, key := range c.settings.Fixed {
		d.Fixed = append(d.Fixed, closedWord(key))
	}
	return d
}

// closedSettings are the settings that cannot hold a name.
func closedSettings(s Settings) map[string]any {
	return map[string]any{
		"municipality": closedWord(string(s.Municipality)), "place": closedWord(s.Place), "role": closedWord(s.Role),
		"retentionDays": s.RetentionDays, "replyDays": s.ReplyDays, "lockMinutes": s.LockMinutes, "retentionClassChosen": s.RetentionClass != "",
		"backupsKept": s.BackupsKept, "pinAttempts": s.PINAttempts,
		"printerChosen": s.Printer != "", "readerChosen": s.Reader != "", "exportFolderChosen": s.ExportFolder != "",
	}
}

// closedWord lets a code through and nothing that could be a sentence or a path.
func closedWord(text string) string {
	if text == "" || logWord.MatchString(text) {
		return text
	}
	return "?"
}

// kind says which of the usual places a data folder is.
func (f Folder) kind() string {
	program, err := os.Executable()
	switch {
	case err == nil && f == besideProgram(program):
		return "beside-program"
	case f == DefaultFolder():
		return "program-data"
	}
	return "named"
}

// sizes are the bytes of the program's own files, those that are there.
func (f Folder) sizes() map[string]int64 {
	sizes := map[string]int64{}
	names := []string{f.Settings(), f.Policy(), f.Approved(), f.Key(), f.join("history.dpapi")}
	for _, end := range []string{"", "-wal", "-shm", ".head", ".lock"} {
		names = append(names, f.History()+end)
	}
	for _, name := range names {
		if info, err := os.Stat(name); err == nil {
			sizes[filepath.Base(name)] = info.Size()
		}
	}
	return sizes
}

// problemCounts counts the problems in a log by reference and code.
func problemCounts(dir string) map[string]int {
	counts := map[string]int{}
	for age := range logFiles {
		data, err := os.ReadFile(logPath(dir, age))
		if err != nil {
			continue // there are as many files as there was to write
		}
		for line := range strings.Lines(string(data)) {
			words := strings.Fields(line)
			if len(words) >= 6 && words[3] == string(LogProblem) {
				counts[words[4]+" "+words[5]]++
			}
		}
	}
	return counts
}

// WriteDiagnostics puts the diagnosis and the log into one zip file that a clerk
// can send, and answers where it is. An empty path is a file of its own where
// exports may go, else on the desktop, else in the data folder; what training
// writes stays in its own. Errors: *FolderError, *OutputError.
func (c *Counter) WriteDiagnostics(ctx context.Context, path string) (string, error) {
	diagnosis, err := json.MarshalIndent(c.Diagnose(ctx), "", "  ")
	if err != nil {
		return "", fmt.Errorf("encoding the diagnosis: %w", err)
	}
	if path == "" {
		if path, err = c.diagnosticsPath(); err != nil {
			return "", err
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return "", fmt.Errorf("naming the file: %w", err)
	}
	err = ReplaceFile(path, 0o600, func(w io.Writer) error { return c.packDiagnostics(w, diagnosis) })
	if err != nil {
		return "", &OutputError{Path: path, Err: err}
	}
	return path, nil
}

// diagnosticsPath names a new file where people find it.
func (c *Counter) diagnosticsPath() (string, error) {
	name := "madoguchi-diagnostics-" + c.options.Now().In(japan()).Format("20060102-150405") + ".zip"
	if folder := c.settings.ExportFolder; folder != "" && !c.Simulation() {
		return filepath.Join(folder, name), nil
	}
	if desktop, err := desktopFolder(); err == nil && !c.Simulation() && c.real.kind() != "named" && c.mayExportTo(filepath.Join(desktop, name)) {
		return filepath.Join(desktop, name), nil
	}
	folder := c.folder.join("diagnostics")
	if err := c.folder.prepare(); err != nil {
		return "", err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", &FolderError{Path: folder, Err: notWritable(err)}
	}
	return filepath.Join(folder, name), nil
}

// aboutDiagnostics is read by the clerk who sends the file.
const aboutDiagnostics = "\ufeff窓口ナビの診断ファイルです。\r\n" +
	"中身は、プログラムと Windows の版、カードリーダーの名前、点検の結果、判定表の指紋、起きた問題の番号だけです。\r\n" +
	"来庁者や職員の氏名、住所、生年月日、受付番号、暗証番号、個人番号は入っていません。\r\n" +
	"diagnosis.json と log の各ファイルは、メモ帳で開いて確かめられます。\r\n"

func (c *Counter) packDiagnostics(w io.Writer, diagnosis []byte) error {
	archive := zip.NewWriter(w)
	files := []struct {
		name string
		data []byte
	}{{"はじめにお読みください.txt", []byte(aboutDiagnostics)}, {"diagnosis.json", append(diagnosis, '\n')}}
	for age := range logFiles {
		data, err := os.ReadFile(logPath(c.folder.Logs(), age))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("reading the log: %w", err)
		}
		files = append(files, struct {
			name string
			data []byte
		}{"log/" + filepath.Base(logPath("", age)), data})
	}
	for _, f := range files {
		part, err := archive.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: c.options.Now()})
		if err != nil {
			return fmt.Errorf("packing %s: %w", f.name, err)
		}
		if _, err := part.Write(f.data); err != nil {
			return fmt.Errorf("packing %s: %w", f.name, err)
		}
	}
	return archive.Close()
}
