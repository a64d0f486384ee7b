package simulation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"madoguchi/reader/simcard"
	"madoguchi/rules"
)

// fictionalSurnames are the only surnames a scenario may use: words for a sample,
// which no family bears.
var fictionalSurnames = []string{"見本", "試験", "架空", "例示", "仮名", "訓練", "模擬", "練習", "SAMPLE", "TEST"}

var scenarioIDs = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// checker finds what is wrong with one scenario.
type checker struct {
	file     string
	data     []byte
	scenario *Scenario
	faults   Faults
}

// fault reports a fault at the first line that holds one of the words.
func (c *checker) fault(near, format string, args ...any) {
	line := 0
	if at := bytes.Index(c.data, []byte(`"`+near+`"`)); near != "" && at >= 0 {
		line = 1 + bytes.Count(c.data[:at], []byte("\n"))
	}
	c.faults = append(c.faults, Fault{File: c.file, Line: line, Reason: fmt.Sprintf(format, args...)})
}

func (c *checker) check() {
	s := c.scenario
	if strings.HasPrefix(string(s.ID), exercisePrefix) {
		c.fault("id", "id %q: names that begin with %q are those of exercises", s.ID, exercisePrefix)
	}
	if !scenarioIDs.MatchString(string(s.ID)) {
		c.fault("id", "id %q: use lower-case words with hyphens", s.ID)
	}
	required := map[string]bool{"title": s.Title == "", "municipality": s.Municipality == "", "procedure": len(s.Procedure) == 0,
		"on": s.On.IsZero(), "teaches": s.Teaches == "", "opening": len(s.Opening) == 0, "facts": len(s.Facts) == 0}
	for _, name := range slices.Sorted(maps.Keys(required)) {
		if required[name] {
			c.fault("", "%s is missing", name)
		}
	}
	if s.Level < 1 || s.Level > 3 {
		c.fault("level", "level %d: write 1, 2 or 3", s.Level)
	}
	c.checkCard()
	c.checkFamily()
	c.checkFacts()
	c.checkBag("bag", s.Bag)
	c.checkEvents()
	for _, e := range s.Exceptions {
		if !slices.Contains(Exceptions(), e) {
			c.fault(string(e), "exception %q is unknown", e)
		}
	}
}

// checkCard lets the card's own package judge the description.
func (c *checker) checkCard() {
	description, err := json.Marshal(c.scenario.Card)
	if err == nil {
		_, err = simcard.ParseDescription(description)
	}
	if err != nil {
		c.fault("card", "%v", err)
	}
}

func (c *checker) checkFamily() {
	f := c.scenario.Family
	people := append([]Person{f.Holder}, f.Others...)
	if f.Visitor != nil {
		people = append(people, *f.Visitor)
	}
	for _, p := range people {
		if !slices.ContainsFunc(fictionalSurnames, func(s string) bool { return strings.HasPrefix(p.Name, s) }) {
			c.fault(p.Name, "name %q could be somebody's: begin it with one of %s", p.Name, strings.Join(fictionalSurnames, ", "))
		}
	}
}

// checkFacts proves that every fact is a key and a value of a situation.
func (c *checker) checkFacts() {
	facts, err := flattenFacts(c.scenario.Facts)
	if err != nil {
		c.fault("facts", "%v", err)
		return
	}
	c.checkKeys(facts)
	for i, v := range c.scenario.Variants {
		c.checkKeys(v.Facts)
		c.checkBag("variants", v.Bag)
		if len(v.Facts) == 0 && v.Bag == nil {
			c.fault("variants", "variant %d changes nothing", i+1)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(c.scenario.Says)) {
		if _, known := facts[key]; !known {
			c.fault(key, "says %q, which is no fact of this scenario", key)
		}
	}
	for _, key := range c.scenario.Seen {
		if _, known := facts[key]; !known {
			c.fault("seen", "%q is seen, but is no fact of this scenario", key)
		}
	}
}

func (c *checker) checkKeys(facts Facts) {
	for _, key := range facts.Keys() {
		var s rules.Situation
		if err := s.Set(key, facts[key]); err != nil {
			c.fault(key[strings.LastIndex(key, ".")+1:], "fact %s: %v", key, err)
		}
	}
}

func (c *checker) checkBag(near string, bag []BagPaper) {
	faults := []PaperFault{"", FaultDamaged, FaultOldAddress, FaultCopy, FaultOtherPerson, FaultUnsealed}
	for _, p := range bag {
		if (p.Document == "") == (p.Class == "") {
			c.fault(near, "a paper has a document's name or a class, not both and not neither")
		}
		if p.Of != rules.OfHolder && p.Of != rules.OfVisitor {
			c.fault(near, "paper %q: of is holder or visitor", p.Title())
		}
		if !slices.Contains(faults, p.Fault) {
			c.fault(string(p.Fault), "paper %q: fault %q is unknown", p.Title(), p.Fault)
		}
	}
}

func (c *checker) checkEvents() {
	kinds := []EventKind{EventCardPulled, EventReaderGone, EventPINLocked, EventUnsealed, EventNotMyWish, EventTerminal, EventWrongPerson,
		EventWrongCard, EventAfterwards}
	seen := map[string]bool{}
	for _, e := range c.scenario.Events {
		if e.ID == "" || seen[e.ID] {
			c.fault("events", "event %q has no id of its own", e.ID)
		}
		seen[e.ID] = true
		if !slices.Contains(kinds, e.Kind) {
			c.fault(string(e.Kind), "event %s: kind %q is unknown", e.ID, e.Kind)
		}
		right := 0
		for _, r := range e.Responses {
			if r.Right {
				right++
			}
		}
		if right != 1 || len(e.Responses) < 2 {
			c.fault(e.ID, "event %s: exactly one of at least two responses is right", e.ID)
		}
		c.checkKeys(e.Sets)
	}
}

// CheckAgainst names what a rule set's present edition breaks in a scenario: in
// every variant its whole truth must decide without a question left, its papers
// must be known to the set's lists, and each exception it names must matter.
func CheckAgainst(set Decider, s *Scenario) Faults {
	var faults Faults
	add := func(format string, args ...any) {
		faults = append(faults, Fault{File: s.file, Reason: fmt.Sprintf(format, args...)})
	}
	for seed := range int64(s.VariantCount()) {
		t, err := s.truthOf(seed)
		if err != nil {
			add("%v", err)
			continue
		}
		situation, err := t.after(s.Events).situation()
		if err != nil {
			add("%v", err)
			continue
		}
		plan := set.Decide(situation)
		if plan.Outcome == rules.NeedAnswers {
			add("variant %d leaves %s open", seed, strings.Join(plan.Questions, ", "))
		}
		for _, p := range t.bag {
			if p.Document != "" && !slices.ContainsFunc(set.Documents(), func(d rules.Document) bool { return d.Name == p.Document }) {
				add("variant %d: paper %q is on no list of %s", seed, p.Document, s.Municipality)
			}
		}
	}
	for _, e := range s.Exceptions {
		if lost, err := overlooking(set, s, e); err != nil || !lost {
			add("exception %s changes nothing any more", e)
		}
	}
	return faults
}
