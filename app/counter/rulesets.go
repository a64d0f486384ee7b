package counter

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"madoguchi/app/forms"
	"madoguchi/app/simulation"
	"madoguchi/rules"
)

// catalog finds rule sets by name and loads each once, when it is first asked
// for: checking a set takes a moment, and a desk needs one.
type catalog struct {
	added string // folder of the rule sets a municipality added

	mu     sync.Mutex
	loaded map[rules.MunicipalityID]loadedSet
}

type loadedSet struct {
	set *rules.Set
	err error
}

// NoRuleSet means that no rule set has the name asked for.
type NoRuleSet struct {
	ID    rules.MunicipalityID
	Known []rules.MunicipalityID
}

func (e *NoRuleSet) Error() string {
	return fmt.Sprintf("no rule set is called %q: there are %v", e.ID, e.Known)
}

// RuleSetFaults is a rule set of the data folder that failed its checks.
type RuleSetFaults struct {
	Folder string
	Err    error // rules.Faults
}

func (e *RuleSetFaults) Error() string { return fmt.Sprintf("rule set %s: %v", e.Folder, e.Err) }

// Unwrap gives the faults.
func (e *RuleSetFaults) Unwrap() error { return e.Err }

// ids lists the rule sets: those that ship with the program, then those added.
func (c *catalog) ids() []rules.MunicipalityID {
	ids := rules.BuiltinIDs()
	entries, err := os.ReadDir(c.added)
	if err != nil {
		return ids // no folder: nothing was added
	}
	for _, e := range entries {
		id := rules.MunicipalityID(e.Name())
		if c.isAdded(id) && !slices.Contains(ids, id) && !strings.HasPrefix(e.Name(), ".") {
			ids = append(ids, id)
		}
	}
	return ids
}

// isAdded reports whether the data folder has a rule set of this name. One named
// like a built-in set stands in its place.
func (c *catalog) isAdded(id rules.MunicipalityID) bool {
	if !filepath.IsLocal(string(id)) || filepath.Base(string(id)) != string(id) {
		return false
	}
	_, err := os.Stat(filepath.Join(c.added, string(id), "about.csv"))
	return err == nil
}

// find loads a rule set. Errors: *NoRuleSet, *RuleSetFaults.
func (c *catalog) find(id rules.MunicipalityID) (*rules.Set, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if known, ok := c.loaded[id]; ok {
		return known.set, known.err
	}
	set, err := c.load(id)
	if c.loaded == nil {
		c.loaded = map[rules.MunicipalityID]loadedSet{}
	}
	c.loaded[id] = loadedSet{set, err}
	return set, err
}

func (c *catalog) load(id rules.MunicipalityID) (*rules.Set, error) {
	if c.isAdded(id) {
		folder := filepath.Join(c.added, string(id))
		set, err := rules.Load(os.DirFS(folder))
		if err != nil {
			return nil, &RuleSetFaults{Folder: folder, Err: err}
		}
		return set, nil
	}
	if !slices.Contains(rules.BuiltinIDs(), id) {
		return nil, &NoRuleSet{ID: id, Known: c.ids()}
	}
	files, err := rules.BuiltinFiles(id)
	if err != nil {
		return nil, err
	}
	return rules.Load(files)
}

// forget makes the next find load again, after tables in the data folder changed.
func (c *catalog) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.loaded = nil
}

// RuleSet is one municipality's rule set as lists show it.
type RuleSet struct {
	ID       rules.MunicipalityID `json:"id"`
	Title    string               `json:"title"`
	Edition  string               `json:"edition"`  // fingerprint of the tables; empty when it failed its checks
	Approved bool                 `json:"approved"` // a supervisor signed this edition; false: 未承認
	Added    bool                 `json:"added"`    // from the data folder, not built in
	Archive  bool                 `json:"archive"`  // superseded: for training and looking back only
	Faults   int                  `json:"faults"`   // what the checks found; such a set decides nothing
}

// RuleSets lists the rule sets, those of the data folder behind the built-in
// ones. A set that fails its checks is listed with the number of its faults.
func (c *Counter) RuleSets() []RuleSet {
	ids := c.catalog.ids()
	list := make([]RuleSet, 0, len(ids))
	for _, id := range ids {
		list = append(list, c.RuleSet(id))
	}
	return list
}

