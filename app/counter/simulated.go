package counter

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"time"

	"madoguchi/app/simulation"
	"madoguchi/reader"
	"madoguchi/reader/simcard"
)

// SimulatedReader is the name of the reader that simulated cards lie on.
const SimulatedReader = "Simulated Reader 00 00"

// Scenarios are the scenarios that ship with the program and those the trainer
// wrote into the data folder. One of the latter that cannot be used is left out
// and named by the library's faults.
func (f Folder) Scenarios() (*simulation.Library, error) {
	library, err := simulation.Shipped()
	if err != nil {
		return nil, fmt.Errorf("loading the scenarios: %w", err)
	}
	own := f.OwnScenarios()
	if _, err := os.Stat(own); errors.Is(err, fs.ErrNotExist) {
		return library, nil
	}
	var faults simulation.Faults
	if err := library.Add(os.DirFS(own), filepath.ToSlash(own)); err != nil && !errors.As(err, &faults) {
		return nil, fmt.Errorf("loading the scenarios of %s: %w", own, err)
	}
	return library, nil
}

// OwnScenarios is the folder of scenarios a trainer wrote.
func (f Folder) OwnScenarios() string { return f.join("simulation", "scenarios") }

// OwnCourses is the folder of courses a trainer wrote.
func (f Folder) OwnCourses() string { return f.join("simulation", "courses") }

// scenario finds a scenario. The error for one that cannot be used is its faults.
func (f Folder) scenario(id string) (*simulation.Scenario, error) {
	library, err := f.Scenarios()
	if err != nil {
		return nil, err
	}
	s, err := library.Find(simulation.ScenarioID(id))
	if err == nil {
		return s, nil
	}
	faults := slices.DeleteFunc(library.Faults(), func(f simulation.Fault) bool { return path.Base(f.File) != id+".json" })
	if len(faults) > 0 {
		return nil, faults
	}
	return nil, err
}

// simulatedCard makes the card of a scenario, as it is on the scenario's day.
func simulatedCard(s *simulation.Scenario) (*simcard.Card, error) {
	year, month, day := s.On.Split()
	noon := time.Date(year, time.Month(month), day, 12, 0, 0, 0, japan())
	card, err := simcard.New(s.Card, noon)
	if err != nil {
		return nil, fmt.Errorf("making the card of scenario %s: %w", s.ID, err)
	}
	return card, nil
}

// putOn makes a service in software with one reader and the card on it.
func putOn(card *simcard.Card) *reader.Software {
	service := reader.NewSoftware(SimulatedReader)
	service.Insert(SimulatedReader, card)
	return service
}

// Scenarios are the scenarios this counter can train with.
func (c *Counter) Scenarios() (*simulation.Library, error) { return c.real.Scenarios() }

// PlugCard puts the scenario's card into the virtual reader of a real PC/SC
// daemon, at an address such as simcard.DefaultAddress, until ctx ends. The error
// is an *UnreachableError when no daemon waits there.
func (c *Counter) PlugCard(ctx context.Context, address string) error {
	if c.card == nil {
		return errNotSimulated
	}
	if err := simcard.Plug(ctx, address, c.card); err != nil {
		return &UnreachableError{Address: address, Err: err}
	}
	return nil
}

var errNotSimulated = errors.New("only a simulated card can be put into a virtual reader")

// UnreachableError is a virtual reader that does not answer.
type UnreachableError struct {
	Address string
	Err     error
}

func (e *UnreachableError) Error() string {
	return "virtual reader " + e.Address + ": " + e.Err.Error()
}

// Unwrap gives the reason.
func (e *UnreachableError) Unwrap() error { return e.Err }
