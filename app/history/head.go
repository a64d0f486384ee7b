package history

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// headFile keeps, outside the database, where the chain of events ends, so that
// cutting off its end shows. It has two slots that are written in turn: one of
// them is whole even when the power goes. It is written after the commit, so it
// can lag behind the database by an event, and never runs ahead of it.
type headFile struct {
	path string
	file *os.File
}

// headMark is the content of a slot.
type headMark struct {
	Seq        int64  `json:"seq"`
	MAC        string `json:"mac"`
	ChainKey   uint32 `json:"chainKey"`
	Office     string `json:"office,omitempty"`
	FiscalYear int    `json:"fiscalYear,omitempty"`
	Serial     int64  `json:"serial,omitempty"` // last case number given, so that a restore gives none twice
	Check      string `json:"check"`
}

const slotBytes = 512

func headPath(database string) string { return database + ".head" }

func (v *vault) headCheck(m headMark) (string, error) {
	mac, err := v.linkMAC(m.ChainKey, []byte("head"), v.id, num(m.Seq), []byte(m.MAC), []byte(m.Office), num(int64(m.FiscalYear)), num(m.Serial))
	return hex.EncodeToString(mac), err
}

// read returns the newest whole slot; ok is false when there is none.
func (h *headFile) read(v *vault) (best headMark, ok bool, err error) {
	f, err := os.Open(h.path)
	if errors.Is(err, fs.ErrNotExist) {
		return best, false, nil
	}
	if err != nil {
		return best, false, fmt.Errorf("opening head: %w", err)
	}
	defer func() { _ = f.Close() }() // only read from
	data, err := io.ReadAll(io.LimitReader(f, 2*slotBytes))
	if err != nil {
		return best, false, fmt.Errorf("reading head: %w", err)
	}
	for at := 0; at < len(data); at += slotBytes {
		var m headMark
		slot := bytes.TrimRight(data[at:min(at+slotBytes, len(data))], " \n\x00")
		if json.Unmarshal(slot, &m) != nil {
			continue
		}
		if check, err := v.headCheck(m); err == nil && check == m.Check && (!ok || m.Seq > best.Seq) {
			best, ok = m, true
		}
	}
	return best, ok, nil
}

// write puts a mark into the slot that is its turn.
func (h *headFile) write(v *vault, m headMark) error {
	var err error
	if m.Check, err = v.headCheck(m); err != nil {
		return err
	}
	data, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("writing head: %w", err)
	}
	slot := append(bytes.Repeat([]byte(" "), slotBytes-1), '\n')
	copy(slot, data)
	if h.file == nil {
		if h.file, err = os.OpenFile(h.path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
			return fault(h.path, fmt.Errorf("opening head: %w", err))
		}
	}
	if _, err := h.file.WriteAt(slot, m.Seq%2*slotBytes); err != nil {
		return fault(h.path, fmt.Errorf("writing head: %w", err))
	}
	return nil
}

// lay makes the file with room for both slots when it is not there, so that a
// full disk cannot keep a mark from being written, and a program that ends
// after its first event leaves no chain without a head.
func (h *headFile) lay(v *vault) error {
	if _, err := os.Stat(h.path); err == nil {
		return nil
	}
	blank := bytes.Repeat([]byte(" "), 2*slotBytes)
	if err := writeFile(h.path, blank); err != nil {
		return err
	}
	return h.write(v, headMark{ChainKey: v.link.PrimaryID})
}

// putAside keeps a head that disagrees with the chain, as evidence, beside those
// that were put aside before.
func (h *headFile) putAside(now time.Time) error {
	if _, err := os.Stat(h.path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	aside, err := claimName(h.path+"."+now.In(japan).Format("20060102T150405"), "")
	if err != nil {
		return err
	}
	if err := os.Rename(h.path, aside); err != nil {
		return fault(h.path, fmt.Errorf("keeping head: %w", err))
	}
	return nil
}

func (h *headFile) close() error {
	if h == nil || h.file == nil {
		return nil
	}
	err := errors.Join(h.file.Sync(), h.file.Close())
	h.file = nil
	return err
}
