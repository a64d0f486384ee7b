package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"madoguchi/app/counter"
)

// What the window does goes into the log of its data folder: opened, reader,
// care, what was shown, closed. In training that is the training folder's.
func TestTheWindowKeepsALog(t *testing.T) {
	o := trainingOffice(t, "standard")
	folder := o.actions.Folder()
	number, err := (&Cases{o}).Save(Asked{Answers: []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "holder"}}}, PersonView{Name: "架空 𠮷男"})
	if err != nil {
		t.Fatal(err)
	}
	o.problem(errors.New("架空 𠮷男 " + number))
	o.problem(errNoPlan) // everyday work: not written
	toolkitLog{o}.Error("process message error: 架空 𠮷男")
	o.close()
	data, err := os.ReadFile(filepath.Join(folder.Logs(), "madoguchi.log"))
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, want := range []string{" problem M-999 unforeseen errors.errorString\n", " toolkit error\n", " closed simulation\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the log does not say %q:\n%s", want, text)
		}
	}
	for _, secret := range []string{"架空", "𠮷", number, "W-003"} {
		if strings.Contains(text, secret) {
			t.Errorf("the log says %s:\n%s", secret, text)
		}
	}
}

// A window that cannot work leaves the reason in the log, where there is a data folder.
func TestAFailedOpeningIsInTheLog(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(counter.Folder(data).Settings(), []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	o := newOffice(startOptions{data: data})
	o.show(heardEvents{make(chan CardView, 16)})
	o.open(t.Context())
	defer o.close()
	text, err := os.ReadFile(filepath.Join(data, "logs", "madoguchi.log"))
	if err != nil || !strings.Contains(string(text), " problem M-011 settings-damaged\n") {
		t.Errorf("got %q, %v", text, err)
	}
}

// The file for support is made from the window, too.
func TestDiagnosticsFromTheWindow(t *testing.T) {
	o := trainingOffice(t, "standard")
	path, err := (&Preferences{o}).Diagnostics()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() == 0 || filepath.Ext(path) != ".zip" {
		t.Errorf("%s: %v", path, err)
	}
}
