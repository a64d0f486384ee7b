package app

import (
	"context"
	"strings"
	"testing"
	"time"

	"madoguchi/app/counter"
	"madoguchi/app/printer"
)

// A paperTray is a printer of a test: it answers as the test says, and keeps what
// it was asked to do.
type paperTray struct {
	actions
	refuses   printer.Reason // of a file; empty: it takes it
	ends      printer.Outcome
	endFails  printer.Reason
	jobs      []counter.PrintJob
	withdrawn int
}

func (p *paperTray) Settings() counter.Settings {
	s := p.actions.Settings()
	s.Printer = "窓口1"
	return s
}

func (p *paperTray) SendToPrinter(_ context.Context, j counter.PrintJob) (printer.Receipt, error) {
	p.jobs = append(p.jobs, j)
	if p.refuses != "" {
		return printer.Receipt{}, &printer.Refusal{Printer: "窓口1", Reason: p.refuses}
	}
	return printer.Receipt{Printer: "窓口1"}, nil
}

func (p *paperTray) PrintOutcome(context.Context, printer.Receipt, time.Duration) (printer.Outcome, error) {
	if p.endFails != "" {
		return printer.Outcome{}, &printer.Refusal{Printer: "窓口1", Reason: p.endFails}
	}
	return p.ends, nil
}

func (p *paperTray) WithdrawPrint(context.Context, printer.Receipt) error { p.withdrawn++; return nil }

// printingOffice is an office with a printer of the test's own.
func printingOffice(t *testing.T) (*office, *paperTray) {
	t.Helper()
	o := trainingOffice(t, "standard")
	o.mu.Lock()
	defer o.mu.Unlock()
	tray := &paperTray{actions: o.actions}
	o.actions = tray
	return o, tray
}

// timesPrinted counts what the history says of a case.
func timesPrinted(t *testing.T, o *office, number string) int {
	t.Helper()
	shown, err := (&Cases{o}).Show(number)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, e := range shown.Events {
		if strings.Contains(e.Words, "印刷") {
			n++
		}
	}
	return n
}

