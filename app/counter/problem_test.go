package counter_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"unicode"

	"madoguchi/app/counter"
	"madoguchi/app/forms"
	"madoguchi/app/history"
	"madoguchi/app/printer"
	"madoguchi/app/simulation"
	"madoguchi/reader"
	"madoguchi/rules"
)

// known are errors of every part, as they come up wrapped.
func known() []error {
	errs := []error{
		context.Canceled,
		&counter.SettingsError{Path: "settings.json", Err: errors.New("x")},
		&counter.FolderError{Path: "data", Err: counter.ErrFolderNotWritable},
		&counter.FolderError{Path: "data", Err: errors.New("x")},
		&counter.OutputError{Path: "a.pdf", Err: errors.New("x")},
		&counter.OutputError{Path: "a.pdf", Err: counter.ErrIsFolder},
		&counter.OutputError{Path: "a.pdf", Err: fs.ErrExist},
		&fs.PathError{Op: "open", Path: "b", Err: fs.ErrPermission},
		&counter.InputError{Name: "a.json", Err: errors.New("x")},
		&counter.InputError{Name: "a.json", Err: &fs.PathError{Op: "open", Path: "a.json", Err: fs.ErrNotExist}},
		&counter.InputError{Name: "a.json", Err: &fs.PathError{Op: "read", Path: "a.json", Err: fs.ErrPermission}},
		&counter.NoRuleSet{ID: "x", Known: []rules.MunicipalityID{"y"}},
		counter.ErrSettingFixed, counter.ErrNoLetterToMake,
		&counter.RoleError{Task: counter.TaskPurge, Need: []history.Role{history.Supervisor, history.Administrator}},
		&counter.RoleError{Task: counter.SetTask("municipality"), Need: []history.Role{history.Administrator}},
		rules.Faults{{Kind: rules.FaultGap, File: "papers.csv"}},
		&forms.MissingGlyphError{}, &forms.VariationError{}, &forms.OverflowError{},
		simulation.ErrNoScenario, simulation.ErrIDTaken, simulation.ErrNoCourse, simulation.ErrNoTrainee, simulation.ErrAnswers,
		simulation.Faults{{File: "a.json", Reason: "x"}},
		&reader.ManyCards{Readers: []string{"a", "b"}},
		&reader.Refused{Command: "SELECT", Status: 0x6A82},
	}
	for _, f := range []reader.Fault{reader.NoService, reader.NotAllowed, reader.NoReader, reader.NoCard, reader.CardRemoved, reader.ReaderRemoved, reader.Busy,
		reader.CardReset, reader.Mute, reader.TooSlow, reader.Garbled, reader.ReaderTrouble, reader.NoSuchReader, reader.NotSupported,
		reader.LeavingRefused, reader.Interrupted} {
		errs = append(errs, f)
	}
	for _, f := range []history.FaultCode{history.FaultHeld, history.FaultNewer, history.FaultDamaged, history.FaultKeyLost} {
		errs = append(errs, &history.Fault{Code: f, Where: "history.db"})
	}
	errs = append(errs, counter.ErrNoPrinter, counter.ErrNoRun, counter.ErrMixedSides, &counter.EnvelopeError{Err: errors.New("x")})
	for _, r := range []printer.Reason{printer.NoSystem, printer.NoProgram, printer.NoSuchPrinter, printer.NotAccepting, printer.Stopped,
		printer.NeedsPaper, printer.NeedsHand, printer.Canceled, printer.Failed} {
		errs = append(errs, &printer.Refusal{Printer: "窓口1", Reason: r})
	}
	for _, r := range []history.RefusalReason{history.NoSuchCase, history.IndividualNumber, history.LetterExpired} {
		errs = append(errs, &history.Refusal{Reason: r})
	}
	return errs
}

// Every error has a sentence of its own: Japanese, one line, with what to do and
// a reference.
func TestEveryErrorHasASentence(t *testing.T) {
	seen := map[string]error{}
	for _, err := range known() {
		p := counter.ProblemOf(fmt.Errorf("doing something: %w", err))
		if p.Code == "unforeseen" || p.Code == "" {
			t.Errorf("%v is unforeseen", err)
		}
		sentence := p.Sentence()
		if strings.ContainsAny(sentence, "\n\r") || strings.Contains(sentence, "。。") || !strings.HasSuffix(sentence, ")") {
			t.Errorf("%v: %q is not one line of sentences", err, sentence)
		}
		for part, text := range map[string]string{"title": p.Title, "action": p.Action} {
			if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Hiragana, r) }) {
				t.Errorf("%v: the %s %q is not Japanese", err, part, text)
			}
		}
		if other, twice := seen[p.Title]; twice {
			t.Errorf("%v and %v say the same: %q", err, other, p.Title)
		}
		seen[p.Title] = err
	}
	if p := counter.ProblemOf(errors.New("nobody foresaw this")); p.Code != "unforeseen" || p.Action == "" {
		t.Errorf("got %+v", p)
	}
	if p := counter.ProblemOf(nil); p != (counter.Problem{}) {
		t.Errorf("no error is no problem, got %+v", p)
	}
}

// Each fault of the reader has its own reference, for the telephone.
func TestReaderFaultsHaveTheirOwnReferences(t *testing.T) {
	seen := map[string]error{}
	for _, err := range known() {
		if _, isFault := reader.FaultOf(err); !isFault {
			continue
		}
		p := counter.ProblemOf(err)
		if p.Class != counter.ClassCard {
			t.Errorf("%v is not a failure of the card", err)
		}
		if other, twice := seen[p.Ref]; twice {
			t.Errorf("%v and %v share reference %s", err, other, p.Ref)
		}
		seen[p.Ref] = err
	}
}

// What the system refuses with a file is said with the file's name, whichever
// call met it; a file that is not whole yet is told by its folder.
func TestRefusalsOfTheSystemNameTheFile(t *testing.T) {
	full := fmt.Errorf("doing something: %w", &fs.PathError{Op: "write", Path: "data/a.csv", Err: diskFull})
	for name, c := range map[string]struct {
		err       error
		ref, says string
	}{
		"full":              {full, "M-014", "data/a.csv"},
		"full, not whole":   {&fs.PathError{Op: "write", Path: "data/.new-12", Err: diskFull}, "M-014", "空きがありません: data"},
		"full, no name":     {fmt.Errorf("doing something: %w", diskFull), "M-014", "書き込み先"},
		"full, result":      {&fs.PathError{Op: "write", Path: os.Stdout.Name(), Err: diskFull}, "M-014", "標準出力"},
		"missing":           {&fs.PathError{Op: "open", Path: "pass.txt", Err: fs.ErrNotExist}, "M-018", "pass.txt"},
		"renaming":          {&os.LinkError{Op: "rename", Old: ".new-1", New: "b.csv", Err: fs.ErrPermission}, "M-018", "b.csv"},
		"output, no room":   {&counter.OutputError{Path: "c.pdf", Err: full}, "M-014", "c.pdf"},
		"output, no folder": {&counter.OutputError{Path: "no/c.pdf", Err: fs.ErrNotExist}, "P-010", "no/c.pdf"},
	} {
		t.Run(name, func(t *testing.T) {
			if p := counter.ProblemOf(c.err); p.Ref != c.ref || !strings.Contains(p.Title, c.says) {
				t.Errorf("got %s %q, want %s with %q", p.Ref, p.Title, c.ref, c.says)
			}
		})
	}
}
