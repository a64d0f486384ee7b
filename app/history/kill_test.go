package history

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// killRounds is how often a working program is killed; go test -short does a tenth.
const killRounds = 200

// TestKilledAtAnyMomentNothingAcknowledgedIsLost lets a child process add and
// advance cases as fast as it can, printing what was acknowledged, and kills it
// at a random moment; then everything it printed must be there. (A kill is not a
// power cut: that the disk keeps what was synced is the disk's promise.)
func TestKilledAtAnyMomentNothingAcknowledgedIsLost(t *testing.T) {
	withoutRaces(t)
	rounds := killRounds
	if testing.Short() {
		rounds /= 10
	}
	path := filepath.Join(t.TempDir(), "history.db")
	random := rand.New(rand.NewPCG(2026, 11))
	acknowledged := map[Number]State{}
	lines := 0
	for round := range rounds {
		atStart := round%5 == 0 // every fifth child is killed while it opens the history
		lines += killOnce(t, path, time.Duration(random.IntN(30000))*time.Microsecond, atStart, acknowledged)
		if round%20 == 19 || round == rounds-1 {
			checkAcknowledged(t, path, acknowledged)
		}
	}
	t.Logf("%d kills, %d acknowledged actions, %d cases", rounds, lines, len(acknowledged))
	if lines < rounds {
		t.Errorf("only %d actions were acknowledged in %d rounds", lines, rounds)
	}
}

// killOnce runs the child, kills it a while after its first acknowledged action,
// or after its start, and notes what it printed.
func killOnce(t *testing.T, path string, after time.Duration, atStart bool, acknowledged map[Number]State) int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestChildWorksUntilKilled$")
	child.Env = append(os.Environ(), "MADOGUCHI_CHILD="+path)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaints strings.Builder
	child.Stderr = &complaints
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	kill := func() { _ = child.Process.Kill() }
	if atStart {
		time.AfterFunc(after, kill)
	}
	lines := 0
	read := bufio.NewScanner(out)
	for read.Scan() {
		number, state, ok := strings.Cut(read.Text(), " ")
		if !ok {
			t.Fatalf("the child says %q", read.Text())
		}
		acknowledged[Number(number)] = State(state)
		lines++
		if lines == 1 && !atStart {
			time.AfterFunc(after, kill)
		}
	}
	if err := child.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		t.Fatalf("the child ended by itself: %v %s", err, complaints.String())
	}
	return lines
}

func checkAcknowledged(t *testing.T, path string, acknowledged map[Number]State) {
	t.Helper()
	s, err := Open(context.Background(), childOptions(path))
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Verify(context.Background())
	if err != nil || !report.OK {
		t.Errorf("after the kills: %+v, %v", report, err)
	}
	for n, state := range acknowledged {
		k, err := s.Show(context.Background(), n)
		if err != nil {
			t.Fatalf("acknowledged case %s: %v", n, err)
		}
		// The child may have gone one step further without having said so.
		if k.State != state && !slices.Contains(state.Next(), k.State) {
			t.Errorf("case %s was acknowledged as %s and is %s", n, state, k.State)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func childOptions(path string) Options {
	return Options{Path: path, Key: FileKey{Path: path + ".key"}, Clock: func() time.Time { return noon },
		Operator: func() Operator { return Operator{ID: "child", Role: Supervisor} }, Program: "test", Office: "KG", Patience: 2 * time.Second}
}

// TestChildWorksUntilKilled is no test: it is the child of the one above.
func TestChildWorksUntilKilled(t *testing.T) {
	path := os.Getenv("MADOGUCHI_CHILD")
	if path == "" {
		t.Skip("is run by TestKilledAtAnyMomentNothingAcknowledgedIsLost")
	}
	s, err := Open(context.Background(), childOptions(path))
	if err != nil {
		t.Fatal(err)
	}
	for {
		n, err := s.Add(context.Background(), sampleCase())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Println(n, Opened)
		for _, to := range []State{Decided, LetterMade, Mailed} {
			if _, err := s.Advance(context.Background(), n, Step{To: to}); err != nil {
				t.Fatal(err)
			}
			fmt.Println(n, to)
		}
	}
}

// A restore that is interrupted leaves either history, whole.
func TestAnInterruptedRestoreLeavesOneWholeHistory(t *testing.T) {
	d := newDesk(t)
	old := d.add(sampleCase())
	backup := filepath.Join(t.TempDir(), "b.db")
	if _, err := d.s.Backup(context.Background(), backup); err != nil {
		t.Fatal(err)
	}
	d.add(sampleCase())
	d.close()
	ready := restoringPath(d.o.Path)
	prepare := func() {
		if err := copyFile(backup, ready); err != nil {
			t.Fatal(err)
		}
		if _, err := makeReady(context.Background(), d.o, ready, nil); err != nil {
			t.Fatal(err)
		}
	}
	// Before the exchange: the history that was there.
	prepare()
	d.open()
	if r := d.verify(); !r.OK || r.Cases != 2 {
		t.Errorf("interrupted before the exchange: %+v", r)
	}
	d.close()
	if _, err := os.Stat(ready); !errors.Is(err, os.ErrNotExist) {
		t.Error("the unfinished restore is not cleared away")
	}
	// Between database and head: the restored one.
	prepare()
	if err := os.Rename(ready, d.o.Path); err != nil {
		t.Fatal(err)
	}
	d.open()
	if r := d.verify(); !r.OK || r.Cases != 1 {
		t.Errorf("interrupted within the exchange: %+v", r)
	}
	d.show(old)
}

// withoutRaces leaves a test that starts programs, and races with none of them, to
// the run without the race detector: it would only be slower here.
func withoutRaces(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("run without -race: the unit tests do so next")
	}
}
