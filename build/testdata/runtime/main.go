// Command runtime stands for Microsoft's WebView2 installer in the tests under
// wine: it marks the runtime as installed where the real one does.
package main

import (
	"os"
	"os/exec"
)

func main() {
	if len(os.Args) != 3 || os.Args[1] != "/silent" || os.Args[2] != "/install" {
		os.Exit(1)
	}
	const key = `HKLM\SOFTWARE\Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}`
	if err := exec.Command("reg", "add", key, "/v", "pv", "/d", "120.0.2210.91", "/f").Run(); err != nil {
		os.Exit(2)
	}
}
