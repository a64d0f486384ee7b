//go:build !windows

package printer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// System is the printing system of this machine: CUPS by its own programs.
type System struct{}

// New gives the printing system. It asks for nothing yet.
func New(Options) *System { return &System{} }

// patience is how long one of the programs may take to answer.
const patience = 15 * time.Second

// call runs one of CUPS' programs in its own English and gives what it wrote.
func call(ctx context.Context, name string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C", "LANGUAGE=C")
	cmd.WaitDelay = time.Second
	var out, said strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &said
	err := cmd.Run()
	if err != nil {
		if ctx.Err() != nil {
			return "", fmt.Errorf("running %s: %w", name, ctx.Err())
		}
		return out.String(), &callError{said: strings.TrimSpace(said.String()), err: err}
	}
	return out.String(), nil
}

// callError is a program that failed, with what it said.
type callError struct {
	said string
	err  error
}

func (e *callError) Error() string { return strings.TrimSpace(e.said + " (" + e.err.Error() + ")") }

// Unwrap gives the reason.
func (e *callError) Unwrap() error { return e.err }

// List gives the printers, the default first. A machine without a printing
// system has none.
func (s *System) List(ctx context.Context) ([]Printer, error) {
	out, err := call(ctx, "lpstat", "-e")
	var failed *callError
	if errors.As(err, &failed) {
		return []Printer{}, nil // no system, or it knows no printer
	}
	if err != nil {
		return nil, err
	}
	standard, err := call(ctx, "lpstat", "-d")
	if err != nil {
		standard = "" // no default is no fault
	}
	_, chosen, _ := strings.Cut(strings.TrimSpace(standard), "destination: ")
	list := []Printer{}
	for _, name := range strings.Fields(out) {
		list = append(list, Printer{Name: name, Default: name == chosen})
	}
	slices.SortStableFunc(list, func(a, b Printer) int { return rank(a) - rank(b) })
	return list, nil
}

// Trays gives the places a printer takes paper from; none where it does not say.
func (s *System) Trays(ctx context.Context, name string) ([]string, error) {
	out, err := call(ctx, "lpoptions", "-p", name, "-l")
	var failed *callError
	if errors.As(err, &failed) {
		return []string{}, nil
	}
	if err != nil {
		return nil, err
	}
	trays := []string{}
	for line := range strings.Lines(out) {
		option, choices, _ := strings.Cut(line, ":")
		if key, _, _ := strings.Cut(option, "/"); key != "InputSlot" && key != "media-source" {
			continue
		}
		for _, choice := range strings.Fields(choices) {
			trays = append(trays, strings.TrimPrefix(choice, "*"))
		}
	}
	return trays, nil
}

// Send hands a file to a printer. Errors: *Refusal, ctx's.
func (s *System) Send(ctx context.Context, j Job) (Receipt, error) {
	sides := "one-sided"
	if j.TwoSided {
		sides = "two-sided-long-edge"
	}
	args := []string{"-d", j.Printer, "-t", j.Title, "-o", "sides=" + sides, "-o", "media=A4", "-o", "print-scaling=none"}
	if j.Tray != "" {
		args = append(args, "-o", "InputSlot="+j.Tray)
	}
	out, err := call(ctx, "lp", append(args, "--", j.Path)...)
	if err != nil {
		return Receipt{}, refusal(ctx, j.Printer, err)
	}
	// request id is OFFICE-12 (1 file(s))
	_, rest, _ := strings.Cut(out, "request id is ")
	id, _, _ := strings.Cut(rest, " ")
	return Receipt{Printer: j.Printer, id: id}, nil
}

// refusals are the words of lp by what they mean.
var refusals = []struct {
	words  string
	reason Reason
}{
	{"class does not exist", NoSuchPrinter},
	{"class was not found", NoSuchPrinter},
	{"not accepting jobs", NotAccepting},
}

