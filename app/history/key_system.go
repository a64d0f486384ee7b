package history

import "path/filepath"

// KeyFileName is the file in the data folder that holds the key where the
// operating system keeps none.
const KeyFileName = "history.key"

// ChooseKey picks the place of the key for a data folder: the passphrase file
// when one is named; a key file that is there already; the operating system's
// own place (DPAPI on Windows, elsewhere a keyring that answers); else a key
// file, made on first use. plain is true when that file is still to be made:
// the caller warns then that a copy of the whole folder can be opened by anyone.
func ChooseKey(folder, passphraseFile string) (source KeySource, plain bool) {
	if passphraseFile != "" {
		return PassphraseKey{Path: passphraseFile}, false
	}
	file := FileKey{Path: filepath.Join(folder, KeyFileName)}
	if file.Exists() {
		return file, false
	}
	if system, ok := systemKey(folder); ok {
		return system, false
	}
	return file, true
}
