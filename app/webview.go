package app

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// The web view is a browser, and keeps a profile as browsers do: caches, and
// what it thinks might be typed again. Everything typed here is about people, so
// the window tells it not to (autocomplete="off" on every field), no answer of
// the program may be cached, and before each start the files in which it would
// have kept such things are removed.

// rememberedFiles are where Chromium's profile keeps what was typed and visited.
// Assumed: chrome/common/chrome_constants.cc and components/webdata; a first-day
// check looks through the profile of a real PC.
func rememberedFiles() []string {
	return []string{"Web Data", "Login Data", "Login Data For Account", "History", "Network Action Predictor", "Shortcuts", "Top Sites"}
}

// prepareWebview makes the folder of the profile, the first of the list that can
// be made, and forgets what was remembered in it. No list, no folder of our own.
func prepareWebview(folders []string) (folder string, err error) {
	for _, folder = range folders {
		if err = makeFolder(folder); err == nil {
			forgetTyped(filepath.Join(folder, "EBWebView", "Default"))
			return folder, nil
		}
	}
	return "", err
}

// forgetTyped removes what a profile remembers. A file that another window of
// this program has open stays.
func forgetTyped(profile string) {
	for _, name := range rememberedFiles() {
		for _, end := range []string{"", "-journal", "-wal", "-shm"} {
			err := os.Remove(filepath.Join(profile, name+end))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				break // in use: its side files stay with it
			}
		}
	}
}
