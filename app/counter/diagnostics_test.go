package counter

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// canaryFolder is a data folder in a folder of a made-up clerk's name, with
// settings that name people, a case of a made-up resident, and a log of errors
// that were told about them.
func canaryFolder(t *testing.T) Folder {
	t.Helper()
	folder := Folder(filepath.Join(t.TempDir(), "見本 職員花子"))
	s := DefaultSettings()
	s.Operator, s.Office, s.Printer, s.Reader, s.Envelope = "見本 職員花子", "架空市役所例示課", "職員花子のプリンター", "架空リーダー", "例示封筒"
	if err := folder.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	return folder
}

func canaryCounter(t *testing.T, folder Folder) *Counter {
	t.Helper()
	c, err := Open(t.Context(), Options{Data: string(folder), Version: Version})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

func canaryCase(t *testing.T, c *Counter) string {
	t.Helper()
	situations, _, err := ParseSituations("canary", []byte(`{"municipality":"kagoshima-center","procedure":"certificate-renewal","on":"2026-11-24","visitor":{"kind":"holder"}}`))
	if err != nil {
		t.Fatal(err)
	}
	born, err := rules.ParseDate("1975-03-10")
	if err != nil {
		t.Fatal(err)
	}
	number, err := c.OpenCase(t.Context(), CaseInput{Situation: situations[0], Memo: "耳が遠いので",
		Holder: Person{Name: "架空 𠮷男", Kana: "カクウ ヨシオ", Postcode: "8920846", Address: history.Lines{"鹿児島市見本町1-2-3"}, BirthDate: born, Phone: "099-000-0000"}})
	if err != nil {
		t.Fatal(err)
	}
	return number
}

// canarySecrets are what must not be found.
func canarySecrets(number string) []string {
	return []string{"架空", "𠮷男", "カクウ", "ヨシオ", "892-0846", "8920846", "見本町", "1975-03-10", "099-000-0000", "耳が遠い", "職員花子", "見本", "例示", "Canary-Surname", number}
}

// canarySpellings are the ways in which a text could stand in a file.
func canarySpellings(text string) [][]byte {
	var little, big []byte
	for _, u := range utf16.Encode([]rune(text)) {
		little, big = append(little, byte(u), byte(u>>8)), append(big, byte(u>>8), byte(u))
	}
	quoted := strings.Trim(fmt.Sprintf("%+q", text), `"`)
	return [][]byte{[]byte(text), little, big, []byte(hex.EncodeToString([]byte(text))), []byte(strings.ToUpper(hex.EncodeToString([]byte(text)))),
		[]byte(hex.EncodeToString(little)), []byte(base64.StdEncoding.EncodeToString([]byte(text))), []byte(quoted)}
}

func wantNoPerson(t *testing.T, place string, data []byte, secrets []string) {
	t.Helper()
	for _, secret := range secrets {
		for _, spelling := range canarySpellings(secret) {
			if bytes.Contains(data, spelling) {
				t.Errorf("%s: %q stands there as %q", place, secret, spelling)
			}
		}
	}
}

// unpacked are the files of a zip file by name.
func unpacked(t *testing.T, path string) map[string][]byte {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = archive.Close() }() // only read from
	files := map[string][]byte{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// The whole diagnosis of a PC with a case, people in every setting and errors
// that name them: none of them is in the file that is sent.
func TestNoPersonIsInTheDiagnostics(t *testing.T) {
	folder := canaryFolder(t)
	c := canaryCounter(t, folder)
	number := canaryCase(t, c)
	for _, err := range []error{
		errors.New("架空 𠮷男 (Canary-Surname) went wrong"),
		&OutputError{Path: filepath.Join(string(folder), "架空 𠮷男.pdf"), Err: errors.New("架空")},
		&history.Fault{Code: history.FaultHeld, Where: string(folder), Holder: "担当 見本 職員花子"},
		fmt.Errorf("opening 見本: %w", os.ErrPermission),
	} {
		c.LogProblem(ProblemOf(err), err)
	}
	c.Log(LogReader, "架空リーダー")
	path, err := c.WriteDiagnostics(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	files := unpacked(t, path)
	names := []string{}
	for name, data := range files {
		names = append(names, name)
		wantNoPerson(t, name, data, canarySecrets(number))
	}
	slices.Sort(names)
	if want := []string{"diagnosis.json", "log/madoguchi.log", "はじめにお読みください.txt"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want %v", names, want)
	}
	wantNoPerson(t, "the file's name", []byte(filepath.Base(path)), canarySecrets(number))
	wantDiagnosis(t, files["diagnosis.json"])
	if log := string(files["log/madoguchi.log"]); !strings.Contains(log, "problem M-999 unforeseen errors.errorString") || !strings.Contains(log, "reader ?") {
		t.Errorf("the log says too little:\n%s", log)
	}
}

// wantDiagnosis looks whether what support needs is there.
func wantDiagnosis(t *testing.T, data []byte) {
	t.Helper()
	var d Diagnosis
	if err := json.Unmarshal(data, &d); err != nil {
		t.Fatal(err)
	}
	if d.Program != Version || !strings.HasPrefix(d.Go, "go1.") || d.System == "" || d.Place != "named" || d.FreeMB == 0 {
		t.Errorf("versions and place: %+v", d)
	}
	if !d.History.OK || d.History.Cases != 1 || d.History.Schema != history.SchemaVersion() || d.Files["history.db"] == 0 {
		t.Errorf("history: %+v, files %v", d.History, d.Files)
	}
	if len(d.Rules) < 4 || len(d.Rules[0].Edition) < 32 {
		t.Errorf("rules: %+v", d.Rules)
	}
	parts := map[string]DiagnosedPart{}
	for _, f := range d.Findings {
		parts[f.Part] = f
		if (f.State == Good) != (f.Code == "") {
			t.Errorf("finding %+v: what is not good has a code", f)
		}
	}
	for _, part := range []string{"reader-service", "reader", "rules", "fonts", "printer", "settings", "disk", "history", "clock"} {
		if parts[part].State == "" {
			t.Errorf("nothing is said of %s", part)
		}
	}
	if d.Problems["M-999 unforeseen"] != 2 || d.Problems["P-010 output-failed"] != 1 {
		t.Errorf("problems: %v", d.Problems)
	}
}

func TestDiagnosticsOnASimulatedReader(t *testing.T) {
	c, err := Open(t.Context(), Options{Data: t.TempDir(), Scenario: "standard"})
	if err != nil {
		t.Fatal(err)
	}
	if d := c.Diagnose(t.Context()); !slices.Equal(d.Readers, []string{SimulatedReader}) {
		t.Errorf("readers: %v", d.Readers)
	}
}

// The file goes where exports may go.
func TestWhereDiagnosticsGo(t *testing.T) {
	folder := Folder(t.TempDir())
	// A test's own folder ends in a random number and /001: now and then an
	// individual number, which no setting takes.
	exports, err := os.MkdirTemp("", "exports-*-folder")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(exports) })
	s := DefaultSettings()
	s.ExportFolder = exports
	if err := folder.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	c := canaryCounter(t, folder)
	path, err := c.WriteDiagnostics(context.Background(), "")
	if err != nil || filepath.Dir(path) != exports {
		t.Errorf("got %s, %v, want a file in %s", path, err, exports)
	}
	var failed *OutputError
	if _, err := c.WriteDiagnostics(context.Background(), filepath.Join(exports, "none", "x.zip")); !errors.As(err, &failed) {
		t.Errorf("into a folder that is not there: %v", err)
	}
}

// Each part in each of its bad states says what to do.
func TestEveryFindingSaysWhatToDo(t *testing.T) {
	c := canaryCounter(t, canaryFolder(t))
	list := append(c.Examine(t.Context()), examineView(""), examineView("120.0.2210.91"))
	for _, f := range list {
		if f.Title == "" || f.Says == "" || (f.State != Good) != (f.Action != "") || (f.State != Good) != (f.Code != "") {
			t.Errorf("finding %+v", f)
		}
	}
	if f := examineView(""); f.State != Bad {
		t.Errorf("without the runtime: %+v", f)
	}
}

// A backup can be made while a window holds the history; nothing else is stored.
func TestABackupIsMadeWhileAnotherHoldsTheHistory(t *testing.T) {
	folder := canaryFolder(t)
	window := canaryCounter(t, folder)
	canaryCase(t, window)
	other, err := Open(t.Context(), Options{Data: string(folder), Role: string(history.Administrator)})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := other.Close(); err != nil {
			t.Error(err)
		}
	}()
	report, err := other.BackupCases(t.Context(), filepath.Join(t.TempDir(), "copy.db"))
	if err != nil || !report.OK || report.Cases != 1 {
		t.Errorf("backup: %+v, %v", report, err)
	}
}

// What training writes stays among what training writes, wherever exports may go.
func TestDiagnosticsOfTrainingStayInItsFolder(t *testing.T) {
	folder := Folder(t.TempDir())
	s := DefaultSettings()
	s.ExportFolder = t.TempDir()
	if err := folder.SaveSettings(s); err != nil {
		t.Fatal(err)
	}
	c, err := Open(t.Context(), Options{Data: string(folder), Scenario: "standard"})
	if err != nil {
		t.Fatal(err)
	}
	path, err := c.WriteDiagnostics(t.Context(), "")
	if want := filepath.Join(string(folder.Simulation()), "diagnostics"); err != nil || filepath.Dir(path) != want {
		t.Errorf("got %s, %v, want a file in %s", path, err, want)
	}
	if there, err := os.ReadDir(s.ExportFolder); err != nil || len(there) > 0 {
		t.Errorf("in the export folder: %v, %v", there, err)
	}
}
