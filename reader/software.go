package reader

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// SoftwareCard is a card in software, such as simcard makes.
type SoftwareCard interface {
	Transport
	ATR() []byte
	// Reset forgets everything selected and verified.
	Reset()
	// Insert puts the card on a reader; Pulled is closed when it is taken off.
	Insert()
	Pulled() <-chan struct{}
	Pull()
}

// Software is a smart-card service in software, with readers, cards and the
// faults of a counter: cards pulled, readers unplugged, the service stopped, the
// card taken or reset by another program. Training runs on it, and the tests.
type Software struct {
	mu      sync.Mutex
	slots   []*slot
	stopped bool
	changed chan struct{} // closed and renewed at every change
	opened  opened
}

// opened counts what clients have open.
type opened struct{ contexts, handles int }

// slot is one reader.
type slot struct {
	name    string
	card    SoftwareCard
	changes int
	taken   bool // by another program, for itself alone
	busy    bool // a transaction of another program is open
	resets  int
	holder  *softwareHandle // who has the transaction
}

// NewSoftware makes a service with readers of the names given, all empty.
func NewSoftware(readerNames ...string) *Software {
	s := &Software{changed: make(chan struct{})}
	for _, name := range readerNames {
		s.slots = append(s.slots, &slot{name: name})
	}
	return s
}

// change changes the service and wakes everybody who waits.
func (s *Software) change(how func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	how()
	close(s.changed)
	s.changed = make(chan struct{})
}

// Plug connects a reader.
func (s *Software) Plug(readerName string) {
	s.change(func() { s.slots = append(s.slots, &slot{name: readerName}) })
}

// Unplug takes a reader away, with the card on it.
func (s *Software) Unplug(readerName string) {
	s.Remove(readerName)
	s.change(func() {
		s.slots = slices.DeleteFunc(s.slots, func(r *slot) bool { return r.name == readerName })
	})
}

// Stop stops the service: every context is dead from now on.
func (s *Software) Stop() { s.change(func() { s.stopped = true }) }

// Start starts the service again.
func (s *Software) Start() { s.change(func() { s.stopped = false }) }

// Insert puts a card on a reader.
func (s *Software) Insert(readerName string, card SoftwareCard) {
	card.Insert()
	s.at(readerName, func(r *slot) { r.card, r.changes, r.holder = card, r.changes+1, nil })
}

// Remove takes the card off a reader.
func (s *Software) Remove(readerName string) {
	s.at(readerName, func(r *slot) {
		if r.card != nil {
			r.card.Pull()
			r.card, r.changes = nil, r.changes+1
		}
	})
}

// Take lets another program hold the card for itself alone, or give it back.
func (s *Software) Take(readerName string, taken bool) {
	s.at(readerName, func(r *slot) { r.taken = taken })
}

// Occupy lets another program keep a transaction open, or end it.
func (s *Software) Occupy(readerName string, busy bool) {
	s.at(readerName, func(r *slot) { r.busy = busy })
}

// ResetCard lets another program, or Windows, reset the card.
func (s *Software) ResetCard(readerName string) {
	s.at(readerName, func(r *slot) {
		if r.card != nil {
			r.card.Reset()
			r.resets++
		}
	})
}

func (s *Software) at(readerName string, how func(*slot)) {
	s.change(func() {
		if r := s.slot(readerName); r != nil {
			how(r)
		}
	})
}

// Open returns how many contexts and cards clients have open.
func (s *Software) Open() (contexts, handles int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened.contexts, s.opened.handles
}

func (s *Software) slot(name string) *slot {
	i := slices.IndexFunc(s.slots, func(r *slot) bool { return r.name == name })
	if i < 0 {
		return nil
	}
	return s.slots[i]
}

// Establish opens a context.
func (s *Software) Establish() (ServiceContext, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return nil, NoService
	}
	s.opened.contexts++
	return &softwareContext{service: s, cancelled: make(chan struct{}, 1), listed: -1}, nil
}

type softwareContext struct {
	service   *Software
	cancelled chan struct{}
	listed    int // readers when they were listed last; -1 before
}

func (c *softwareContext) Readers() ([]string, error) {
	c.service.mu.Lock()
	defer c.service.mu.Unlock()
	if c.service.stopped {
		return nil, NoService
	}
	var names []string
	for _, r := range c.service.slots {
		names = append(names, r.name)
	}
	c.listed = len(names)
	return names, nil
}

