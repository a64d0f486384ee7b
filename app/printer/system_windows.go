package printer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/windows"
)

// System is the printing system of this PC.
type System struct{ program string }

// New gives the printing system. It asks for nothing yet.
func New(o Options) *System { return &System{program: o.Program} }

// patience is how long the printing program may take for one file.
const patience = time.Minute

// List gives the printers, the default first.
func (s *System) List(ctx context.Context) ([]Printer, error) {
	names, err := printerNames()
	if err != nil {
		return nil, err
	}
	chosen := defaultPrinter()
	list := []Printer{}
	for _, name := range names {
		list = append(list, Printer{Name: name, Default: name == chosen})
	}
	slices.SortStableFunc(list, func(a, b Printer) int { return rank(a) - rank(b) })
	return list, ctx.Err()
}

// Trays gives the places a printer takes paper from; none where it does not say,
// and where the program that prints cannot choose one.
func (s *System) Trays(ctx context.Context, name string) ([]string, error) {
	if s.program == "" {
		return []string{}, nil
	}
	c, err := conditionOf(name)
	if err != nil {
		return []string{}, nil
	}
	return trayNames(name, c.port), ctx.Err()
}

// Send hands a file to a printer. Errors: *Refusal, ctx's.
func (s *System) Send(ctx context.Context, j Job) (Receipt, error) {
	c, err := conditionOf(j.Printer)
	if err != nil {
		return Receipt{}, err
	}
	if c.attributes&attributeOffline != 0 || c.status&(statusPaused|statusOffline|statusNotAvailable) != 0 {
		return Receipt{}, &Refusal{Printer: j.Printer, Reason: Stopped}
	}
	if s.program != "" {
		return s.sendBy(ctx, j)
	}
	if j.Exact {
		return Receipt{}, &Refusal{Printer: j.Printer, Reason: NoProgram}
	}
	return sendByShell(j)
}

// sendBy prints with SumatraPDF, which chooses tray, sides and size, and ends
// when the spooler has the pages.
func (s *System) sendBy(ctx context.Context, j Job) (Receipt, error) {
	if _, err := os.Stat(s.program); err != nil {
		return Receipt{}, &Refusal{Printer: j.Printer, Reason: NoProgram}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, s.program, "-print-to", j.Printer, "-print-settings", settingsOf(j), "-silent", "-exit-when-done", j.Path)
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true}
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return Receipt{}, &Refusal{Printer: j.Printer, Reason: Failed, Said: fmt.Sprintf("%s: %v", filepath.Base(s.program), err)}
	}
	return Receipt{Printer: j.Printer}, nil
}

// settingsOf are SumatraPDF's words for a job.
func settingsOf(j Job) string {
	words := []string{"noscale", "paper=A4", "simplex"}
	if j.TwoSided {
		words[2] = "duplexlong"
	}
	if j.Tray != "" {
		words = append(words, "bin="+j.Tray)
	}
	return strings.Join(words, ",")
}

// sendByShell prints with whatever Windows has for "printto". It gives no sign of
// the end, and decides size and sides.
func sendByShell(j Job) (Receipt, error) {
	verb, err1 := windows.UTF16PtrFromString("printto")
	file, err2 := windows.UTF16PtrFromString(j.Path)
	name, err3 := windows.UTF16PtrFromString(`"` + j.Printer + `"`)
	if err := errors.Join(err1, err2, err3); err != nil {
		return Receipt{}, fmt.Errorf("naming the file: %w", err)
	}
	if err := windows.ShellExecute(0, verb, file, name, nil, windows.SW_HIDE); err != nil {
		return Receipt{}, &Refusal{Printer: j.Printer, Reason: NoProgram, Said: err.Error()}
	}
	return Receipt{Printer: j.Printer, Loose: true}, nil
}

// Outcome tells whether the printer waits for somebody. The end of a job is never
// told here.
func (s *System) Outcome(_ context.Context, r Receipt) (Outcome, error) {
	o := Outcome{State: Untold, Loose: r.Loose}
	c, err := conditionOf(r.Printer)
	if err != nil {
		return o, nil
	}
	switch {
	case c.status&statusPaperOut != 0:
		o.Waits = NeedsPaper
	case c.status&(statusJam|statusNoToner|statusUser|statusDoorOpen|statusError) != 0:
		o.Waits = NeedsHand
	}
	return o, nil
}

// Withdraw can do nothing here: no job is kept track of.
func (s *System) Withdraw(context.Context, Receipt) error { return nil }

// Open shows a file in the program Windows has for it.
func (s *System) Open(_ context.Context, path string) error {
	verb, err1 := windows.UTF16PtrFromString("open")
	file, err2 := windows.UTF16PtrFromString(path)
	if err := errors.Join(err1, err2); err != nil {
		return fmt.Errorf("naming the file: %w", err)
	}
	if err := windows.ShellExecute(0, verb, file, nil, nil, windows.SW_SHOWNORMAL); err != nil {
		return &Refusal{Reason: NoProgram, Said: err.Error()}
	}
	return nil
}
