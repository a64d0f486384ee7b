package history

import (
	"path/filepath"
	"syscall"
)

// networkFileSystems are the types, by statfs(2), whose locks SQLite cannot
// rely on. https://www.sqlite.org/wal.html §1
var networkFileSystems = map[uint32]string{
	0x6969:     "nfs",
	0x517B:     "smb",
	0xFF534D42: "cifs",
	0xFE534D42: "smb2",
	0x01021997: "9p",
	0x5346414F: "afs",
	0x73757245: "coda",
	0x00C36400: "ceph",
	0x0BD00BD0: "lustre",
	0x47504653: "gpfs",
}

// onNetworkDrive reports whether the nearest folder that is there lies on a
// network drive.
func onNetworkDrive(path string) bool {
	if isUNC(path) {
		return true
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		var st syscall.Statfs_t
		if syscall.Statfs(dir, &st) == nil {
			_, remote := networkFileSystems[uint32(st.Type)]
			return remote
		}
		if dir == filepath.Dir(dir) {
			return false
		}
	}
}
