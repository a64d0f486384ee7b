package rules

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Approval is a supervisor's signature under one edition of a rule set.
type Approval struct {
	ID      MunicipalityID `json:"id"`
	Edition string         `json:"edition"` // the fingerprint that was signed
	By      string         `json:"by"`
	On      Date           `json:"on"`
}

// ErrNotApproved means that a packed edition carries no approval of its own
// tables: they were changed behind the signature, or never signed.
var ErrNotApproved = errors.New("the approval does not match the tables")

// approvalFile is the name of the approval inside a packed edition.
const approvalFile = "approval.json"

// mostPacked bounds what is unpacked from one file of a packed edition, in bytes.
const mostPacked = 4 << 20

// Pack writes an approved edition as one file, to be put on many PCs. The same
// edition always gives the same bytes. Errors: [Faults], [ErrNotApproved].
func Pack(w io.Writer, files fs.FS, approval Approval) error {
	set, err := Load(files)
	if err != nil {
		return err
	}
	if approval.Edition != set.Edition || approval.ID != set.ID {
		return ErrNotApproved
	}
	names, err := fs.Glob(files, "*.csv")
	if err != nil {
		return fmt.Errorf("listing tables: %w", err)
	}
	slices.Sort(names)
	signed, err := json.Marshal(approval)
	if err != nil {
		return fmt.Errorf("writing the approval: %w", err)
	}
	z := zip.NewWriter(w)
	if err := addPacked(z, approvalFile, signed); err != nil {
		return err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		if err := addPacked(z, name, data); err != nil {
			return err
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("packing: %w", err)
	}
	return nil
}

func addPacked(z *zip.Writer, name string, data []byte) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
	if err == nil {
		_, err = f.Write(data)
	}
	if err != nil {
		return fmt.Errorf("packing %s: %w", name, err)
	}
	return nil
}

// Unpack reads a packed edition: its tables, checked, and the approval that
// matches them. Nothing is written anywhere. Errors: [Faults], [ErrNotApproved],
// or that the file is no packed edition.
func Unpack(data []byte) (files fs.FS, set *Set, approval Approval, err error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, Approval{}, fmt.Errorf("reading the packed edition: %w", err)
	}
	for _, f := range z.File {
		text, err := readPacked(f)
		if err != nil {
			return nil, nil, Approval{}, err
		}
		if f.Name != approvalFile {
			continue
		}
		if err := json.Unmarshal(text, &approval); err != nil {
			return nil, nil, Approval{}, fmt.Errorf("reading the approval: %w", err)
		}
	}
	if set, err = Load(z); err != nil {
		return nil, nil, Approval{}, err
	}
	if approval.Edition != set.Edition || approval.ID != set.ID || approval.By == "" {
		return nil, nil, Approval{}, ErrNotApproved
	}
	return z, set, approval, nil
}

func readPacked(f *zip.File) ([]byte, error) {
	if path.Base(f.Name) != f.Name || f.Name != approvalFile && !strings.HasSuffix(f.Name, ".csv") {
		return nil, fmt.Errorf("reading the packed edition: %q does not belong into one", f.Name)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, mostPacked+1))
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", f.Name, err)
	}
	if len(data) > mostPacked {
		return nil, fmt.Errorf("reading %s: larger than any table", f.Name)
	}
	return data, nil
}
