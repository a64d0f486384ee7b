package counter

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"madoguchi/app/forms"
	"madoguchi/app/simulation"
	"madoguchi/reader"
	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// Version is the version of the program, kept with every case.
const Version = "0.1.0"

// Options is what a program hands to the counter when it opens it.
type Options struct {
	Data           string           // data folder; empty: DefaultFolder
	Simulation     bool             // training: another history, simulated cards only
	Scenario       string           // simulated card on the reader, and so Simulation; empty in simulation: "standard"
	RealReader     bool             // with Simulation: a reader exercise, on the real reader; nothing else changes
	Now            func() time.Time // the clock; nil: time.Now
	Operator       string           // who is at the counter, as the history names them
	Role           string           // what they may do, unless the policy fixes it; empty: as the settings say
	Version        string           // version of the program, kept with every case; empty: Version
	PassphraseFile string           // file with the passphrase of the history's key; empty: none
	Warnings       io.Writer        // sentences for people that stop nothing; nil: nowhere
}

// Counter is one open counter. It is safe for use by several goroutines.
type Counter struct {
	options  Options
	real     Folder // settings and rule sets, also in simulation
	folder   Folder // what this counter writes
	settings Settings
	catalog  *catalog
	cards    cards
	scenario *simulation.Scenario // in simulation
	card     *simcard.Card        // in simulation
	software *reader.Software     // its reader, unless a real one is exercised
	stores   stores
	log      *logger

	fontsOnce sync.Once
	fonts     *forms.Fonts
}

// Open reads the settings. It writes nothing: the data folder is made by the
// first call that stores something, so that deciding works on a folder that
// cannot be written to. Errors: *FolderError where the name is another thing's,
// *SettingsError, and in simulation those of the scenario.
func Open(ctx context.Context, o Options) (*Counter, error) {
	o = o.withDefaults()
	c := &Counter{options: o, real: Folder(o.Data), folder: Folder(o.Data)}
	c.catalog = &catalog{added: c.real.Rules()}
	if o.Simulation {
		c.folder = c.real.Simulation()
	}
	if err := c.findCards(); err != nil {
		return nil, err
	}
	if err := errors.Join(refuseIndividualNumber(namedText{"operator", o.Operator}), c.real.check()); err != nil {
		return nil, err
	}
	settings, err := c.real.LoadSettings()
	if err != nil {
		return nil, err
	}
	c.settings = settings
	c.log = newLogger(c.folder.Logs(), o.Now)
	return c, ctx.Err()
}

// findCards takes the machine's readers, or in simulation the scenario's card.
func (c *Counter) findCards() error {
	if !c.options.Simulation {
		c.cards = reader.New(reader.PCSC())
		return nil
	}
	var err error
	if c.scenario, err = c.findScenario(c.options.Scenario); err != nil {
		return err
	}
	if c.card, err = simulatedCard(c.scenario); err != nil {
		return err
	}
	if c.options.RealReader {
		c.cards = reader.New(reader.PCSC())
		return nil
	}
	c.software = putOn(c.card)
	c.cards = reader.New(c.software)
	return nil
}

// warn says something that stops nothing.
func (c *Counter) warn(format string, args ...any) {
	fmt.Fprintf(c.options.Warnings, format+"\n", args...)
}

func (o Options) withDefaults() Options {
	if o.Data == "" {
		o.Data = string(DefaultFolder())
	}
	if abs, err := filepath.Abs(o.Data); err == nil {
		o.Data = abs
	}
	if o.Scenario != "" {
		o.Simulation = true // what a simulated card leads to is never stored among real cases
	}
	if o.Simulation && o.Scenario == "" {
		o.Scenario = "standard"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Version == "" {
		o.Version = Version
	}
	if o.Warnings == nil {
		o.Warnings = io.Discard
	}
	return o
}

// Close releases the history and the reader.
func (c *Counter) Close() error {
	err := c.stores.close()
	c.LogProblem(ProblemOf(err), err)
	return err
}

// Folder is where this counter writes: in simulation the training folder.
func (c *Counter) Folder() Folder { return c.folder }

// Simulation reports whether this counter is for training.
func (c *Counter) Simulation() bool { return c.options.Simulation }

// Settings are the office's settings, those of the real folder in simulation too.
func (c *Counter) Settings() Settings { return c.settings }

// Today is the civil date in Japan, which the clock of the PC may not be in. In
// simulation it is the day the scenario plays on.
func (c *Counter) Today() rules.Date {
	if c.scenario != nil {
		return c.scenario.On
	}
	now := c.options.Now().In(japan())
	d, _ := rules.NewDate(now.Year(), int(now.Month()), now.Day())
	return d
}

// TimeOfDay is the hour at the counter, HH:MM. A scenario has none: it plays at
// any hour.
func (c *Counter) TimeOfDay() string {
	if c.scenario != nil {
		return ""
	}
	return c.options.Now().In(japan()).Format("15:04")
}

// japan is the zone of every civil date.
func japan() *time.Location { return time.FixedZone("JST", 9*60*60) }
