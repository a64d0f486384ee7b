package counter

import (
	"fmt"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// systemVersion is Windows' own version: 10.0.19045.
func systemVersion() string {
	v := windows.RtlGetVersion()
	return fmt.Sprintf("%d.%d.%d", v.MajorVersion, v.MinorVersion, v.BuildNumber)
}

// viewVersion is the version of the WebView2 runtime, empty when it is missing.
// It says so in one of three places:
// https://learn.microsoft.com/microsoft-edge/webview2/concepts/distribution
func viewVersion() (version string, asked bool) {
	const client = `Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}`
	for _, place := range []struct {
		root registry.Key
		path string
	}{
		{registry.LOCAL_MACHINE, `SOFTWARE\WOW6432Node\` + client},
		{registry.LOCAL_MACHINE, `SOFTWARE\` + client},
		{registry.CURRENT_USER, `Software\` + client},
	} {
		key, err := registry.OpenKey(place.root, place.path, registry.QUERY_VALUE)
		if err != nil {
			continue
		}
		version, _, err := key.GetStringValue("pv")
		_ = key.Close() // only read from
		if err == nil && version != "" && version != "0.0.0.0" {
			return version, true
		}
	}
	return "", true
}

// desktopFolder is where people look for a file that was made for them.
func desktopFolder() (string, error) {
	return windows.KnownFolderPath(windows.FOLDERID_Desktop, 0)
}
