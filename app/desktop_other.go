//go:build !windows

package app

import (
	"fmt"
	"os"
)

// tellPerson says on the console why the program ends.
func tellPerson(sentence string) { fmt.Fprintln(os.Stderr, sentence) }

// letFirstComeForward has nothing to do: the desktop decides.
func letFirstComeForward() {}

// ownCache is empty: only Windows is told where the web view keeps its profile.
func ownCache() string { return "" }

// sameFolder leaves a folder's name as it is.
func sameFolder(path string) string { return path }
