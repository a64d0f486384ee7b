package counter

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"madoguchi/reader"
)

// unwell is a counter on a folder that was spoiled before it is opened.
func unwell(t *testing.T, now func() time.Time, spoil func(Folder)) *Counter {
	t.Helper()
	folder := Folder(t.TempDir())
	if spoil != nil {
		spoil(folder)
	}
	c, err := Open(t.Context(), Options{Data: string(folder), Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func writeInto(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// What the self-check says of each part in each state.
func TestExamineTellsTheStatesApart(t *testing.T) {
	spoiled := func(path func(Folder) string, text string) func(Folder) {
		return func(f Folder) { writeInto(t, path(f), text) }
	}
	tokyo := func() time.Time { return time.Now().In(japan()) }
	for name, c := range map[string]struct {
		part  string
		state FindingState
		code  string
		found func() Finding
	}{
		"no service":              {"reader-service", Bad, "no-service", func() Finding { f, _ := withReaders(t, reader.NoService); return f }},
		"no reader":               {"reader", Bad, "no-reader", func() Finding { _, f := withReaders(t, reader.NoReader); return f }},
		"reader without card":     {"reader", Good, "", func() Finding { _, f := withReaders(t, reader.NoCard); return f }},
		"no printer":              {"printer", Uneasy, "no-printer", func() Finding { return judgePrinters(nil, "") }},
		"the chosen printer gone": {"printer", Bad, "printer-gone", func() Finding { return judgePrinters([]string{"窓口1"}, "窓口2") }},
		"a printer":               {"printer", Good, "", func() Finding { return judgePrinters([]string{"窓口1"}, "窓口1") }},
		"disk nearly full":        {"disk", Uneasy, "disk-low", func() Finding { return judgeSpace(Finding{Part: "disk", State: Good, Says: "x"}, 12<<20) }},
		"disk with room":          {"disk", Good, "", func() Finding { return unwell(t, tokyo, nil).examineDisk() }},
		"font unreadable": {"fonts", Bad, "font-unreadable", func() Finding {
			return unwell(t, tokyo, spoiled(func(f Folder) string { return filepath.Join(f.Fonts(), "own", "x.ttf") }, "no font")).examineFonts()
		}},
		"tables faulty": {"rules", Bad, "rules-faulty", func() Finding {
			return unwell(t, tokyo, spoiled(func(f Folder) string { return filepath.Join(f.Rules(), "somewhere", "about.csv") }, "x\n")).examineRules()
		}},
		"tables not approved": {"rules", Uneasy, "not-approved", func() Finding { return unwell(t, tokyo, nil).examineRules() }},
		"history damaged": {"history", Bad, "history-damaged", func() Finding {
			f, _ := unwell(t, tokyo, spoiled(Folder.History, "no database")).examineHistory(context.Background())
			return f
		}},
		"no history yet": {"history", Good, "", func() Finding {
			f, _ := unwell(t, tokyo, nil).examineHistory(context.Background())
			return f
		}},
		"clock behind": {"clock", Bad, "clock-behind", func() Finding {
			return unwell(t, func() time.Time { return time.Date(2020, 1, 1, 0, 0, 0, 0, japan()) }, nil).examineClock()
		}},
		"another zone": {"clock", Uneasy, "time-zone", func() Finding {
			return unwell(t, func() time.Time { return time.Now().UTC() }, nil).examineClock()
		}},
		"clock right": {"clock", Good, "", func() Finding { return unwell(t, tokyo, nil).examineClock() }},
	} {
		t.Run(name, func(t *testing.T) {
			f := c.found()
			if f.Part != c.part || f.State != c.state || f.Code != c.code || f.Says == "" || (f.Action != "") != (c.state != Good) {
				t.Errorf("got %+v, want %s %s %s", f, c.part, c.state, c.code)
			}
		})
	}
}

// A key that no setting has is named: what stands under it is in force nowhere. A
// byte order mark is no fault.
func TestExamineNamesUnknownSettings(t *testing.T) {
	for name, c := range map[string]struct {
		file       func(Folder) string
		text, says string
	}{
		"policy misspelt":        {Folder.Policy, "\ufeff" + `{"lockMinute": 5, "printer": "窓口1"}`, "policy.json の lockMinute"},
		"policy in another case": {Folder.Policy, `{"LockMinutes": 5}`, "policy.json の LockMinutes"},
		"settings misspelt":      {Folder.Settings, `{"fixed": []}`, "settings.json の fixed"},
		"policy with a mark":     {Folder.Policy, "\ufeff" + `{"lockMinutes": 5, "roles": {"*": "clerk"}}`, ""},
		"settings":               {Folder.Settings, `{"office": "市民課"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := unwell(t, time.Now, func(folder Folder) { writeInto(t, c.file(folder), c.text) }).examineSettings()
			if c.says == "" && (f.State != Good || f.Code != "") {
				t.Errorf("got %+v", f)
			}
			if c.says != "" && (f.State != Bad || f.Code != "unknown-setting" || !strings.Contains(f.Says, c.says) || f.Action == "") {
				t.Errorf("got %+v, want %q", f, c.says)
			}
		})
	}
}

// faultyCards are readers of which nothing but a fault is known.
type faultyCards struct {
	cards
	fault reader.Fault
}

func (c faultyCards) Find(context.Context, string) (string, error) { return "", c.fault }

func withReaders(t *testing.T, fault reader.Fault) (service, readers Finding) {
	t.Helper()
	c := unwell(t, time.Now, nil)
	c.cards = faultyCards{fault: fault}
	return c.examineReader(t.Context())
}
