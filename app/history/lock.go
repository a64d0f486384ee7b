package history

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"strings"
	"time"
)

// lockFile is the file beside the database that one program holds. The
// operating system lets go of it when the program ends, however it ends.
type lockFile struct{ file *os.File }

// lockHolder is what the lock file says of the program that holds it.
type lockHolder struct {
	Program  string `json:"program"`
	Operator string `json:"operator"`
	Account  string `json:"account"` // of the system: clerks of one PC may share the settings
	Computer string `json:"computer"`
	Process  int    `json:"process"`
	Since    string `json:"since"`
}

func (h lockHolder) String() string {
	return fmt.Sprintf("%s, 担当 %s, 利用者 %s, %s, プロセス %d, %s から", h.Program, h.Operator, h.Account, h.Computer, h.Process, h.Since)
}

// lockStep is the time between two attempts at a lock that another program holds.
const lockStep = 20 * time.Millisecond

func lockPath(database string) string { return database + ".lock" }

// errHeld says that another program holds the lock.
var errHeld = errors.New("held by another program")

// holdFile takes the lock, waiting for as long as the options allow, and says
// who holds it when it cannot.
func holdFile(ctx context.Context, o Options) (*lockFile, error) {
	path := lockPath(o.Path)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault(path, fmt.Errorf("opening lock file: %w", err))
	}
	for waited := time.Duration(0); ; waited += lockStep {
		err = lockHandle(f)
		if !errors.Is(err, errHeld) || waited >= o.Patience {
			break
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), f.Close())
		case <-time.After(lockStep):
		}
	}
	l := &lockFile{file: f}
	if errors.Is(err, errHeld) {
		return nil, errors.Join(&Fault{Code: FaultHeld, Where: o.Path, Holder: l.holder()}, f.Close())
	}
	if err == nil {
		err = l.sign(o)
	}
	if err != nil {
		return nil, errors.Join(fault(path, fmt.Errorf("taking the lock: %w", err)), f.Close())
	}
	return l, nil
}

// sign writes who holds the lock.
func (l *lockFile) sign(o Options) error {
	computer, err := os.Hostname()
	if err != nil {
		computer = "?"
	}
	account := "?"
	if u, err := user.Current(); err == nil {
		account = u.Username
	}
	h := lockHolder{Account: account, Program: "窓口ナビ " + o.Program, Operator: o.Operator().ID, Computer: computer, Process: os.Getpid(), Since: stamp(o.Clock())[:19]}
	data, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("writing lock file: %w", err)
	}
	if err := l.file.Truncate(0); err != nil {
		return fmt.Errorf("writing lock file: %w", err)
	}
	_, err = l.file.WriteAt(data, 0)
	return err
}

func (l *lockFile) holder() string {
	data, err := io.ReadAll(io.NewSectionReader(l.file, 0, 4096))
	var h lockHolder
	if err != nil || json.Unmarshal(data, &h) != nil {
		return "不明"
	}
	return strings.TrimSpace(h.String())
}

func (l *lockFile) release() error {
	if l == nil {
		return nil
	}
	return l.file.Close() // closing lets go of the lock
}
