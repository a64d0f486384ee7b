package counter

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"madoguchi/app/history"
	"madoguchi/rules"
)

// A municipality's own rule set lives in the data folder under its id. An edition
// that takes effect on a day lies beside it, in a folder named id@YYYY-MM-DD: from
// that day on it decides, and earlier situations are still decided as they were.

// editionMark parts the id of a rule set from the day its edition takes effect.
const editionMark = "@"

// ErrFolderInUse means that the folder to be made is there already.
var ErrFolderInUse = errors.New("the folder is there already")

// findOn loads the edition of a rule set that is in force on a day.
func (c *catalog) findOn(id rules.MunicipalityID, on rules.Date) (*rules.Set, error) {
	return c.find(c.edition(id, on))
}

// edition names the folder of the edition in force on a day: the latest dated one
// that has begun, or the set without a date.
func (c *catalog) edition(id rules.MunicipalityID, on rules.Date) rules.MunicipalityID {
	entries, err := os.ReadDir(c.added)
	if err != nil {
		return id // no folder: nothing was added
	}
	best := id
	var begins rules.Date
	for _, e := range entries {
		of, text, dated := strings.Cut(e.Name(), editionMark)
		if !dated || of != string(id) {
			continue
		}
		day, err := rules.ParseDate(text)
		if err == nil && day <= on && day >= begins && c.isAdded(rules.MunicipalityID(e.Name())) {
			best, begins = rules.MunicipalityID(e.Name()), day
		}
	}
	return best
}

// files is the folder of a rule set, wherever it comes from.
func (c *catalog) files(id rules.MunicipalityID) (fs.FS, error) {
	if c.isAdded(id) {
		return os.DirFS(filepath.Join(c.added, string(id))), nil
	}
	if !slices.Contains(rules.BuiltinIDs(), id) {
		return nil, &NoRuleSet{ID: id, Known: c.ids()}
	}
	return rules.BuiltinFiles(id)
}

// NewRules makes a folder of tables that starts as a copy of a rule set, under
// the name of the folder. Errors: *NoRuleSet, [ErrFolderInUse].
func (c *Counter) NewRules(from rules.MunicipalityID, folder string) error {
	files, err := c.catalog.files(from)
	if err != nil {
		return err
	}
	if _, err := os.Stat(folder); err == nil {
		return &FolderError{Path: folder, Err: ErrFolderInUse}
	}
	names, err := fs.Glob(files, "*.csv")
	if err != nil {
		return fmt.Errorf("listing tables: %w", err)
	}
	tables := map[string][]byte{}
	for _, name := range names {
		if tables[name], err = fs.ReadFile(files, name); err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
	}
	own, _, _ := strings.Cut(filepath.Base(filepath.Clean(folder)), editionMark)
	tables["about.csv"] = bytes.Replace(tables["about.csv"], []byte("\nid,"+string(from)+","), []byte("\nid,"+own+","), 1)
	return makeFolder(folder, tables)
}

// makeFolder writes a folder whole or not at all.
func makeFolder(folder string, tables map[string][]byte) (err error) {
	parent := filepath.Dir(filepath.Clean(folder))
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return &FolderError{Path: parent, Err: err}
	}
	temp, err := os.MkdirTemp(parent, ".new-*")
	if err != nil {
		return &FolderError{Path: parent, Err: err}
	}
	defer func() {
		if err != nil {
			err = &FolderError{Path: folder, Err: errors.Join(err, os.RemoveAll(temp))}
		}
	}()
	for name, data := range tables {
		write := func(w io.Writer) error { _, err := w.Write(data); return err }
		if err := ReplaceFile(filepath.Join(temp, name), 0o644, write); err != nil {
			return err
		}
	}
	if err := os.Chmod(temp, 0o755); err != nil {
		return err
	}
	return os.Rename(temp, folder)
}

// ApproveRules records a supervisor's signature under the edition of a rule set
// as it is now. Errors: *RoleError, *NoRuleSet, *RuleSetFaults, *FolderError.
func (c *Counter) ApproveRules(id rules.MunicipalityID, by string) (rules.Approval, error) {
	if err := c.May(TaskApprove); err != nil {
		return rules.Approval{}, err
	}
	set, err := c.catalog.find(id)
	if err != nil {
		return rules.Approval{}, err
	}
	if err := refuseIndividualNumber(namedText{"by", by}); err != nil {
		return rules.Approval{}, err
	}
	signed := rules.Approval{ID: id, Edition: set.Edition, By: by, On: c.Today()}
	return signed, c.recordApproval(signed)
}

func (c *Counter) recordApproval(signed rules.Approval) error {
	records := []rules.Approval{}
	data, err := os.ReadFile(c.real.Approved())
	if err == nil {
		if err := json.Unmarshal(data, &records); err != nil {
			return &SettingsError{Path: c.real.Approved(), Err: err}
		}
	}
	records = slices.DeleteFunc(records, func(a rules.Approval) bool { return a.ID == signed.ID })
	records = append(records, signed)
	if err := os.MkdirAll(c.real.Rules(), 0o755); err != nil {
		return &FolderError{Path: c.real.Rules(), Err: err}
	}
	return ReplaceFile(c.real.Approved(), 0o644, func(w io.Writer) error { return json.NewEncoder(w).Encode(records) })
}

