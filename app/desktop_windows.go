package app

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// tellPerson shows why the program ends: a program with a window has no console
// that anybody would read.
func tellPerson(sentence string) {
	text, err := windows.UTF16PtrFromString(sentence)
	if err != nil {
		return // a sentence with a zero byte: nothing that could be shown
	}
	title, err := windows.UTF16PtrFromString("窓口ナビ")
	if err != nil {
		return
	}
	_, _ = windows.MessageBox(0, text, title, windows.MB_OK|windows.MB_ICONERROR|windows.MB_SETFOREGROUND) // nobody is left to be told
}

// letFirstComeForward lets the window that is open already take the foreground.
// Windows gives that right to the program the person has just started, which is
// this one; without it the first window would only blink in the task bar.
// https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
func letFirstComeForward() {
	const anyProcess = ^uintptr(0)
	allow := windows.NewLazySystemDLL("user32.dll").NewProc("AllowSetForegroundWindow")
	if allow.Find() == nil {
		_, _, _ = allow.Call(anyProcess) // refused where this program has no such right: then nothing changes
	}
}

// ownCache is the user's own folder for the web view's profile, on this PC: it
// does not travel with the account.
func ownCache() string {
	return filepath.Join(os.Getenv("LOCALAPPDATA"), "Madoguchi", "webview")
}

// sameFolder makes one spelling of a folder's name: Windows does not tell
// capitals from small letters.
func sameFolder(path string) string { return strings.ToLower(path) }