func (c *softwareContext) Wait(states []ReaderState, most time.Duration) (bool, error) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	for {
		woken, changed, err := c.look(states)
		if woken || err != nil {
			return woken, err
		}
		select {
		case <-changed:
		case <-timer.C:
			return false, nil
		case <-c.cancelled:
			return false, Interrupted
		}
	}
}

// look fills in the states and says whether one differs from before.
func (c *softwareContext) look(states []ReaderState) (bool, <-chan struct{}, error) {
	s := c.service
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return false, nil, NoService
	}
	woken := c.listed >= 0 && c.listed != len(s.slots)
	for i := range states {
		r := s.slot(states[i].Name)
		if r == nil {
			return false, nil, NoSuchReader
		}
		woken = states[i].see(r) || woken
	}
	return woken, s.changed, nil
}

// see fills in the state of a reader and says whether it differs from before.
func (s *ReaderState) see(r *slot) bool {
	mark := uint32(r.changes)<<16 | 1
	if r.taken {
		mark |= 2
	}
	woken := mark != s.mark
	s.mark, s.Card, s.Taken, s.Changes, s.ATR = mark, r.card != nil, r.taken, r.changes, nil
	s.InUse = r.taken || r.busy || r.holder != nil
	if r.card != nil {
		s.ATR = r.card.ATR()
	}
	return woken
}

func (c *softwareContext) Cancel() error {
	select {
	case c.cancelled <- struct{}{}:
	default:
	}
	return nil
}

func (c *softwareContext) Release() error {
	c.service.mu.Lock()
	defer c.service.mu.Unlock()
	c.service.opened.contexts--
	return nil
}

func (c *softwareContext) Connect(readerName string) (Handle, error) {
	s := c.service
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.slot(readerName)
	switch {
	case s.stopped:
		return nil, NoService
	case r == nil:
		return nil, NoSuchReader
	case r.card == nil:
		return nil, NoCard
	case r.taken:
		return nil, Busy
	}
	s.opened.handles++
	return &softwareHandle{service: s, slot: r, card: r.card, resets: r.resets}, nil
}

type softwareHandle struct {
	service *Software
	slot    *slot
	card    SoftwareCard
	resets  int
}

// state says why the card cannot be reached, if so.
func (h *softwareHandle) state() error {
	switch {
	case h.service.stopped:
		return NoService
	case !slices.Contains(h.service.slots, h.slot):
		return ReaderRemoved
	case h.slot.card != h.card:
		return CardRemoved
	case h.slot.resets != h.resets:
		return CardReset
	}
	return nil
}

func (h *softwareHandle) Begin() error {
	for {
		h.service.mu.Lock()
		err, changed := h.state(), h.service.changed
		free := !h.slot.busy && (h.slot.holder == nil || h.slot.holder == h)
		if err == nil && free {
			h.slot.holder = h
		}
		h.service.mu.Unlock()
		if err != nil || free {
			return err
		}
		<-changed
	}
}

func (h *softwareHandle) Transmit(command []byte) ([]byte, error) {
	h.service.mu.Lock()
	err := h.state()
	h.service.mu.Unlock()
	if err != nil {
		return nil, err
	}
	answer, err := h.card.Transmit(context.Background(), command)
	if err == nil {
		h.service.mu.Lock()
		defer h.service.mu.Unlock()
		return answer, h.state()
	}
	fault := asFault(err)
	if f, _ := FaultOf(fault); f == CardRemoved {
		h.service.at(h.slot.name, func(r *slot) {
			if r.card == h.card {
				r.card, r.changes = nil, r.changes+1
			}
		})
	}
	return nil, fmt.Errorf("transmitting: %w", fault)
}

func (h *softwareHandle) Reconnect() error {
	h.service.mu.Lock()
	defer h.service.mu.Unlock()
	h.resets = h.slot.resets
	return h.state()
}

func (h *softwareHandle) End() error {
	h.service.change(func() {
		if h.slot.holder == h {
			h.slot.holder = nil
		}
	})
	h.service.mu.Lock()
	defer h.service.mu.Unlock()
	return h.state()
}

func (h *softwareHandle) Disconnect(reset bool) error {
	h.service.change(func() {
		h.service.opened.handles--
		if h.slot.holder == h {
			h.slot.holder = nil
		}
		if reset && h.slot.card == h.card {
			h.card.Reset()
			h.slot.resets++
		}
	})
	return nil
}
