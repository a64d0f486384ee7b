package counter

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"madoguchi/rules"
)

// Options is what a program hands to the counter when it opens it.
type Options struct {
	Data       string                 // data folder; empty: DefaultFolder
	Simulation bool                   // training: another history, simulated cards only
	Scenario   string                 // simulated card on the reader; empty in simulation: "standard"
	Now        func() time.Time       // the clock; nil: time.Now
	Operator   string                 // who is at the counter, as the history names them
	Version    string                 // version of the program, kept with every case
	Passphrase func() ([]byte, error) // of the history's key where the system has no key store; nil: none
	Warnings   io.Writer              // sentences for people that stop nothing; nil: nowhere
}

// Counter is one open counter. It is safe for use by several goroutines.
type Counter struct {
	options  Options
	real     Folder // settings and rule sets, also in simulation
	folder   Folder // what this counter writes
	settings Settings
}

// Open reads settings and rule sets. It writes nothing: the data folder is made
// by the first call that stores something, so that deciding works on a folder
// that cannot be written to. Errors: *SettingsError, or faults of an added rule set.
func Open(ctx context.Context, o Options) (*Counter, error) {
	o = o.withDefaults()
	c := &Counter{options: o, real: Folder(o.Data), folder: Folder(o.Data)}
	if o.Simulation {
		c.folder = c.real.Simulation()
	}
	settings, err := c.real.LoadSettings()
	if err != nil {
		return nil, err
	}
	c.settings = settings
	return c, ctx.Err()
}

func (o Options) withDefaults() Options {
	if o.Data == "" {
		o.Data = string(DefaultFolder())
	}
	if abs, err := filepath.Abs(o.Data); err == nil {
		o.Data = abs
	}
	if o.Simulation && o.Scenario == "" {
		o.Scenario = "standard"
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Warnings == nil {
		o.Warnings = io.Discard
	}
	return o
}

// Close releases the history and the reader.
func (c *Counter) Close() error { return nil }

// Folder is where this counter writes: in simulation the training folder.
func (c *Counter) Folder() Folder { return c.folder }

// Simulation reports whether this counter is for training.
func (c *Counter) Simulation() bool { return c.options.Simulation }

// Settings are the office's settings, those of the real folder in simulation too.
func (c *Counter) Settings() Settings { return c.settings }

// Today is the civil date in Japan, which the clock of the PC may not be in.
func (c *Counter) Today() rules.Date {
	now := c.options.Now().In(time.FixedZone("JST", 9*60*60))
	d, _ := rules.NewDate(now.Year(), int(now.Month()), now.Day())
	return d
}

// errNotWired stands for parts that are still to be joined.
var errNotWired = errors.New("this part is not joined yet")
