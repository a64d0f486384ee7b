package history

import (
	"fmt"
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// DPAPIKey keeps the key in a file sealed by Windows (DPAPI).
//
// The scope is the computer: clerks of one counter PC log in under their own
// accounts and share one history, so a key of one account would lock the others
// out. Every account of the PC that may read the folder can therefore open the
// history; the installer gives the folder to the office's group alone. A copied
// folder does not open on another PC. Someone who takes the disk itself can get
// at the computer's own DPAPI secret unless the disk is encrypted (BitLocker).
//
// With Scope set to OneAccount only the account that made the key can open it.
//
// https://learn.microsoft.com/windows/win32/api/dpapi/nf-dpapi-cryptprotectdata
type DPAPIKey struct {
	Path  string
	Scope DPAPIScope
}

// DPAPIScope says who can open what DPAPI sealed.
type DPAPIScope bool

// The scopes.
const (
	ThisComputer DPAPIScope = false
	OneAccount   DPAPIScope = true
)

// dpapiEntropy keeps other programs' blobs and ours apart; it is no secret.
var dpapiEntropy = []byte("madoguchi history key v1")

// Kind implements KeySource.
func (DPAPIKey) Kind() string { return "dpapi" }

// Keys implements KeySource.
func (k DPAPIKey) Keys([]byte) ([][]byte, error) { return keyFiles(k.Path, dpapiOpen) }

// Make implements KeySource.
func (k DPAPIKey) Make([]byte) ([]byte, error) {
	key := randomBytes(keyBytes)
	sealed, err := k.seal(key)
	if err != nil {
		return nil, err
	}
	return key, writeFile(pendingPath(k.Path), sealed)
}

// Settle implements KeySource.
func (k DPAPIKey) Settle([]byte, []byte) error { return settleFile(k.Path) }

// keep implements keyKeeper.
func (k DPAPIKey) keep(_, key []byte) error {
	sealed, err := k.seal(key)
	if err != nil {
		return err
	}
	return writeFile(k.Path, sealed)
}

func (k DPAPIKey) seal(key []byte) ([]byte, error) {
	flags := uint32(windows.CRYPTPROTECT_UI_FORBIDDEN)
	if k.Scope == ThisComputer {
		flags |= windows.CRYPTPROTECT_LOCAL_MACHINE
	}
	var out windows.DataBlob
	if err := windows.CryptProtectData(blob(key), nil, blob(dpapiEntropy), 0, nil, flags, &out); err != nil {
		return nil, fmt.Errorf("sealing key with DPAPI: %w", err)
	}
	return takeBlob(out)
}

func dpapiOpen(sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, fmt.Errorf("opening key with DPAPI: the file is empty")
	}
	var out windows.DataBlob
	if err := windows.CryptUnprotectData(blob(sealed), nil, blob(dpapiEntropy), 0, nil, windows.CRYPTPROTECT_UI_FORBIDDEN, &out); err != nil {
		return nil, fmt.Errorf("opening key with DPAPI: %w", err)
	}
	return takeBlob(out)
}

func blob(b []byte) *windows.DataBlob {
	return &windows.DataBlob{Size: uint32(len(b)), Data: unsafe.SliceData(b)}
}

// takeBlob copies what Windows allocated and frees it.
func takeBlob(b windows.DataBlob) ([]byte, error) {
	out := append([]byte(nil), unsafe.Slice(b.Data, b.Size)...)
	if _, err := windows.LocalFree(windows.Handle(unsafe.Pointer(b.Data))); err != nil {
		return nil, fmt.Errorf("freeing DPAPI memory: %w", err)
	}
	return out, nil
}

// systemKey is Windows' own place for the key.
func systemKey(folder string) (KeySource, bool) {
	return DPAPIKey{Path: filepath.Join(folder, "history.dpapi")}, true
}