// refusal says why lp did not take a file.
func refusal(ctx context.Context, name string, err error) error {
	var failed *callError
	if !errors.As(err, &failed) {
		if errors.Is(err, context.DeadlineExceeded) {
			return &Refusal{Printer: name, Reason: NoSystem}
		}
		return err
	}
	if errors.Is(err, exec.ErrNotFound) {
		return &Refusal{Printer: name, Reason: NoSystem}
	}
	r := &Refusal{Printer: name, Reason: Failed, Said: failed.said}
	// Without its service lp says that the printer does not exist.
	if says, err := call(ctx, "lpstat", "-r"); err != nil || !strings.Contains(says, "scheduler is running") {
		r.Reason = NoSystem
		return r
	}
	for _, known := range refusals {
		if strings.Contains(failed.said, known.words) {
			r.Reason = known.reason
			break
		}
	}
	return r
}

// glance is the time between two looks at a queue.
const glance = 250 * time.Millisecond

// Outcome follows a job until it ends, its printer stops, or ctx ends; then what
// became of it is untold. A job whose printer stopped is taken back, so that
// printing it again gives one paper and not two. Errors: *Refusal.
func (s *System) Outcome(ctx context.Context, r Receipt) (Outcome, error) {
	last := Outcome{State: Untold}
	if r.id == "" {
		return last, nil
	}
	for {
		now, over, err := s.look(ctx, r)
		if err != nil || over {
			return now, err
		}
		if ctx.Err() == nil {
			last = now
		}
		select {
		case <-ctx.Done():
			return last, nil
		case <-time.After(glance):
		}
	}
}

// look asks once how a job stands, and whether that is its end.
func (s *System) look(ctx context.Context, r Receipt) (Outcome, bool, error) {
	untold := Outcome{State: Untold}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	state, err := stateOfJob(ctx, r.id)
	switch {
	case err != nil:
		return untold, true, nil // the service forgot the job, or does not answer
	case state == jobCompleted:
		return Outcome{State: Printed}, true, nil
	case state == jobCanceled:
		return Outcome{}, true, &Refusal{Printer: r.Printer, Reason: Canceled}
	case state == jobAborted:
		return Outcome{}, true, &Refusal{Printer: r.Printer, Reason: Failed}
	}
	says, err := call(ctx, "lpstat", "-l", "-p", r.Printer)
	if err != nil {
		return untold, false, nil
	}
	if state == jobStopped || strings.HasPrefix(says, "printer "+r.Printer+" disabled") {
		if err := s.Withdraw(ctx, r); err != nil {
			return untold, true, nil // it may still be printed
		}
		return Outcome{}, true, &Refusal{Printer: r.Printer, Reason: Stopped}
	}
	return Outcome{State: Untold, Waits: waitsFor(alertsOf(says))}, false, nil
}

// alertsOf are the words after "Alerts:" in what lpstat says of a printer.
func alertsOf(text string) []string {
	for line := range strings.Lines(text) {
		if words, ok := strings.CutPrefix(strings.TrimSpace(line), "Alerts:"); ok {
			return strings.Fields(words)
		}
	}
	return nil
}

// waitsFor is what a printer waits for, by its state reasons (RFC 8011 §5.4.12).
func waitsFor(alerts []string) Reason {
	for _, word := range alerts {
		switch {
		case strings.HasPrefix(word, "media-empty"), strings.HasPrefix(word, "media-needed"):
			return NeedsPaper
		case strings.HasPrefix(word, "media-jam"), strings.HasPrefix(word, "cover-open"), strings.HasPrefix(word, "door-open"),
			strings.HasPrefix(word, "toner-empty"), strings.HasPrefix(word, "marker-supply-empty"), strings.HasPrefix(word, "offline"):
			return NeedsHand
		}
	}
	return ""
}

// Withdraw takes a job back, if it is not printed yet.
func (s *System) Withdraw(ctx context.Context, r Receipt) error {
	if r.id == "" {
		return nil
	}
	if _, err := call(ctx, "cancel", r.id); err != nil {
		return fmt.Errorf("taking a job back: %w", err)
	}
	return nil
}

// Open shows a file in the program the system has for it.
func (s *System) Open(ctx context.Context, path string) error {
	if _, err := call(ctx, "xdg-open", path); err != nil {
		return &Refusal{Reason: NoProgram}
	}
	return nil
}
