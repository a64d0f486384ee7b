package rules

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
)

// Odd situations: keys left out one by one, nulls everywhere, values of the wrong
// kind, days at the edges. Each gets one clear error or a sound plan.

// whole is a situation with every key there is.
const whole = `{"municipality":"kasugai","procedure":"certificate-renewal","on":"2026-11-24","time":"10:30","place":"city-hall","booked":true,"visit":1,
"visitor":{"kind":"parent","sameHousehold":false,"holderPresent":false,"authorityCoversCard":true},
"holder":{"birthDate":"2015-03-10","guardianship":"none","domicileInCity":false,"movedInOn":null,"moveRegistered":true,"residencePermit":"none"},
"card":{"kind":"standard","state":"valid","expiresOn":"2030-03-10","faceFull":false,"chipMatchesFace":true},
"certificates":{"signature":{"state":"none","expiresOn":null},"user-identification":{"state":"valid","expiresOn":"2027-01-15"}},
"pins":{"signature":"unset","user-identification":"known","resident-registration":"known","card-info-input":"known"},
"letter":{"state":"issued","sealed":true,"complete":true,"validUntil":"2026-12-31"},
"evidence":[{"document":"運転免許証","of":"visitor","issuedOn":"2020-02-29","expiresOn":"2028-05-01"},{"class":"B","of":"holder"}]}`

// values are what stands in the place of a value; the last are edges of the calendar.
var values = []string{`null`, `""`, `"x"`, `0`, `-1`, `3`, `1e400`, `true`, `[]`, `[null]`, `{}`, `{"a":1}`, `"ｋｎｏｗｎ"`, `" known"`,
	`["certificate-renewal","certificate-renewal"]`, `["pin-reset",null]`, `"0001-01-01"`, `"9999-12-31"`, `"2024-02-29"`, `"2026-02-29"`, `"2026-11-24T00:00:00Z"`, `"24:00"`, `"00:00"`}

func TestOddSituations(t *testing.T) {
	withoutRaces(t)
	sets := builtinByID(t)
	tried := 0
	for i, id := range BuiltinIDs() {
		for j, procedure := range factSpecs[factProcedure].words {
			if (i+j)%3 != 0 {
				continue // over all sets every procedure has its turn
			}
			kind := []string{"holder", "parent", "other"}[(i+2*j)%3]
			var full map[string]any
			if err := json.Unmarshal([]byte(whole), &full); err != nil {
				t.Fatal(err)
			}
			full["municipality"], full["procedure"] = string(id), procedure
			full["visitor"].(map[string]any)["kind"] = kind
			oddOnes(full, func(name string, odd map[string]any) {
				tried++
				data, err := json.Marshal(odd)
				if err != nil {
					t.Fatal(err)
				}
				checkOdd(t, sets, fmt.Sprintf("%s %s by %s: %s", id, procedure, kind, name), data)
			})
		}
	}
	if tried < 10000 {
		t.Fatalf("only %d odd situations", tried)
	}
}

// oddOnes takes every key of every level away, and puts every value in its place.
func oddOnes(full map[string]any, try func(name string, odd map[string]any)) {
	var walk func(path string, at map[string]any)
	walk = func(path string, at map[string]any) {
		for key, old := range at {
			delete(at, key)
			try("without "+path+key, full)
			for _, v := range values {
				at[key] = json.RawMessage(v)
				if v == "1e400" {
					at[key] = json.Number(v)
				}
				try(path+key+" = "+v, full)
			}
			at[key] = old
			switch inner := old.(type) {
			case map[string]any:
				walk(path+key+".", inner)
			case []any:
				for i := range inner {
					walk(fmt.Sprintf("%s%s.%d.", path, key, i), inner[i].(map[string]any))
				}
			}
		}
	}
	walk("", full)
}

func checkOdd(t *testing.T, sets map[MunicipalityID]*Set, name string, data []byte) {
	t.Helper()
	situations, _, err := ParseSituations(data)
	if err != nil {
		var wrong *InputError
		if !errors.As(err, &wrong) || err.Error() == "" {
			t.Errorf("%s: %v", name, err)
		}
		return
	}
	for _, s := range situations {
		set := sets[s.Municipality]
		if set == nil {
			continue // no such set: the counter says which there are
		}
		p := set.Decide(s)
		if problem := unsound(p); problem != "" {
			t.Errorf("%s: %s", name, problem)
		}
	}
}

// unsound says what keeps a plan from being told to anybody.
func unsound(p Plan) string {
	if _, err := json.Marshal(p); err != nil {
		return err.Error()
	}
	switch {
	case !slices.Contains(outcomeOrder, p.Outcome):
		return fmt.Sprintf("outcome %q", p.Outcome)
	case !slices.Contains([]Status{Stated, Inferred, NotStated}, p.Status):
		return fmt.Sprintf("status %q", p.Status)
	case (p.Outcome == NeedAnswers) != (len(p.Questions) > 0):
		return fmt.Sprintf("%s with the questions %v", p.Outcome, p.Questions)
	case p.Outcome == AskSupervisor && p.Status != NotStated:
		return fmt.Sprintf("to the supervisor with the status %s", p.Status)
	case p.Outcome != Proceed && p.Outcome != NeedAnswers && len(p.Reasons)+len(p.OpenPoints) == 0:
		return fmt.Sprintf("%s without a reason", p.Outcome)
	case p.Visits < 0 || p.Visits > 3 || p.Visit < 0 || p.Visit > 2:
		return fmt.Sprintf("visit %d of %d", p.Visit, p.Visits)
	}
	for _, q := range p.Requirements {
		if len(q.AnyOf) == 0 || q.Text.Ja == "" || q.Of == "" || len(q.Sources) == 0 || q.Missing == nil || q.Examples == nil {
			return fmt.Sprintf("half a requirement: %+v", q)
		}
	}
	for _, l := range slices.Concat(p.Reasons, p.OpenPoints, p.Letters, p.Steps, p.Notes, p.Fees) {
		if l.Text.Ja == "" || l.Text.Easy == "" || l.Text.En == "" {
			return fmt.Sprintf("a line without words: %+v", l)
		}
	}
	for _, d := range p.Dates {
		if d.Date.IsZero() || d.Text.Ja == "" {
			return fmt.Sprintf("a date that is none: %+v", d)
		}
	}
	return ""
}
