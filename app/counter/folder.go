package counter

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// Folder is the data folder. Its zero value is no folder.
type Folder string

// DefaultFolder is where the data is kept when nobody says otherwise: on
// Windows the folder "data" beside the program, which the zip form brings, else
// the machine's program data, shared by all users of the counter PC and
// untouched by the uninstaller; elsewhere the user's data folder.
func DefaultFolder() Folder {
	if runtime.GOOS == "windows" {
		if program, err := os.Executable(); err == nil && besideProgram(program).exists() {
			return besideProgram(program)
		}
		return Folder(filepath.Join(os.Getenv("PROGRAMDATA"), "Madoguchi", "data"))
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return Folder(filepath.Join(dir, "madoguchi"))
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return Folder("madoguchi-data")
	}
	return Folder(filepath.Join(home, ".local", "share", "madoguchi"))
}

// besideProgram is the data folder of the zip form, for PCs where nothing may be
// installed.
func besideProgram(program string) Folder {
	return Folder(filepath.Join(filepath.Dir(program), "data"))
}

// BesideProgram reports whether this is the zip form: the data folder lies
// beside the program.
func BesideProgram() bool {
	program, err := os.Executable()
	return err == nil && besideProgram(program).exists()
}

func (f Folder) exists() bool {
	info, err := os.Stat(string(f))
	return err == nil && info.IsDir()
}

// Simulation is the folder that holds everything training writes.
func (f Folder) Simulation() Folder { return Folder(f.join("simulation")) }

// Settings is the file of what the office chose.
func (f Folder) Settings() string { return f.join("settings.json") }

// Policy is the file of settings an administrator fixed.
func (f Folder) Policy() string { return f.join("policy.json") }

// Rules is the folder of rule sets a municipality added.
func (f Folder) Rules() string { return f.join("rules") }

// Approved is the file of approved fingerprints.
func (f Folder) Approved() string { return f.join("rules", "approved.json") }

// History is the database of cases.
func (f Folder) History() string { return f.join("history.db") }

// Key is the file of the history's key, where the system keeps none.
func (f Folder) Key() string { return f.join("history.key") }

// Fonts is the folder of IPAmj Mincho and, under own/, of the municipality's own
// characters.
func (f Folder) Fonts() string { return f.join("fonts") }

// Backups is the folder of verified copies of the history.
func (f Folder) Backups() string { return f.join("backup") }

// Logs is the folder of the program's log.
func (f Folder) Logs() string { return f.join("logs") }

// Prints is the folder of PDF files made from the window.
func (f Folder) Prints() string { return f.join("prints") }

func (f Folder) join(parts ...string) string {
	return filepath.Join(append([]string{string(f)}, parts...)...)
}

// ErrFolderNotWritable means that nothing can be stored in the data folder.
var ErrFolderNotWritable = errors.New("the data folder cannot be written to")

// FolderError is a data folder that cannot be used, and why.
type FolderError struct {
	Path string
	Err  error // ErrFolderNotWritable or a plain file error
}

func (e *FolderError) Error() string { return fmt.Sprintf("data folder %s: %v", e.Path, e.Err) }

// Unwrap gives the reason.
func (e *FolderError) Unwrap() error { return e.Err }

// check refuses a name that another thing has, such as a file.
func (f Folder) check() error {
	info, err := os.Stat(string(f))
	if err == nil && !info.IsDir() {
		return &FolderError{Path: string(f), Err: fmt.Errorf("%w: it is a file", ErrFolderNotWritable)}
	}
	return nil
}

// Make makes the data folder where there is none. A new one is for the user who
// makes it and for administrators; one that an administrator or the installer
// made stays as it is. Errors: *FolderError.
func (f Folder) Make() error {
	if f.exists() {
		return nil
	}
	err := os.MkdirAll(string(f), 0o700)
	if err == nil {
		err = protect(string(f))
	}
	if err != nil {
		return &FolderError{Path: string(f), Err: notWritable(err)}
	}
	return nil
}

// top is the data folder that a folder of training lies in, else the folder itself.
func (f Folder) top() Folder {
	if above := Folder(filepath.Dir(string(f))); f == above.Simulation() {
		return above
	}
	return f
}

// prepare makes the folder and proves by a file of its own that it can be
// written to. Mode bits say little: a mount may be read-only, root ignores them.
func (f Folder) prepare() error {
	if err := f.top().Make(); err != nil {
		return err
	}
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return &FolderError{Path: string(f), Err: notWritable(err)}
	}
	probe, err := os.CreateTemp(string(f), ".writable-*")
	if err != nil {
		return &FolderError{Path: string(f), Err: notWritable(err)}
	}
	name := probe.Name()
	err = errors.Join(probe.Close(), os.Remove(name))
	if err != nil {
		return &FolderError{Path: string(f), Err: notWritable(err)}
	}
	return nil
}

// notWritable names the refusals that mean "not writable" and leaves the rest.
func notWritable(err error) error {
	if errors.Is(err, fs.ErrPermission) || isReadOnly(err) || errors.Is(err, fs.ErrExist) || isNotFolder(err) {
		return fmt.Errorf("%w: %w", ErrFolderNotWritable, err)
	}
	return err
}
