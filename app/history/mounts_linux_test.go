package history

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// Mode bits mean nothing to root, who runs the tests in a container: there the
// read-only folder is tried as another user, and as a read-only mount.

func TestAReadOnlyFolderIsSaid(t *testing.T) {
	d := newDesk(t)
	d.add(sampleCase())
	d.close()
	dir := filepath.Dir(d.o.Path)
	if os.Geteuid() != 0 {
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
		_, err := Open(context.Background(), d.o)
		faulted(t, err, FaultReadOnly)
		if err := os.Chmod(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		d.open()
		return
	}
	for _, p := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(p, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{d.o.Path, lockPath(d.o.Path), headPath(d.o.Path), d.o.Key.(FileKey).Path} {
		if err := os.Chmod(name, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := childOf(t, d, "TestChildFindsTheFolderReadOnly")
	c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	runChild(t, c)
	d.open()
	if r := d.verify(); !r.OK {
		t.Errorf("afterwards: %+v", r)
	}
}

func TestAReadOnlyMountIsSaid(t *testing.T) {
	needsMounts(t)
	d := newDesk(t)
	d.add(sampleCase())
	d.close()
	dir := filepath.Dir(d.o.Path)
	inNamespace(t, d, "TestChildFindsTheFolderReadOnly", "mount --bind "+dir+" "+dir+" && mount -o remount,bind,ro "+dir)
	d.open()
}

// A real file system with no room left; see also TestAFullDiskLosesNothing.
func TestAFullFileSystemLosesNothing(t *testing.T) {
	needsMounts(t)
	d := newDesk(t)
	d.close()
	inNamespace(t, d, "TestChildFillsTheDisk", "mount -t tmpfs -o size=600k none "+filepath.Dir(d.o.Path))
	d.open()
}

func TestChildFindsTheFolderReadOnly(t *testing.T) {
	o := childsOptions(t)
	_, err := Open(context.Background(), o)
	faulted(t, err, FaultReadOnly)
	o.Path = filepath.Join(filepath.Dir(o.Path), "deeper", "history.db")
	_, err = Open(context.Background(), o)
	faulted(t, err, FaultReadOnly)
}

func TestChildFillsTheDisk(t *testing.T) {
	o := childsOptions(t)
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	added := int64(0)
	for ; added < 10000; added++ {
		if _, err = s.Add(context.Background(), sampleCase()); err != nil {
			break
		}
	}
	faulted(t, err, FaultDiskFull)
	if r, err := s.Verify(context.Background()); err != nil || !r.OK || r.Cases != added {
		t.Errorf("with a full disk: %+v, %v, want %d cases", r, err, added)
	}
	faulted(t, s.Close(), FaultUntidied) // no room to write everything back into one file: no action failed by it
	o.ReadOnly = true
	if s, err = Open(context.Background(), o); err != nil {
		t.Fatalf("looking at it again: %v", err)
	}
	if r, err := s.Verify(context.Background()); err != nil || !r.OK || r.Cases != added {
		t.Errorf("opened again: %+v, %v, want %d cases", r, err, added)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// needsMounts skips where the test may not mount.
func needsMounts(t *testing.T) {
	t.Helper()
	if err := exec.Command("unshare", "-m", "true").Run(); err != nil {
		t.Skip("needs the right to mount: run as root, or in a container with CAP_SYS_ADMIN")
	}
}

// childsOptions are those of the child that a test above runs.
func childsOptions(t *testing.T) Options {
	t.Helper()
	path := os.Getenv("MADOGUCHI_CHILD")
	if path == "" {
		t.Skip("is run as a child of the tests in this file")
	}
	o := childOptions(path)
	o.Key = FileKey{Path: os.Getenv("MADOGUCHI_CHILD_KEY")}
	return o
}

// childOf makes the test program run one of its tests as a child; the program is
// copied to where any user can run it.
func childOf(t *testing.T, d *desk, test string) *exec.Cmd {
	t.Helper()
	data, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "madoguchi")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	program := filepath.Join(dir, "child")
	if err := os.WriteFile(program, data, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, "-test.v", "-test.run=^"+test+"$")
	c.Dir = dir
	c.Env = append(os.Environ(), "MADOGUCHI_CHILD="+d.o.Path, "MADOGUCHI_CHILD_KEY="+d.o.Key.(FileKey).Path)
	return c
}

// inNamespace runs the child after some mounts that nobody else sees.
func inNamespace(t *testing.T, d *desk, test, mounts string) {
	t.Helper()
	c := childOf(t, d, test)
	shell := exec.Command("unshare", "-m", "sh", "-c", mounts+` && exec "$@"`, "sh")
	shell.Args = append(shell.Args, c.Args...)
	shell.Env, shell.Dir = c.Env, c.Dir
	runChild(t, shell)
}

func runChild(t *testing.T, c *exec.Cmd) {
	t.Helper()
	out, err := c.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS") {
		t.Errorf("%v\n%s", err, out)
	}
}