// RuleSet is one rule set as lists show it; the other sets are not loaded for it.
func (c *Counter) RuleSet(id rules.MunicipalityID) RuleSet {
	entry := RuleSet{ID: id, Title: string(id), Added: c.catalog.isAdded(id)}
	set, err := c.catalog.find(id)
	var faults rules.Faults
	switch {
	case errors.As(err, &faults):
		entry.Faults = len(faults)
	case err != nil:
		entry.Faults = 1
	default:
		entry.Title, entry.Edition, entry.Archive = set.Title, set.Edition, set.Superseded
		entry.Approved = c.real.approvals()[id] == set.Edition
	}
	return entry
}

// Rules gives one rule set. Errors: *NoRuleSet, *RuleSetFaults.
func (c *Counter) Rules(id rules.MunicipalityID) (*rules.Set, error) { return c.catalog.find(id) }

// RefreshRules reads the rule sets of the data folder again.
func (c *Counter) RefreshRules() { c.catalog.forget() }

// approvals reads which edition of each rule set was approved.
func (f Folder) approvals() map[rules.MunicipalityID]string {
	out := map[rules.MunicipalityID]string{}
	for _, signed := range f.signatures() {
		out[signed.ID] = signed.Edition
	}
	return out
}

// signatures reads the approvals. A file that is missing or damaged approves
// nothing: 未承認 is the safe answer.
func (f Folder) signatures() []rules.Approval {
	records := []rules.Approval{}
	data, err := os.ReadFile(f.Approved())
	if err != nil || json.Unmarshal(data, &records) != nil {
		return nil
	}
	return records
}

// CheckRules runs all checks on folders of tables and answers what each found,
// in their order. A folder without faults has an empty list, and names the
// training scenarios that its tables break.
func (c *Counter) CheckRules(folders []string) ([]RulesCheck, error) {
	library, err := c.Scenarios()
	if err != nil {
		return nil, err
	}
	out := make([]RulesCheck, 0, len(folders))
	for _, folder := range folders {
		check, err := checkFolder(folder, library)
		if err != nil {
			return nil, err
		}
		out = append(out, check)
	}
	return out, nil
}

func checkFolder(folder string, library *simulation.Library) (RulesCheck, error) {
	check := RulesCheck{Folder: folder, OK: true, Faults: rules.Faults{}, Broken: simulation.Faults{}}
	info, err := os.Stat(folder)
	if err != nil || !info.IsDir() {
		return check, &FolderError{Path: folder, Err: fmt.Errorf("no folder of tables: %w", fs.ErrNotExist)}
	}
	set, err := rules.Load(os.DirFS(folder))
	var faults rules.Faults
	if err != nil && !errors.As(err, &faults) {
		return check, fmt.Errorf("checking %s: %w", folder, err)
	}
	if check.Faults = append(check.Faults, append(faults, letterFaults(folder)...)...); len(check.Faults) > 0 {
		check.OK = false
		return check, nil
	}
	check.ID, check.Edition, check.Situations = set.ID, set.Edition, set.Situations()
	for _, s := range library.All() {
		if s.Municipality == set.ID {
			check.Broken = append(check.Broken, simulation.CheckAgainst(set, s)...)
		}
	}
	return check, nil
}

// letterFaults are the faults of a folder's letter.csv, which the tables know nothing of.
func letterFaults(folder string) rules.Faults {
	data, err := os.ReadFile(filepath.Join(folder, forms.LetterFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil // its source has no letter
	}
	if err == nil {
		_, err = forms.ReadOffice(rules.MunicipalityID(filepath.Base(folder)), data)
	}
	if err == nil {
		return nil
	}
	faults := rules.Faults{}
	for text := range strings.SplitSeq(err.Error(), "\n") {
		fault := rules.Fault{Kind: rules.FaultLetter, File: forms.LetterFile, Line: 1, Detail: text}
		if at := letterLine.FindStringSubmatch(text); at != nil {
			fault.Detail = at[2]
			fault.Line, _ = strconv.Atoi(at[1]) // digits by the pattern
		}
		faults = append(faults, fault)
	}
	return faults
}

// letterLine is how forms.ReadOffice names the line of a fault.
var letterLine = regexp.MustCompile(`^\S+ line (\d+): (.*)$`)

// RulesCheck is what the checks say of one folder of tables.
type RulesCheck struct {
	Folder     string               `json:"folder"`
	ID         rules.MunicipalityID `json:"id"`
	Edition    string               `json:"edition"`
	OK         bool                 `json:"ok"`
	Situations uint64               `json:"situations"` // how many the tables answer, each exactly once
	Faults     rules.Faults         `json:"faults"`
	Broken     simulation.Faults    `json:"brokenScenarios"` // training scenarios that no longer fit these tables
}
