package counter

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"madoguchi/app/forms"
	"madoguchi/rules"
)

// Printed is a file that was made.
type Printed struct {
	Path  string `json:"path"` // absolute
	Pages int    `json:"pages"`
}

// OutputError is a file that could not be written; the one that stood there
// before still does.
type OutputError struct {
	Path string
	Err  error
}

func (e *OutputError) Error() string { return e.Err.Error() }

// Unwrap gives the reason.
func (e *OutputError) Unwrap() error { return e.Err }

// PrintChecklist makes the one-page checklist of a plan as a PDF at path,
// whole or not at all. An empty path makes a file of its own in the folder of
// prints. caseNumber may be empty. In simulation the page is marked 訓練.
// Errors: those of forms, *OutputError.
func (c *Counter) PrintChecklist(ctx context.Context, plan rules.Plan, caseNumber, path string) (Printed, error) {
	return c.PrintChecklistAs(ctx, forms.Checklist{Plan: plan, CaseNumber: caseNumber}, path)
}

// PrintChecklistAs is PrintChecklist in another register, in large type or
// without furigana. Office, source titles and the letter's name are filled in.
func (c *Counter) PrintChecklistAs(ctx context.Context, in forms.Checklist, path string) (Printed, error) {
	in.Office, in.SourceTitles, in.LetterTitle = c.settings.Office, c.SourceTitles(in.Plan.Municipality), c.LetterTitle(in.Plan.Municipality)
	doc, err := forms.MakeChecklist(c.typefaces(), in, c.printOptions(false))
	if err != nil {
		return Printed{}, fmt.Errorf("making the checklist: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return Printed{}, err
	}
	return c.writeForm(doc, "checklist", path)
}

// writeForm writes a document to a path, or under a name of its own.
func (c *Counter) writeForm(doc *forms.Document, kind, path string) (Printed, error) {
	if path == "" {
		if err := c.folder.prepare(); err != nil {
			return Printed{}, err
		}
		if err := os.MkdirAll(c.folder.Prints(), 0o700); err != nil {
			return Printed{}, &FolderError{Path: c.folder.Prints(), Err: notWritable(err)}
		}
		path = filepath.Join(c.folder.Prints(), kind+"-"+c.options.Now().UTC().Format("20060102-150405.000")+".pdf")
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return Printed{}, fmt.Errorf("naming the file: %w", err)
	}
	if err := ReplaceFile(path, 0o600, doc.Write); err != nil {
		return Printed{}, err
	}
	return Printed{Path: path, Pages: doc.Pages()}, nil
}

// typefaces are the fonts of this program, found once. The office's own fonts
// lie in the data folder.
func (c *Counter) typefaces() *forms.Fonts {
	c.fontsOnce.Do(func() {
		beside := []string{c.real.Fonts()}
		if program, err := os.Executable(); err == nil {
			beside = append(beside, filepath.Dir(program))
		}
		own, err := filepath.Glob(filepath.Join(c.real.Fonts(), "own", "*.[ot]t[fc]"))
		if err != nil {
			own = nil // the pattern is constant and well formed
		}
		c.fonts = forms.OpenFonts(forms.FontSources{Beside: beside, Own: own})
	})
	return c.fonts
}
