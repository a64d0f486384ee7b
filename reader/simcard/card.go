package simcard

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"sync"
	"time"
)

// Removed is the error of a card that was pulled.
type Removed struct{}

// Error says so.
func (Removed) Error() string { return "the simulated card was pulled" }

// CardRemoved marks the error for whoever reads the card in process.
func (Removed) CardRemoved() bool { return true }

// Record is one command as the card saw it.
type Record struct {
	// Command is what came in; the data of VERIFY, CHANGE REFERENCE DATA and
	// CHANGE KEY is replaced by zeros of the same length.
	Command []byte `json:"command"`
	// Answer is what went out; nil where the card was pulled.
	Answer []byte `json:"answer"`
}

// Card is a card in software. Its methods may be called from any goroutine; the
// commands are answered one after another.
type Card struct {
	atr  []byte
	from Description

	mu       sync.Mutex
	apps     map[string]*application
	current  *application
	file     *file
	pending  []byte // rest of a chained answer
	powered  int    // commands since insertion
	removed  bool
	pulled   chan struct{}
	recorded []Record
}

// New makes a card. The clock gives the day its certificates begin from, where
// the description names no day.
func New(d Description, now time.Time) (*Card, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	apps, err := d.applications(now)
	if err != nil {
		return nil, err
	}
	atr, err := d.atr()
	if err != nil {
		return nil, err
	}
	c := &Card{atr: atr, from: d, apps: apps, pulled: make(chan struct{})}
	c.powerUp()
	return c, nil
}

// ATR returns the answer to reset.
func (c *Card) ATR() []byte { return slices.Clone(c.atr) }

// Reset is a warm or cold reset: everything verified or selected is forgotten.
func (c *Card) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.powerUp()
}

// Pull takes the card off the reader. Commands fail until Insert.
func (c *Card) Pull() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pull()
}

func (c *Card) pull() {
	if !c.removed {
		c.removed = true
		close(c.pulled)
	}
}

// Insert puts the card back: counters are kept, everything else begins anew,
// and faults count from the first command again unless they have happened.
func (c *Card) Insert() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.removed {
		c.removed, c.pulled = false, make(chan struct{})
	}
	c.powered = 0
	c.powerUp()
}

// Pulled is closed while the card is off the reader.
func (c *Card) Pulled() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.pulled
}

// Records returns every command since the card was made.
func (c *Card) Records() []Record {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.recorded)
}

// TriesLeft returns the counter of a PIN as the card keeps it, without asking
// the card: for tests and for the score of a drill. The second value is the
// count of the second half of resident-registration.
func (c *Card) TriesLeft(name string) (tries, second int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := func(app string, id uint16) int {
		if a := c.apps[app]; a != nil && a.files[id] != nil && a.files[id].pin != nil {
			return a.files[id].pin.remaining
		}
		return -1
	}
	switch name {
	case Signature:
		return at(appJPKI, 0x001B), -1
	case UserIdentification:
		return at(appJPKI, 0x0018), -1
	case CardInfoInput:
		return at(appInfo, 0x0011), -1
	case ResidentRegistration:
		return at(appRegister, 0x001C), at(appCommon, 0x001C)
	}
	return -1, -1
}

// AnyVerified reports whether a PIN is verified at this moment.
func (c *Card) AnyVerified() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range c.apps {
		for _, f := range a.files {
			if f.pin != nil && f.pin.verified {
				return true
			}
		}
	}
	return false
}

// powerUp forgets the state of the session. The card manager is selected, as
// far as the card has one.
func (c *Card) powerUp() {
	c.forget()
	c.current, c.file, c.pending = c.apps[appManager], nil, nil
}

// forget drops what was verified in every application.
func (c *Card) forget() {
	for _, a := range c.apps {
		for _, f := range a.files {
			if f.pin != nil {
				f.pin.verified = false
			}
		}
	}
}

// Transmit answers one command. It fails with [Removed] where the card is not
// there, and with the context's error where a fault makes it hang.
func (c *Card) Transmit(ctx context.Context, command []byte) ([]byte, error) {
	fault, err := c.begin(ctx)
	if err != nil {
		return nil, err
	}
	if err := c.wait(ctx, fault); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.removed || fault.Kind == Pull {
		c.pull()
		c.record(command, nil)
		return nil, Removed{}
	}
	answer := c.answer(command, fault)
	c.record(command, answer)
	return answer, nil
}

// begin counts the command and finds the fault that belongs to it.
func (c *Card) begin(ctx context.Context) (Fault, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return Fault{}, err
	}
	if c.removed {
		return Fault{}, Removed{}
	}
	c.powered++
	i := slices.IndexFunc(c.from.Faults, func(f Fault) bool { return f.At == c.powered })
	if i < 0 {
		return Fault{}, nil
	}
	fault := c.from.Faults[i]
	c.from.Faults = slices.Delete(slices.Clone(c.from.Faults), i, i+1) // a fault happens once
	return fault, nil
}

// wait lets the time pass that the description asks for.
func (c *Card) wait(ctx context.Context, fault Fault) error {
	delay := time.Duration(c.from.DelayMilliseconds) * time.Millisecond
	if fault.Kind == Slow {
		delay += time.Duration(fault.Milliseconds) * time.Millisecond
	}
	var over <-chan time.Time
	if fault.Kind != Hang {
		if delay == 0 {
			return nil
		}
		timer := time.NewTimer(delay)
		defer timer.Stop()
		over = timer.C
	}
	select {
	case <-over:
		return nil
	case <-c.Pulled():
		return Removed{}
	case <-ctx.Done():
		return ctx.Err()
	}
}

// record keeps a command without what must not be kept.
func (c *Card) record(command, answer []byte) {
	kept := slices.Clone(command)
	if len(kept) > 5 {
		switch kept[1] {
		case insVerify, insChangeReference, insChangeKey:
			clear(kept[5:])
		}
	}
	c.recorded = append(c.recorded, Record{Command: kept, Answer: slices.Clone(answer)})
}

// answer answers a command, with the fault that belongs to it.
func (c *Card) answer(command []byte, fault Fault) []byte {
	switch fault.Kind {
	case Answer:
		return faultStatus(fault.Status)
	case Short:
		return []byte{0x90}
	case Empty:
		return []byte{}
	case Long:
		return append(make([]byte, 256+300), 0x90, 0x00)
	case Garbage:
		return garbage()
	case Reset:
		c.powerUp()
	}
	return c.execute(command)
}

// garbage is 256 bytes that mean nothing, with a good status.
func garbage() []byte {
	b := make([]byte, 258)
	rand.Read(b)
	b[256], b[257] = 0x90, 0x00
	return b
}

// IsRemoved reports whether the error says that the card was pulled.
func IsRemoved(err error) bool { return errors.Is(err, Removed{}) }

// Certificate returns the certificate of a kind as the card keeps it, in DER, or
// nil where it has none: for tests that compare what a client read.
func (c *Card) Certificate(name string) []byte {
	id := uint16(0x0001)
	if name == UserIdentification {
		id = 0x000A
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if a := c.apps[appJPKI]; a != nil && a.files[id] != nil {
		return slices.Clone(a.files[id].data)
	}
	return nil
}
