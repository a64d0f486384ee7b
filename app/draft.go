package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"madoguchi/app/counter"
)

// A draft is what was answered of a visit that is not finished. It survives a
// crash and a power cut. It lies in the data folder without a seal, so it holds
// nothing of a person: no name, no date of birth.

const draftFile = "draft.json"

func draftOf(folder counter.Folder) string { return filepath.Join(string(folder), draftFile) }

// unkept are the answers a draft leaves out.
func unkept() []string { return []string{"holder.birthDate"} }

// KeepDraft stores what was answered so far, whole or not at all; an empty desk
// removes the draft.
func (d *Desk) KeepDraft(asked Asked) error {
	a, err := d.office.now()
	if err != nil {
		return err
	}
	if err := checkAsked(asked); err != nil {
		return err
	}
	if d.office.barrier() != nil {
		return nil // the draft in the folder is that of the window which holds the history
	}
	path := draftOf(a.Folder())
	asked.Answers = slices.DeleteFunc(slices.Clone(asked.Answers), func(a Answer) bool { return slices.Contains(unkept(), a.Key) })
	if len(asked.Answers) == 0 {
		return removeDraft(path)
	}
	data, err := json.Marshal(asked)
	if err != nil {
		return fmt.Errorf("encoding the draft: %w", err)
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	err = counter.ReplaceFile(path, 0o600, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return &counter.FolderError{Path: path, Err: fmt.Errorf("%w: %w", counter.ErrFolderNotWritable, err)}
	}
	return nil
}

// makeFolder makes a folder that only this user can look into.
func makeFolder(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return &counter.FolderError{Path: path, Err: fmt.Errorf("%w: %w", counter.ErrFolderNotWritable, err)}
	}
	return nil
}

func removeDraft(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return &counter.FolderError{Path: path, Err: err}
	}
	return nil
}

// draft reads what was kept; nothing when there is none or it is damaged: a
// draft is a help, never a condition.
func draft(folder counter.Folder) (Asked, bool) {
	data, err := os.ReadFile(draftOf(folder))
	if err != nil {
		return Asked{}, false
	}
	var asked Asked
	if json.Unmarshal(data, &asked) != nil || checkAsked(asked) != nil || len(asked.Answers) == 0 {
		return Asked{}, false
	}
	if asked.Papers == nil {
		asked.Papers = []PaperAnswer{}
	}
	return asked, true
}
