// Command standin stands, in the tests under wine, for programs that are not there
// or cannot run there: Microsoft's WebView2 installer, of which it marks the
// runtime as installed where the real one does; icacls.exe, of which it notes how
// it was called; and madoguchi.exe, of which it is open until its input ends. It
// tells by its own name which of them it is.
package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	switch name := strings.ToLower(filepath.Base(os.Args[0])); {
	case strings.HasPrefix(name, "icacls"):
		os.Exit(note(`C:\icacls.txt`))
	case strings.HasPrefix(name, "madoguchi"):
		fmt.Println("open")
		_, _ = io.Copy(io.Discard, os.Stdin) // an end is what is waited for
	default:
		os.Exit(install())
	}
}

// note keeps the arguments, one a line.
func note(file string) int {
	if os.WriteFile(file, []byte(strings.Join(os.Args[1:], "\n")), 0o600) != nil {
		return 1
	}
	return 0
}

func install() int {
	if len(os.Args) != 3 || os.Args[1] != "/silent" || os.Args[2] != "/install" {
		return 1
	}
	const key = `HKLM\SOFTWARE\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}`
	if exec.Command("reg", "add", key, "/v", "pv", "/d", "120.0.2210.91", "/f").Run() != nil {
		return 2
	}
	return 0
}
