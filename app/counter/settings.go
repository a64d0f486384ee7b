package counter

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"

	"madoguchi/rules"
)

// Settings is what the office chose (settings.json), with what an administrator
// fixed (policy.json) laid over it.
type Settings struct {
	Municipality   rules.MunicipalityID `json:"municipality"`    // rule set the desk starts with
	Office         string               `json:"office"`          // name printed as sender: 市民課
	Place          string               `json:"place"`           // id of a place of the rule set
	CaseLetters    string               `json:"caseLetters"`     // one to four letters before every case number; another for each counter PC
	Operator       string               `json:"operator"`        // who was last at this counter
	Role           string               `json:"role"`            // clerk, supervisor or administrator
	Printer        string               `json:"printer"`         // name as the system spells it; empty: pages are printed from the window
	Tray           string               `json:"tray"`            // of the printer, as its driver spells it; empty: the printer's choice
	PDFProgram     string               `json:"pdfProgram"`      // Windows: full path of SumatraPDF, which prints without asking; empty: none
	Envelope       string               `json:"envelope"`        // window of the office's own envelopes, as forms.ParseWindow reads it; empty: the rule set's
	Reader         string               `json:"reader"`          // reader to prefer when several are there
	RetentionDays  int                  `json:"retentionDays"`   // days a person is kept after the case closed
	ReplyDays      int                  `json:"replyDays"`       // days the holder has to answer a letter; 0: not set by this office
	LockMinutes    int                  `json:"lockMinutes"`     // idle minutes until the person is hidden; 0: never
	BackupsKept    int                  `json:"backupsKept"`     // daily copies of the history that stay
	PINAttempts    bool                 `json:"pinAttempts"`     // card verify and card change are allowed
	ExportFolder   string               `json:"exportFolder"`    // only folder exports go to; empty: export is off
	Hours          string               `json:"hours"`           // when the counter is open, as it is printed: 8時30分〜17時15分
	RetentionClass string               `json:"retentionClass"`  // 保存区分 printed in the staff box of a letter: 5年; empty: written by hand
	Roles          map[string]string    `json:"roles,omitempty"` // of accounts; only an administrator's policy.json says so
	Fixed          []string             `json:"fixed,omitempty"` // keys an administrator fixed; never stored in settings.json
}

// DefaultSettings are those of an office that chose nothing yet. Attempts are
// allowed: the console program has them on unless the data folder says no.
func DefaultSettings() Settings {
	return Settings{
		Municipality:  "kagoshima-center",
		CaseLetters:   "MG",
		Role:          "clerk",
		RetentionDays: 365,
		LockMinutes:   5,
		BackupsKept:   14,
		PINAttempts:   true,
		Fixed:         []string{},
	}
}

// SettingsError is a settings file that cannot be understood.
type SettingsError struct {
	Path string
	Err  error
}

func (e *SettingsError) Error() string { return fmt.Sprintf("reading settings %s: %v", e.Path, e.Err) }

// Unwrap gives the reason.
func (e *SettingsError) Unwrap() error { return e.Err }

// LoadSettings reads the settings of a data folder. Files that are not there
// change nothing; a file that is damaged is a *SettingsError, never a default.
func (f Folder) LoadSettings() (Settings, error) {
	s := DefaultSettings()
	if _, err := readSettings(f.Settings(), &s); err != nil {
		return DefaultSettings(), err
	}
	s.Roles = nil // nobody gives themselves a role in settings.json
	fixed, err := readSettings(f.Policy(), &s)
	if err != nil {
		return DefaultSettings(), err
	}
	s.Fixed = fixed
	return s.withRoles(), nil
}

// readSettings lays the keys of a file over s and answers which keys it has.
func readSettings(path string, s *Settings) ([]string, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return []string{}, nil
	}
	if err != nil {
		return nil, &SettingsError{Path: path, Err: err}
	}
	names, err := settingsIn(data, s)
	if err != nil {
		return nil, &SettingsError{Path: path, Err: err}
	}
	return names, nil
}

// settingsIn lays the keys of a file's text over s and answers which keys it has,
// in order. A byte order mark, as Windows editors write it, is no fault.
func settingsIn(data []byte, s *Settings) ([]string, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(data, &keys); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, s); err != nil {
		return nil, err
	}
	names := make([]string, 0, len(keys))
	for name := range keys {
		names = append(names, name)
	}
	slices.Sort(names)
	return names, nil
}

// ErrSettingFixed means that an administrator's policy fixes what was to be changed.
var ErrSettingFixed = errors.New("setting is fixed by policy.json")

// SaveSettings stores the settings, whole or not at all. A key that the policy
// fixes and s changes is refused with ErrSettingFixed.
func (f Folder) SaveSettings(s Settings) error {
	if err := refuseIndividualNumber(namedText{"office", s.Office}, namedText{"operator", s.Operator}, namedText{"printer", s.Printer},
		namedText{"tray", s.Tray}, namedText{"pdfProgram", s.PDFProgram}, namedText{"envelope", s.Envelope}, namedText{"place", s.Place}, namedText{"hours", s.Hours}, namedText{"retentionClass", s.RetentionClass}, namedText{"exportFolder", s.ExportFolder}); err != nil {
		return err
	}
	if err := f.prepare(); err != nil {
		return err
	}
	under := s
	if _, err := readSettings(f.Policy(), &under); err != nil {
		return err
	}
	under.Fixed, s.Fixed, under.Roles, s.Roles = nil, nil, nil, nil
	wanted, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return fmt.Errorf("encoding settings: %w", err)
	}
	allowed, err := json.MarshalIndent(under, "", "  ")
	if err != nil {
		return fmt.Errorf("encoding settings: %w", err)
	}
	if string(wanted) != string(allowed) {
		return ErrSettingFixed
	}
	return ReplaceFile(f.Settings(), 0o600, func(w io.Writer) error {
		_, err := w.Write(append(wanted, '\n'))
		return err
	})
}
