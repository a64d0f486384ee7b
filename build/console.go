package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// consoleStages do the counter's job with the console program: the same code
// as behind the window, without one. It is built without cgo, so nothing but
// Go is needed; only a real reader would want more.
func consoleStages(demo demonstration) []stage {
	program := executable(binDir + "/madoctl")
	return []stage{
		{
			Name:  "program",
			About: "the console program",
			Steps: []step{{
				Command: []string{"go", "build", "-o", program, "./app/madoctl"},
				Env:     []string{"CGO_ENABLED=0"},
			}},
		}, {
			Name:  "counter",
			About: "read the card, decide, print, store",
			Steps: []step{{
				Title: "the job of one visit",
				Check: func(s *site) error { return s.serveVisitor(s.path(program), demo) },
			}},
		},
	}
}

// A visit is one run of the counter's job on the console.
type visit struct {
	*site
	program string
	data    string
	demo    demonstration
}

// serveVisitor does the counter's job and names every file it wrote.
func (s *site) serveVisitor(program string, demo demonstration) error {
	v := visit{site: s, program: program, data: s.path(runData), demo: demo}
	if err := os.MkdirAll(v.data, 0o700); err != nil {
		return fmt.Errorf("making the data folder: %w", err)
	}
	for _, do := range []func() error{v.readCard, v.decide, v.serveEach} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// readCard reads the simulated card and says what it found.
func (v visit) readCard() error {
	var card struct {
		Reader string
		Card   struct{ Kind, Token string }
		PINs   []struct {
			Kind, State string
			Remaining   *int
		}
		Commands int
	}
	if err := v.ask(&card, "card", "status", "--scenario", v.demo.scenario); err != nil {
		return fmt.Errorf("reading the simulated card: %w", err)
	}
	v.say("\nRead the simulated card of scenario %s on %q with %d commands: %s.", v.demo.scenario, card.Reader, card.Commands, card.Card.Kind)
	for _, pin := range card.PINs {
		left := "unknown"
		if pin.Remaining != nil {
			left = fmt.Sprint(*pin.Remaining)
		}
		v.say("  PIN %-22s %-8s tries left: %s", pin.Kind, pin.State, left)
	}
	return nil
}

// decide makes the plan and says what came out.
func (v visit) decide() error {
	var answer json.RawMessage
	if err := v.ask(&answer, "decide", "--situation", v.demo.situation); err != nil {
		return fmt.Errorf("deciding: %w", err)
	}
	plans, err := plansOf(answer)
	if err != nil {
		return fmt.Errorf("reading the plan: %w", err)
	}
	for _, plan := range plans {
		visits := fmt.Sprint(plan.Visits)
		if plan.Visits == 0 {
			visits = "a number the source does not give"
		}
		v.say("\nDecided for %s: %s (%s), visit %d of %s, %d things to bring.",
			plan.Municipality, plan.Outcome, plan.Status, plan.Visit, visits, len(plan.Requirements))
		for _, r := range plan.Requirements {
			v.say("  bring: %s", r.ID)
		}
	}
	return nil
}

// serveEach prints and stores every situation of the input: one visitor, or one
// for each of several holders.
func (v visit) serveEach() error {
	data, err := os.ReadFile(v.demo.situation)
	if err != nil {
		return fmt.Errorf("reading the situation: %w", err)
	}
	list, err := situationsOf(data)
	if err != nil {
		return err
	}
	for i, one := range list {
		name := "checklist.pdf"
		if i > 0 {
			name = fmt.Sprintf("checklist-%d.pdf", i+1)
		}
		if err := v.printChecklist(one, filepath.Join(v.data, name)); err != nil {
			return err
		}
		if err := v.storeOne(one); err != nil {
			return err
		}
	}
	return v.nameHistory()
}

// printChecklist writes the checklist of one situation and names the file.
func (v visit) printChecklist(situation json.RawMessage, pdf string) error {
	file := filepath.Join(v.data, "situation.json")
	if err := os.WriteFile(file, situation, 0o600); err != nil {
		return fmt.Errorf("writing the situation: %w", err)
	}
	defer os.Remove(file)
	if err := v.ask(nil, "print", "checklist", "--situation", file, "-o", pdf); err != nil {
		return fmt.Errorf("printing the checklist: %w", err)
	}
	v.say("\nPrinted the checklist:")
	return v.name(pdf)
}

// nameHistory names the files in which the cases are.
func (v visit) nameHistory() error {
	v.say("The history:")
	files, err := historyFiles(v.data)
	if err != nil {
		return err
	}
	for _, file := range files {
		if err := v.name(file); err != nil {
			return err
		}
	}
	return nil
}

// storeOne stores one situation as a case and names the file that says so.
func (v visit) storeOne(situation json.RawMessage) error {
	file := filepath.Join(v.data, "case.json")
	person := map[string]any{"name": "見本 太郎"}
	data, err := json.Marshal(map[string]any{"situation": situation, "holder": person})
	if err != nil {
		return fmt.Errorf("writing the case: %w", err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return fmt.Errorf("writing the case: %w", err)
	}
	defer os.Remove(file)
	var stored struct{ CaseNumber string }
	if err := v.ask(&stored, "cases", "add", "--case", file); err != nil {
		return fmt.Errorf("storing the case: %w", err)
	}
	if stored.CaseNumber == "" {
		return errors.New("storing the case: no case number came back")
	}
	v.say("\nStored case %s.", stored.CaseNumber)
	return nil
}

// ask runs the console program on the training data and reads its JSON. What
// it says to people is passed on.
func (v visit) ask(answer any, args ...string) error {
	call := append([]string{v.program, "--simulation", "--data", v.data, "--json"}, args...)
	var out bytes.Buffer
	cmd := v.command(step{Command: call})
	cmd.Stdout, cmd.Stderr = &out, v.out
	if err := v.wait(cmd); err != nil || answer == nil {
		return err
	}
	if err := json.Unmarshal(out.Bytes(), answer); err != nil {
		return fmt.Errorf("reading the answer of %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// name prints the full path of a file alone on a line; it must be there.
func (v visit) name(file string) error {
	if info, err := os.Stat(file); err != nil || info.Size() == 0 {
		return fmt.Errorf("%s was not written", file)
	}
	v.say("%s", file)
	return nil
}

// A plan is the part of a decision that is told on the console.
type plan struct {
	Municipality, Status, Outcome string
	Visit, Visits                 int
	Requirements                  []struct{ ID string }
}

// plansOf reads the plan of one situation, or of each in a list.
func plansOf(data []byte) ([]plan, error) {
	var many struct{ Plans []plan }
	if err := json.Unmarshal(data, &many); err == nil && len(many.Plans) > 0 {
		return many.Plans, nil
	}
	var list []plan
	if err := json.Unmarshal(data, &list); err == nil {
		return list, nil
	}
	var one plan
	if err := json.Unmarshal(data, &one); err != nil {
		return nil, err
	}
	return []plan{one}, nil
}

// situationsOf splits the input into its situations: one, or a list.
func situationsOf(data []byte) ([]json.RawMessage, error) {
	var list []json.RawMessage
	if err := json.Unmarshal(data, &list); err == nil {
		return list, nil
	}
	var one json.RawMessage
	if err := json.Unmarshal(data, &one); err != nil {
		return nil, fmt.Errorf("reading the situation: %w", err)
	}
	return []json.RawMessage{one}, nil
}

// historyFiles lists the databases below a data folder.
func historyFiles(data string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(data, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && (strings.HasSuffix(path, ".db") || strings.HasSuffix(path, ".sqlite")) {
			files = append(files, path)
		}
		return err
	})
	if err == nil && len(files) == 0 {
		err = errors.New("no history was written")
	}
	return files, err
}
