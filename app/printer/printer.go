package printer

import "fmt"

// Printer is one printer of this machine.
type Printer struct {
	Name    string `json:"name"`    // as the system spells it
	Default bool   `json:"default"` // the system's own choice
}

// Options is what an office has besides the system.
type Options struct {
	Program string // full path of SumatraPDF; Windows only, empty: what Windows has
}

// Job is a file to be printed.
type Job struct {
	Path     string // a PDF file, absolute
	Title    string // name in the queue; it names no person
	Printer  string
	Tray     string // empty: the printer's own choice
	TwoSided bool   // on both sides, turned over the long edge; else each page has a sheet
	Exact    bool   // refused where size and sides would be left to another program
}

// Receipt is what the system gave for a file it took.
type Receipt struct {
	Printer string
	id      string // of the job; empty where the system keeps no track of it
	Loose   bool   // size and sides were left to another program
}

// State is what became of a job, as far as the system tells.
type State string

// The states. A job that is not printed and not refused is untold.
const (
	Printed State = "printed"
	Untold  State = "untold"
)

// Outcome is what became of a job. Waits says what the printer waits for, where
// it says so: NeedsPaper, NeedsHand or empty. Loose: size and sides were another
// program's choice, and have to be looked at.
type Outcome struct {
	State State
	Waits Reason
	Loose bool
}

// Reason is why a file was not printed, or why a printer waits.
type Reason string

// The reasons.
const (
	NoSystem      Reason = "no-system"       // there is no printing system, or it does not answer
	NoProgram     Reason = "no-program"      // no program here prints PDF files
	NoSuchPrinter Reason = "no-such-printer" // the system knows no printer of the name
	NotAccepting  Reason = "not-accepting"   // the printer takes no jobs now
	Stopped       Reason = "stopped"         // the printer is stopped, paused or offline
	NeedsPaper    Reason = "needs-paper"
	NeedsHand     Reason = "needs-hand" // jam, open cover, toner: somebody must go there
	Canceled      Reason = "canceled"   // somebody took the job out of the queue
	Failed        Reason = "failed"     // the system gave the job up, or would not have it
)

// Refusal is a file that was not printed.
type Refusal struct {
	Printer string
	Reason  Reason
	Said    string // what the system said, in its own words; may be empty
}

// Error names the printer and the reason, and never the file.
func (r *Refusal) Error() string {
	text := fmt.Sprintf("printer %q: %s", r.Printer, r.Reason)
	if r.Said != "" {
		text += " (" + r.Said + ")"
	}
	return text
}

// rank puts the default printer first.
func rank(p Printer) int {
	if p.Default {
		return 0
	}
	return 1
}
