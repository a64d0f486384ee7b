//go:build !linux && !windows

package history

// onNetworkDrive knows shares by name only on this system.
func onNetworkDrive(path string) bool { return isUNC(path) }
