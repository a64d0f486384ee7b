package app

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"madoguchi/app/counter"
	"madoguchi/app/history"
)

// aDesk is a window on a folder, as a Windows session of its own would open it.
func aDesk(t *testing.T, data string) *office {
	t.Helper()
	o := newOffice(startOptions{data: data, simulation: true, scenario: "standard"})
	o.show(heardEvents{make(chan CardView, 16)})
	o.open(t.Context())
	t.Cleanup(o.close)
	return o
}

// A second session on the same data is told at once who holds it; it decides and
// shows, keeps nothing, and leaves the first one's draft alone.
func TestASecondSessionIsToldWhoHoldsTheData(t *testing.T) {
	data := t.TempDir()
	first := aDesk(t, data)
	if v := (&Desk{first}).Start(); v.Notice != nil {
		t.Fatalf("the first is told %+v", v.Notice)
	}
	asked := Asked{Answers: []Answer{{"procedure", "certificate-renewal"}, {"visitor.kind", "holder"}}}
	if err := (&Desk{first}).KeepDraft(asked); err != nil {
		t.Fatal(err)
	}
	second := aDesk(t, data)
	v := (&Desk{second}).Start()
	if !v.Ready || v.Notice == nil || v.Notice.Code != string(history.FaultHeld) || v.Restored || len(v.Asked.Answers) != 0 {
		t.Fatalf("the second starts with %+v", v)
	}
	for _, word := range []string{"窓口ナビ " + counter.Version, "利用者 ", "から"} {
		if !strings.Contains(v.Notice.Title, word) {
			t.Errorf("%q does not say %q", v.Notice.Title, word)
		}
	}
	if view, err := (&Desk{second}).Decide(asked); err != nil || view.Plan.Outcome == "" {
		t.Errorf("the second cannot decide: %v", err)
	}
	if err := (&Desk{second}).KeepDraft(Asked{}); err != nil {
		t.Error(err)
	}
	if _, ok := draft(first.actions.Folder()); !ok {
		t.Error("the second removed the first one's draft")
	}
	first.close()
	second.reopen(second.started())
	if v := (&Desk{second}).Start(); v.Notice != nil || !v.Restored {
		t.Errorf("after the first has closed: %+v", v)
	}
}

// What keeps cases from being kept is said at the start, not after the visitor.
func TestTheStartSaysWhyNothingCanBeKept(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "simulation"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o := aDesk(t, data)
	v := (&Desk{o}).Start()
	if !v.Ready || v.Notice == nil || v.Notice.Code != "folder-read-only" || !errors.Is(o.barrier(), counter.ErrFolderNotWritable) {
		t.Errorf("got %+v", v)
	}
}

// forwardEvents counts how often the window was called to the front.
type forwardEvents struct {
	heardEvents
	called *int
}

func (f forwardEvents) comeForward() { *f.called++ }

// startAgain calls what the toolkit calls for a second start.
func startAgain[Start any](launched func(Start)) {
	var start Start
	launched(start)
}

// A second start in the same session brings the first window to the front; it
// opens nothing of its own.
func TestASecondStartBringsTheFirstForward(t *testing.T) {
	called := 0
	o := newOffice(startOptions{data: t.TempDir(), simulation: true, scenario: "standard"})
	lock := singleInstance(o.started(), o)
	startAgain(lock.OnSecondInstanceLaunch) // the window is not there yet
	o.show(forwardEvents{heardEvents{make(chan CardView, 16)}, &called})
	o.open(t.Context())
	defer o.close()
	startAgain(lock.OnSecondInstanceLaunch)
	if called != 1 {
		t.Errorf("called to the front %d times, want once", called)
	}
	if other := singleInstance(startOptions{data: o.started().data}, o); other.UniqueId == lock.UniqueId {
		t.Error("training and real work are one program to the lock")
	}
}
