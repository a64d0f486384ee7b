package forms

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"madoguchi/rules"
)

// LetterFile is the name of a municipality's letter data inside its folder.
const LetterFile = "letter.csv"

// ErrNoLetter means that the municipality's source has no letter, or none for
// this procedure. Another municipality's is never used instead.
var ErrNoLetter = errors.New("the municipality's source has no letter for this")

// Office is what a municipality decided about its letters: a table of keys and
// values in its folder (letter.csv: key, value, source).
//
//	title, addressee                local title of the form, and whom the reply is addressed to
//	sender.name .office .postcode .address .phone .hours
//	word.pin                        what the municipality calls a PIN
//	pins.<procedure>                kind:current|kind:wished …; a procedure without this key has no letter
//	switches                        words that are on: seal official-seal seal-omitted written-by-another
//	                                not-forwarded barcode duplex absence-reason
//	window.x .y .w .h               window in the envelope, from its top left corner, mm
//	slack.x .y                      how far the folded sheet can slide in the envelope, mm
//	replyDays                       days for the reply from the day after the letter's date; empty: asked for each time
//	retention                       retention class printed in the staff box
//	formVersion                     kept in the code and at the foot
//	text.<element id>               a text of the layout in the municipality's own words
type Office struct {
	Municipality rules.MunicipalityID
	Title        string
	PINs         map[rules.Procedure][]PINRow
	Window       Window
	ReplyDays    int // 0: not set
	FormVersion  string
	Superseded   bool // the rule set is for training and archive: its papers say so

	values values
	on     map[string]bool
	texts  map[string]string
}

// PINRow is one row of boxes in the letter.
type PINRow struct {
	Kind   rules.PINKind
	Wished bool // the PIN wished for; else the one set now
}

// Window is the window of an envelope with the room the sheet has in it.
type Window struct {
	X, Y, W, H     float64
	SlackX, SlackY float64
}

// ParseWindow reads a window as it was measured with the ruler page: left, top,
// width and height in millimetres, and then, if it is known, how far the sheet
// slides across and down ("20 18 90 45 25 21"). The slack of a 長形3号 envelope
// stands where it is not.
func ParseWindow(text string) (Window, error) {
	w := Window{SlackX: 25, SlackY: 21}
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '、' || r == '　' })
	if len(words) != 4 && len(words) != 6 {
		return w, fmt.Errorf("a window takes four lengths or six, not %d", len(words))
	}
	for i, to := range []*float64{&w.X, &w.Y, &w.W, &w.H, &w.SlackX, &w.SlackY}[:len(words)] {
		v, err := strconv.ParseFloat(words[i], 64)
		if err != nil || !(v >= 0 && v <= 235) {
			return w, fmt.Errorf("%q is not a length in millimetres", words[i])
		}
		*to = v
	}
	return w, w.check()
}

// check refuses a window that never shows an address, or that lies outside the
// top third of the sheet.
func (w Window) check() error {
	if seen := w.always(); seen.w < 45 || seen.h < 18 {
		return fmt.Errorf("the window always shows only %.0f by %.0f mm of the sheet; an address needs 45 by 18", seen.w, seen.h)
	}
	if w.X+w.W > 235 || w.Y+w.H > 120 {
		return errors.New("the window lies outside the envelope")
	}
	return nil
}

// always is the part of the sheet's top third that the window shows however the
// sheet slides. The sheet lies anywhere from the left edge of the envelope to
// SlackX away from it, and from the top to SlackY.
func (w Window) always() box {
	return box{w.X, w.Y, w.W - w.SlackX, w.H - w.SlackY}
}

// ever is the part that the window may show in some position.
func (w Window) ever() box {
	return box{w.X - w.SlackX, w.Y - w.SlackY, w.W + w.SlackX, w.H + w.SlackY}
}

// officeSwitches are the words that the key switches may hold.
const officeSwitches = "seal official-seal seal-omitted written-by-another not-forwarded barcode duplex absence-reason"

// ReadOffice reads a letter.csv. Every fault is told with its line.
func ReadOffice(id rules.MunicipalityID, data []byte) (*Office, error) {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading %s of %s: %w", LetterFile, id, err)
	}
	o := &Office{
		Municipality: id, PINs: map[rules.Procedure][]PINRow{}, values: values{}, on: map[string]bool{}, texts: map[string]string{},
		Window: Window{SlackX: 25, SlackY: 21},
	}
	var faults []error
	for i, row := range rows[min(1, len(rows)):] {
		if err := o.set(row[0], row[1]); err != nil {
			faults = append(faults, fmt.Errorf("%s/%s line %d: %w", id, LetterFile, i+2, err))
		}
	}
	return o, errors.Join(append(faults, o.check())...)
}