// PackRules writes an approved rule set as one file for other PCs. Everybody may:
// it passes on a signature that is there, and changes nothing here. Errors:
// *NoRuleSet, *RuleSetFaults, [rules.ErrNotApproved].
func (c *Counter) PackRules(id rules.MunicipalityID, path string) error {
	set, err := c.catalog.find(id)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(c.real.signatures(), func(a rules.Approval) bool { return a.ID == id && a.Edition == set.Edition })
	if at < 0 {
		return rules.ErrNotApproved
	}
	signed := c.real.signatures()[at]
	signed.ID = set.ID
	files, err := c.catalog.files(id)
	if err != nil {
		return err
	}
	return ReplaceFile(path, 0o644, func(w io.Writer) error { return rules.Pack(w, files, signed) })
}

// InstallRules puts a packed edition into the data folder, in force from a day
// (a zero day: at once), and records its approval. Errors: *RoleError, *InputError
// with [rules.ErrNotApproved] or rules.Faults, *FolderError.
func (c *Counter) InstallRules(path string, from rules.Date) (rules.Approval, error) {
	if err := c.May(TaskInstall); err != nil {
		return rules.Approval{}, err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return rules.Approval{}, &InputError{Name: path, Err: err}
	}
	files, set, signed, err := rules.Unpack(data)
	if err != nil {
		return rules.Approval{}, &InputError{Name: path, Err: err}
	}
	names, err := fs.Glob(files, "*.csv")
	if err != nil {
		return rules.Approval{}, fmt.Errorf("listing tables: %w", err)
	}
	tables := map[string][]byte{}
	for _, name := range names {
		if tables[name], err = fs.ReadFile(files, name); err != nil {
			return rules.Approval{}, &InputError{Name: path, Err: err}
		}
	}
	signed.ID = set.ID
	if !from.IsZero() {
		signed.ID += rules.MunicipalityID(editionMark + from.String())
	}
	if err := c.replaceEdition(string(signed.ID), tables); err != nil {
		return rules.Approval{}, err
	}
	c.catalog.forget()
	return signed, c.recordApproval(signed)
}

// replaceEdition puts a folder of tables in the place of one of the same name,
// which is kept beside it until the new one stands.
func (c *Counter) replaceEdition(name string, tables map[string][]byte) error {
	folder := filepath.Join(c.real.Rules(), name)
	old := filepath.Join(c.real.Rules(), ".old-"+name)
	if err := os.RemoveAll(old); err != nil {
		return &FolderError{Path: old, Err: err}
	}
	moved := false
	if _, err := os.Stat(folder); err == nil {
		if err := os.Rename(folder, old); err != nil {
			return &FolderError{Path: folder, Err: err}
		}
		moved = true
	}
	if err := makeFolder(folder, tables); err != nil {
		if moved {
			err = errors.Join(err, os.Rename(old, folder))
		}
		return err
	}
	return os.RemoveAll(old)
}

// RulesDifference is how two rule sets, or two editions of one, differ.
type RulesDifference struct {
	Before    rules.MunicipalityID    `json:"before"`
	After     rules.MunicipalityID    `json:"after"`
	Tables    []rules.TableDifference `json:"tables"`
	Examples  []rules.Change          `json:"examples"`  // worked examples of the first that are decided differently
	OpenCases []rules.Change          `json:"openCases"` // open cases of the first set's municipality, by number
}

// DiffRules compares two rule sets and names the open cases that a change from
// the first to the second would decide differently. A set is an id, or a folder
// of tables. Errors: *NoRuleSet, *RuleSetFaults.
func (c *Counter) DiffRules(ctx context.Context, before, after string) (RulesDifference, error) {
	first, err := c.setOrFolder(before)
	if err != nil {
		return RulesDifference{}, err
	}
	second, err := c.setOrFolder(after)
	if err != nil {
		return RulesDifference{}, err
	}
	out := RulesDifference{Before: first.ID, After: second.ID, Tables: rules.Differences(first, second),
		Examples: []rules.Change{}, OpenCases: []rules.Change{}}
	for _, e := range first.Examples() {
		if change, ok := rules.Compare(first, second, e.Name, e.Situation); ok {
			out.Examples = append(out.Examples, change)
		}
	}
	return out, c.compareOpenCases(ctx, first, second, &out)
}

func (c *Counter) setOrFolder(name string) (*rules.Set, error) {
	if _, err := os.Stat(filepath.Join(name, "about.csv")); err == nil {
		set, err := rules.Load(os.DirFS(name))
		if err != nil {
			return nil, &RuleSetFaults{Folder: name, Err: err}
		}
		return set, nil
	}
	return c.catalog.find(rules.MunicipalityID(name))
}

func (c *Counter) compareOpenCases(ctx context.Context, first, second *rules.Set, out *RulesDifference) error {
	store, err := c.looking(ctx)
	if err != nil || store == nil {
		return err
	}
	found, err := store.Find(ctx, history.Query{Limit: -1})
	if err != nil {
		return err
	}
	for _, s := range found {
		if !s.State.Open() {
			continue
		}
		kept, err := c.Case(ctx, string(s.CaseNumber))
		if err != nil {
			return err
		}
		if kept.Situation.Municipality != first.ID {
			continue
		}
		if change, ok := rules.Compare(first, second, kept.CaseNumber, kept.Situation); ok {
			out.OpenCases = append(out.OpenCases, change)
		}
	}
	return nil
}