func printedChecklist(t *testing.T, o *office) PrintedView {
	t.Helper()
	v, err := (&Cases{o}).PrintChecklist(renewal, PersonView{Name: "例示 髙子"})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func wantState(t *testing.T, v PrintView, err error, want string) {
	t.Helper()
	if err != nil || v.State != want || v.Title == "" {
		t.Errorf("got %+v, %v; want %s", v, err, want)
	}
}

func TestPrintedIsRecordedOnceThePrinterSaysSo(t *testing.T) {
	o, tray := printingOffice(t)
	tray.ends = printer.Outcome{State: printer.Printed}
	v := printedChecklist(t, o)
	wantState(t, v.Print, nil, "sent")
	if n := timesPrinted(t, o, v.CaseNumber); n != 0 {
		t.Errorf("before the end is known the history says printed %d times", n)
	}
	end, err := (&Printing{o}).Follow(v.ID)
	wantState(t, end, err, "printed")
	if n := timesPrinted(t, o, v.CaseNumber); n != 1 {
		t.Errorf("the history says printed %d times", n)
	}
	job := tray.jobs[0]
	if job.Path != v.Path || job.TwoSided || strings.Contains(job.Title, "例示") || !strings.Contains(job.Title, v.CaseNumber) {
		t.Errorf("the job is %+v", job)
	}
}

func TestTheClerkSaysWhatTheSystemCannot(t *testing.T) {
	o, tray := printingOffice(t)
	tray.ends = printer.Outcome{State: printer.Untold, Waits: printer.NeedsPaper}
	printing := &Printing{o}
	v := printedChecklist(t, o)
	end, err := printing.Follow(v.ID)
	wantState(t, end, err, "untold")
	if !strings.Contains(end.Action, "用紙") || timesPrinted(t, o, v.CaseNumber) != 0 {
		t.Errorf("got %+v", end)
	}
	no, err := printing.Confirm(v.ID, false)
	wantState(t, no, err, "refused")
	if tray.withdrawn != 1 || timesPrinted(t, o, v.CaseNumber) != 0 {
		t.Errorf("taken back %d times; history %d", tray.withdrawn, timesPrinted(t, o, v.CaseNumber))
	}
	again, err := printing.Again(v.ID)
	wantState(t, again, err, "sent")
	for range 2 { // a second word changes nothing
		yes, err := printing.Confirm(v.ID, true)
		wantState(t, yes, err, "printed")
	}
	if n := timesPrinted(t, o, v.CaseNumber); n != 1 || len(tray.jobs) != 2 {
		t.Errorf("printed %d times in the history, %d jobs", n, len(tray.jobs))
	}
}

func TestARefusedPrintIsOfferedAgain(t *testing.T) {
	o, tray := printingOffice(t)
	printing := &Printing{o}
	tray.refuses = printer.NoSuchPrinter
	v := printedChecklist(t, o)
	wantState(t, v.Print, nil, "refused")
	if v.Print.Ref != "P-023" || v.Print.Action == "" || v.CaseNumber == "" {
		t.Errorf("got %+v", v)
	}
	tray.refuses, tray.endFails = "", printer.Stopped
	again, err := printing.Again(v.ID)
	wantState(t, again, err, "sent")
	end, err := printing.Follow(v.ID)
	wantState(t, end, err, "refused")
	if timesPrinted(t, o, v.CaseNumber) != 0 {
		t.Error("the history says printed")
	}
	if _, err := printing.Follow("../../etc/passwd"); err == nil {
		t.Error("a path was taken for an id")
	}
}

// Where no printer is chosen the paper is shown; the clerk's word is recorded.
func TestWithoutAPrinterThePaperIsShown(t *testing.T) {
	o := trainingOffice(t, "standard")
	v := printedChecklist(t, o)
	wantState(t, v.Print, nil, "none")
	if !strings.Contains(v.Print.Action, "まだ印刷していません") || strings.Contains(v.Print.Action, v.Path) {
		t.Errorf("the clerk is told %q", v.Print.Action)
	}
	if timesPrinted(t, o, v.CaseNumber) != 0 {
		t.Error("the history says printed")
	}
	yes, err := (&Printing{o}).Confirm(v.ID, true)
	wantState(t, yes, err, "printed")
	if n := timesPrinted(t, o, v.CaseNumber); n != 1 {
		t.Errorf("the history says printed %d times", n)
	}
}

func TestALetterGoesToPaperTheSameWay(t *testing.T) {
	o, tray := printingOffice(t)
	tray.ends = printer.Outcome{State: printer.Untold, Loose: true}
	in := letterInput
	in.Protected = true
	v, err := (&Letters{o}).Make(agentReset, in)
	if err != nil {
		t.Fatal(err)
	}
	if job := tray.jobs[0]; !job.Exact || job.TwoSided || strings.Contains(job.Title, "架空") {
		t.Errorf("the job of a protected holder's letter is %+v", job)
	}
	end, err := (&Printing{o}).Follow(v.ID)
	wantState(t, end, err, "untold")
	if !strings.Contains(end.Action, "実際のサイズ") {
		t.Errorf("got %+v", end)
	}
	if _, err := (&Printing{o}).Confirm(v.ID, true); err != nil || timesPrinted(t, o, v.CaseNumber) != 1 {
		t.Errorf("%v; history %d", err, timesPrinted(t, o, v.CaseNumber))
	}
}

func TestAChecklistInEveryRegister(t *testing.T) {
	o := trainingOffice(t, "standard")
	cases := &Cases{o}
	asked, seen := renewal, map[string]bool{}
	for _, kind := range []string{"ja", "easy", "en", "large", "no-furigana"} {
		v, err := cases.PrintChecklistIn(asked, PersonView{}, kind)
		if err != nil || v.Pages < 1 || seen[v.Title] {
			t.Errorf("%s: %+v, %v", kind, v, err)
		}
		seen[v.Title] = true
		asked.CaseNumber = v.CaseNumber
	}
	if list, err := cases.List("", ""); err != nil || len(list) != 1 {
		t.Errorf("%d cases, %v; want one for all its papers", len(list), err)
	}
	if _, err := cases.PrintChecklistIn(asked, PersonView{}, "../x"); err == nil {
		t.Error("a register that is none was taken")
	}
}

func TestPrintersAreChosenFromAList(t *testing.T) {
	o := trainingOffice(t, "standard")
	p := &Preferences{o}
	choose := func(key, text string) []SettingView {
		t.Helper()
		list, err := p.Change(SettingView{Key: key, Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	choose("printer", "倉庫のプリンター")
	list := choose("tray", "Upper")
	for _, s := range list {
		if s.Key != "printer" && s.Key != "tray" {
			continue
		}
		if s.Kind != "choice" || len(s.Choices) < 2 || s.Choices[0].Value != "" || s.Choices[len(s.Choices)-1].Value != s.Text {
			t.Errorf("%s: %+v", s.Key, s)
		}
	}
	for _, s := range choose("printer", "") {
		if s.Key == "tray" && s.Text != "" {
			t.Errorf("the tray of another printer stayed: %q", s.Text)
		}
	}
}