// set takes one row.
func (o *Office) set(key, value string) error {
	name, rest, _ := strings.Cut(key, ".")
	switch {
	case key == "title":
		o.Title = value
	case key == "formVersion":
		o.FormVersion = value
	case key == "switches":
		return o.setSwitches(value)
	case key == "replyDays":
		return setInt(&o.ReplyDays, value)
	case name == "window" || name == "slack":
		return o.setWindow(key, value)
	case name == "pins":
		return o.setPINs(rules.Procedure(rest), value)
	case name == "text":
		o.texts[rest] = value
	case name == "sender" || key == "addressee" || key == "retention" || key == "word.pin":
		o.values[key] = value
	default:
		return fmt.Errorf("unknown key %q", key)
	}
	return nil
}

func (o *Office) setSwitches(value string) error {
	for _, word := range strings.Fields(value) {
		if !slices.Contains(strings.Fields(officeSwitches), word) {
			return fmt.Errorf("unknown switch %q", word)
		}
		o.on[word] = true
	}
	return nil
}

func setInt(to *int, value string) error {
	if value == "" {
		return nil
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return fmt.Errorf("%q is not a number of days", value)
	}
	*to = n
	return nil
}

func (o *Office) setWindow(key, value string) error {
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || !(v >= 0 && v <= 235) {
		return fmt.Errorf("%q is not a length in millimetres", value)
	}
	to := map[string]*float64{
		"window.x": &o.Window.X, "window.y": &o.Window.Y, "window.w": &o.Window.W, "window.h": &o.Window.H,
		"slack.x": &o.Window.SlackX, "slack.y": &o.Window.SlackY,
	}[key]
	if to == nil {
		return fmt.Errorf("unknown key %q", key)
	}
	*to = v
	return nil
}

func (o *Office) setPINs(procedure rules.Procedure, value string) error {
	rows := []PINRow{}
	for _, part := range strings.Split(value, "|") {
		kind, entry, _ := strings.Cut(strings.TrimSpace(part), ":")
		if !slices.Contains(rules.PINKinds(), rules.PINKind(kind)) || entry != "current" && entry != "wished" {
			return fmt.Errorf("%q is not kind:current or kind:wished", part)
		}
		rows = append(rows, PINRow{Kind: rules.PINKind(kind), Wished: entry == "wished"})
	}
	o.PINs[procedure] = rows
	return nil
}

// check finds what is missing.
func (o *Office) check() error {
	var faults []error
	for key, value := range map[string]string{"title": o.Title, "formVersion": o.FormVersion, "addressee": o.values["addressee"], "sender.office": o.values["sender.office"]} {
		if value == "" {
			faults = append(faults, fmt.Errorf("%s/%s: %s is missing", o.Municipality, LetterFile, key))
		}
	}
	if err := o.Window.check(); err != nil {
		faults = append(faults, fmt.Errorf("%s/%s: %w", o.Municipality, LetterFile, err))
	}
	slices.SortFunc(faults, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
	return errors.Join(faults...)
}

// TwoSided reports whether a letter is one sheet printed on both sides.
func (o *Office) TwoSided() bool { return o.on["duplex"] }

// With is the same office with switches on that its table leaves off, to look at
// what they do. A word that is no switch is ignored.
func (o *Office) With(words ...string) *Office {
	other := *o
	other.on = maps.Clone(o.on)
	for _, word := range words {
		if slices.Contains(strings.Fields(officeSwitches), word) {
			other.on[word] = true
		}
	}
	return &other
}

// OpenAt fills in when the office is open, where its table does not say.
func (o *Office) OpenAt(hours string) {
	if o.values["sender.hours"] == "" && hours != "" {
		o.values["sender.hours"] = hours
	}
}

// KeepAs fills in the retention class (保存区分) of the staff box, where its table
// does not say.
func (o *Office) KeepAs(class string) {
	if o.values["retention"] == "" && class != "" {
		o.values["retention"] = class
	}
}

// Procedures lists the procedures this municipality has a letter for.
func (o *Office) Procedures() []rules.Procedure {
	var all []rules.Procedure
	for _, p := range letterProcedures() {
		if _, ok := o.PINs[p]; ok {
			all = append(all, p)
		}
	}
	return all
}

// rowsFor lists the PIN rows for procedures settled together. A PIN that one
// procedure sets anew is asked for once, as the one wished for.
func (o *Office) rowsFor(procedures rules.Procedures, withSignature bool) ([]PINRow, error) {
	byKind := map[rules.PINKind]PINRow{}
	for _, p := range procedures {
		rows, ok := o.PINs[p]
		if !ok {
			return nil, fmt.Errorf("%w: %s, %s", ErrNoLetter, o.Municipality, p)
		}
		for _, r := range rows {
			if old, seen := byKind[r.Kind]; !seen || !old.Wished {
				byKind[r.Kind] = r
			}
		}
	}
	var all []PINRow
	for _, kind := range rules.PINKinds() {
		if r, ok := byKind[kind]; ok && (withSignature || kind != rules.PINSignature) {
			all = append(all, r)
		}
	}
	return all, nil
}
