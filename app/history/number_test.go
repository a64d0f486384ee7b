package history

import (
	"strings"
	"testing"
	"time"
)

func TestEveryWrongCharacterIsFound(t *testing.T) {
	for _, n := range []Number{newNumber("KG", 2026, 1, false), newNumber("A", 2030, 123456, false), newNumber("KWSK", 2026, 99999, true)} {
		if got, err := ParseNumber(string(n)); err != nil || got != n {
			t.Errorf("ParseNumber(%s) = %s, %v", n, got, err)
		}
		tried := 0
		for i := range len(n) {
			for _, c := range numberAlphabet {
				wrong := string(n[:i]) + string(c) + string(n[i+1:])
				if n[i] == '-' || wrong == string(n) || look(byte(c)) == look(n[i]) {
					continue
				}
				tried++
				if got, err := ParseNumber(wrong); err == nil && got != n {
					t.Errorf("%s passes for %s", wrong, n)
				}
			}
		}
		if tried < 300 {
			t.Errorf("only %d wrong numbers tried", tried)
		}
	}
}

func TestNumbersAsPeopleTypeThem(t *testing.T) {
	n := newNumber("KG", 2026, 17, false)
	for _, typed := range []string{
		string(n), " " + string(n) + "\r\n", strings.ToLower(string(n)), strings.ReplaceAll(string(n), "0", "O"),
		strings.ReplaceAll(string(n), "-", "－"), strings.ReplaceAll(string(n), "-", "ー"), strings.ReplaceAll(string(n), "1", "I"),
		"ＫＧ２６－" + string(n)[5:], strings.ReplaceAll(string(n), "", " "),
	} {
		if got, err := ParseNumber(typed); err != nil || got != n {
			t.Errorf("ParseNumber(%q) = %q, %v, want %s", typed, got, err, n)
		}
	}
}

func TestNumbersHoldOnlyWhatACodeCanHold(t *testing.T) {
	for serial := int64(1); serial < 40000; serial += 37 {
		for _, simulated := range []bool{false, true} {
			n := newNumber("KGZ", 2026, serial, simulated)
			if strings.Trim(string(n), "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" || n.Simulated() != simulated {
				t.Fatalf("number %q", n)
			}
			got, version, ok, err := ParseLetterCode(n.letterCode(3))
			if got != n || version != 3 || !ok || err != nil {
				t.Fatalf("ParseLetterCode(%q) = %q, %d, %v, %v", n.letterCode(3), got, version, ok, err)
			}
		}
	}
	// A simulated number without its prefix is no real one.
	if _, err := ParseNumber(strings.TrimPrefix(string(newNumber("KG", 2026, 1, true)), simulationPrefix)); err == nil {
		t.Error("a simulated number passes for a real one")
	}
}

func TestNumbersGoByOfficeAndFiscalYear(t *testing.T) {
	d := newDesk(t)
	d.time = time.Date(2027, 3, 31, 23, 59, 59, 0, japan)
	if n := d.add(sampleCase()); n != newNumber("KG", 2026, 1, false) {
		t.Errorf("on 31 March: %s", n)
	}
	d.time = d.time.Add(time.Second)
	if n := d.add(sampleCase()); n != newNumber("KG", 2027, 1, false) {
		t.Errorf("on 1 April: %s", n)
	}
	d.close()
	d.o.Office = "KA"
	d.open()
	if n := d.add(sampleCase()); n != newNumber("KA", 2027, 1, false) {
		t.Errorf("of another office: %s", n)
	}
	if n := d.add(sampleCase()); n != newNumber("KA", 2027, 2, false) {
		t.Errorf("the next: %s", n)
	}
}
