package counter

import (
	"errors"
	"fmt"
	"path/filepath"

	"golang.org/x/sys/windows"
)

func isReadOnly(err error) bool  { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
func isNotFolder(err error) bool { return errors.Is(err, windows.ERROR_DIRECTORY) }
func isDiskFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// freeBytes is the room left for this user on the disk of a folder.
func freeBytes(path string) (uint64, error) {
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	var free, total, all uint64
	err = windows.GetDiskFreeSpaceEx(name, &free, &total, &all)
	return free, err
}

// systemNumber is the number of an error of the system itself.
func systemNumber(err error) (uintptr, bool) {
	number, ok := err.(windows.Errno)
	return uintptr(number), ok
}

// protect gives a folder to its maker, to administrators and to the system, and
// to nobody else: what lies in ProgramData can otherwise be read by every user of
// the PC. Where the disk keeps no permissions there is nothing to give.
func protect(path string) error {
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return fmt.Errorf("asking who the user is: %w", err)
	}
	// SDDL: protected; full control, for all files and folders in it too.
	rules := fmt.Sprintf("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;%s)", user.User.Sid)
	descriptor, err := windows.SecurityDescriptorFromString(rules)
	if err != nil {
		return fmt.Errorf("writing the permissions: %w", err)
	}
	list, _, err := descriptor.DACL()
	if err != nil {
		return fmt.Errorf("writing the permissions: %w", err)
	}
	const which = windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION
	err = windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, which, nil, nil, list, nil)
	if err != nil && keepsPermissions(path) {
		return fmt.Errorf("setting the permissions: %w", err)
	}
	return nil
}

// keepsPermissions reports whether the disk of a path can limit access at all.
func keepsPermissions(path string) bool {
	full, err := filepath.Abs(path)
	if err != nil {
		return true
	}
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(full) + `\`)
	if err != nil {
		return true
	}
	var flags uint32
	err = windows.GetVolumeInformation(root, nil, 0, nil, nil, &flags, nil, 0)
	return err != nil || flags&windows.FILE_PERSISTENT_ACLS != 0
}

// syncFolder has nothing to do: NTFS keeps its journal of names itself, and a
// folder cannot be flushed by whoever may only write into it.
func syncFolder(string) error { return nil }
