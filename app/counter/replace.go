package counter

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrIsFolder means that a file was to be written where a folder stands.
var ErrIsFolder = errors.New("there is a folder of this name")

// ReplaceFile writes a file whole or not at all: into a temporary file beside
// it, flushed to the disk, then renamed over the old one, and the name flushed
// too: after a power cut the old file is there or the new one. When write fails
// the old file stands as it was and nothing is left behind. What the disk refused
// is an *OutputError, whoever met it; the rest is what write said.
func ReplaceFile(path string, perm os.FileMode, write func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return &OutputError{Path: path, Err: fmt.Errorf("writing %s: %w", path, ErrIsFolder)}
	}
	err := replaceFile(path, perm, write)
	if err == nil {
		return nil
	}
	err = fmt.Errorf("writing %s: %w", path, err)
	if isFileFault(err) {
		return &OutputError{Path: path, Err: err}
	}
	return err
}

func replaceFile(path string, perm os.FileMode, write func(io.Writer) error) (err error) {
	dir := filepath.Dir(path)
	temp, err := os.CreateTemp(dir, tempPrefix+"*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // already failing: the first error is the one to tell
		}
	}()
	if err := write(temp); err != nil {
		return errors.Join(err, temp.Close())
	}
	if err := errors.Join(temp.Chmod(perm), temp.Sync(), temp.Close()); err != nil {
		return err
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return err
	}
	return syncFolder(dir)
}

// tempPrefix begins the name of a file that is not whole yet.
const tempPrefix = ".new-"

// isFileFault reports whether the system refused something with a file.
func isFileFault(err error) bool {
	_, onPath := as[*fs.PathError](err)
	_, onTwo := as[*os.LinkError](err)
	return onPath || onTwo
}
