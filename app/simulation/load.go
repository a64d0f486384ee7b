package simulation

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"madoguchi/rules"
)

//go:embed scenarios/*.json
var shippedFiles embed.FS

// Fault is one thing wrong with a scenario, in developer English with its place.
type Fault struct {
	File   string `json:"file"`
	Line   int    `json:"line"` // 1-based; 0 for the whole file
	Reason string `json:"reason"`
}

// Error writes file:line: reason.
func (f Fault) Error() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.File, f.Reason)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Reason)
}

// Faults are all the faults of a folder, in the order of its files.
type Faults []Fault

// Error lists them, one a line.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// ErrIDTaken means that another scenario has the name that a new one was to have.
var ErrIDTaken = errors.New("another scenario has this name")

// ErrNoScenario means that no scenario has the name asked for.
var ErrNoScenario = errors.New("no such scenario")

// Library is a set of scenarios in a fixed order: those shipped, by the number
// their file names begin with, then those of the trainer.
type Library struct {
	scenarios []*Scenario
	faults    Faults
}

// Shipped are the scenarios that come with the program, to which others can be added.
func Shipped() (*Library, error) {
	all, err := shippedScenarios()
	return &Library{scenarios: slices.Clone(all)}, err
}

// shippedScenarios reads them once: nobody changes a scenario.
var shippedScenarios = sync.OnceValues(func() ([]*Scenario, error) {
	sub, err := fs.Sub(shippedFiles, "scenarios")
	if err != nil {
		return nil, fmt.Errorf("opening the scenarios: %w", err)
	}
	l := &Library{}
	if err := l.Add(sub, ""); err != nil {
		return nil, err
	}
	return l.scenarios, nil
})

// Faults are those of the files that Add left out.
func (l *Library) Faults() Faults { return slices.Clone(l.faults) }

// Add reads every .json file of a folder, which faults name as folder. A file with
// a fault is left out and keeps no other from being added; the error is the Faults
// of all that were.
func (l *Library) Add(fsys fs.FS, folder string) error {
	names, err := fs.Glob(fsys, "*.json")
	if err != nil {
		return fmt.Errorf("listing scenarios: %w", err)
	}
	slices.Sort(names)
	var faults Faults
	for _, name := range names {
		faults = append(faults, l.add(fsys, name, path.Join(folder, name))...)
	}
	l.faults = append(l.faults, faults...)
	if len(faults) > 0 {
		return faults
	}
	return nil
}

// add reads one file, which faults name as file, and adds its scenario if it has none.
func (l *Library) add(fsys fs.FS, name, file string) Faults {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return Faults{{File: file, Reason: err.Error()}}
	}
	s, faults := ParseScenario(file, data)
	if s == nil || len(faults) > 0 {
		return faults
	}
	if _, err := l.Find(s.ID); err == nil {
		return Faults{{File: file, Reason: fmt.Sprintf("another scenario is called %q", s.ID)}}
	}
	l.scenarios = append(l.scenarios, s)
	return nil
}

// All lists the scenarios in their order.
func (l *Library) All() []*Scenario { return slices.Clone(l.scenarios) }

// Find gives one scenario; the error wraps ErrNoScenario.
func (l *Library) Find(id ScenarioID) (*Scenario, error) {
	for _, s := range l.scenarios {
		if s.ID == id {
			return s, nil
		}
	}
	return nil, fmt.Errorf("%w: %q", ErrNoScenario, id)
}

// Listed is a scenario as lists show it (contracts §5).
type Listed struct {
	ID           ScenarioID           `json:"id"`
	Title        string               `json:"title"`
	Municipality rules.MunicipalityID `json:"municipality"`
	Procedure    rules.Procedures     `json:"procedure"`
	Level        int                  `json:"level"`
}

// List is the list of the scenarios.
func (l *Library) List() []Listed {
	out := make([]Listed, 0, len(l.scenarios))
	for _, s := range l.scenarios {
		out = append(out, Listed{s.ID, s.Title, s.Municipality, s.Procedure, s.Level})
	}
	return out
}

// ParseScenario reads one scenario and checks all that can be checked without a
// rule set. A file that is no JSON gives no scenario.
func ParseScenario(file string, data []byte) (*Scenario, Faults) {
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // as Windows editors save it
	s := &Scenario{file: path.Base(file)}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(s); err != nil {
		return nil, Faults{{File: file, Line: lineOfError(data, dec, err), Reason: err.Error()}}
	}
	c := &checker{file: file, data: data, scenario: s}
	c.check()
	return s, c.faults
}

// lineOfError finds the line a decoding error is about.
func lineOfError(data []byte, dec *json.Decoder, err error) int {
	offset := dec.InputOffset()
	var syntax *json.SyntaxError
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case errors.As(err, &wrongType):
		offset = wrongType.Offset
	}
	if name, found := strings.CutPrefix(err.Error(), "json: unknown field "); found {
		if at := bytes.Index(data, []byte(name)); at >= 0 {
			offset = int64(at)
		}
	}
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}
