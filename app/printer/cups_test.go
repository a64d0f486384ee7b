//go:build !windows

package printer

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// recorded is a PATH with a strict lp: it takes what this package may send,
// writes it down, and refuses everything else.
func recorded(t *testing.T) (args func() []string) {
	t.Helper()
	dir := t.TempDir()
	log := filepath.Join(dir, "log")
	const lp = `#!/bin/sh
for a; do printf '%s\n' "$a" >>"$LOG"; done
while [ $# -gt 0 ]; do
	case "$1" in
	-d|-t|-o) shift ;;
	--) shift; break ;;
	*) echo "lp: Error - unknown option $1" >&2; exit 1 ;;
	esac
	shift
done
[ $# -eq 1 ] && [ -f "$1" ] || { echo "lp: Error - no file" >&2; exit 1; }
echo "request id is OFFICE-1-27 (1 file(s))"
`
	for name, text := range map[string]string{"lp": lp, "lpstat": "#!/bin/sh\necho scheduler is running\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	t.Setenv("LOG", log)
	return func() []string {
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Split(strings.TrimSpace(string(data)), "\n")
	}
}

// aFile is something to print.
func aFile(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "-o sides=x.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.4\n%%EOF\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestWhatIsAskedOfLP(t *testing.T) {
	file := aFile(t)
	cases := []struct {
		name string
		job  Job
		want []string
	}{
		{"one side each", Job{Printer: "OFFICE-1"}, []string{"sides=one-sided"}},
		{"both sides", Job{Printer: "OFFICE-1", TwoSided: true}, []string{"sides=two-sided-long-edge"}},
		{"a tray", Job{Printer: "OFFICE-1", Tray: "Tray2"}, []string{"sides=one-sided", "InputSlot=Tray2"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			args := recorded(t)
			c.job.Path, c.job.Title = file, "照会書 KG26-000017"
			receipt, err := New(Options{}).Send(t.Context(), c.job)
			if err != nil || receipt.id != "OFFICE-1-27" {
				t.Fatalf("got %+v, %v", receipt, err)
			}
			got := args()
			for _, want := range append([]string{"OFFICE-1", "照会書 KG26-000017", "print-scaling=none", "media=A4", file}, c.want...) {
				if !slices.Contains(got, want) {
					t.Errorf("%q is not among %q", want, got)
				}
			}
			if slices.ContainsFunc(got, func(a string) bool { return strings.HasPrefix(a, "InputSlot") }) != (c.job.Tray != "") {
				t.Errorf("the tray of %q", got)
			}
		})
	}
}

func TestWithoutASystem(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := New(Options{})
	if list, err := s.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("list: %v, %v", list, err)
	}
	if trays, err := s.Trays(t.Context(), "x"); err != nil || len(trays) != 0 {
		t.Errorf("trays: %v, %v", trays, err)
	}
	_, err := s.Send(t.Context(), Job{Path: aFile(t), Printer: "x"})
	wantRefusal(t, err, NoSystem)
	if err := s.Open(t.Context(), aFile(t)); err == nil {
		t.Error("a file was opened by nothing")
	}
}

// A job of which the system gave no number is not followed.
func TestNoNumberIsUntold(t *testing.T) {
	o, err := New(Options{}).Outcome(t.Context(), Receipt{Printer: "x"})
	if err != nil || o.State != Untold {
		t.Errorf("got %+v, %v", o, err)
	}
}

func TestTrays(t *testing.T) {
	dir := t.TempDir()
	const lpoptions = "#!/bin/sh\ncat <<'E'\nPageSize/Media Size: *A4 Letter\nInputSlot/Media Source: *Auto Upper Tray2\nDuplex/2-Sided: None *DuplexNoTumble\nE\n"
	if err := os.WriteFile(filepath.Join(dir, "lpoptions"), []byte(lpoptions), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	trays, err := New(Options{}).Trays(t.Context(), "OFFICE-1")
	if want := []string{"Auto", "Upper", "Tray2"}; err != nil || !slices.Equal(trays, want) {
		t.Errorf("got %q, %v; want %q", trays, err, want)
	}
}

func TestWhatAPrinterWaitsFor(t *testing.T) {
	cases := []struct {
		alerts string
		want   Reason
	}{
		{"none", ""}, {"", ""}, {"media-low-warning", ""}, {"toner-low-report", ""},
		{"media-empty-error", NeedsPaper}, {"media-needed", NeedsPaper},
		{"media-jam-error", NeedsHand}, {"toner-low-warning cover-open-error", NeedsHand}, {"offline-report", NeedsHand},
	}
	for _, c := range cases {
		if got := waitsFor(alertsOf("printer x is idle.\n\tAlerts: " + c.alerts + "\n")); got != c.want {
			t.Errorf("%q: got %q, want %q", c.alerts, got, c.want)
		}
	}
}

// FuzzJobState: whatever a service answers is a state or an error.
func FuzzJobState(f *testing.F) {
	f.Add([]byte{2, 0, 0, 0, 0, 0, 0, 1, 2, tagEnum, 0, 9, 'j', 'o', 'b', '-', 's', 't', 'a', 't', 'e', 0, 4, 0, 0, 0, 9, 3})
	f.Add([]byte{2, 0, 4, 6, 0, 0, 0, 1, 3})
	f.Fuzz(func(t *testing.T, data []byte) {
		state, err := readJobState(data)
		if (err == nil) == (state == 0) && err != nil {
			t.Errorf("got %d with %v", state, err)
		}
	})
}

func wantRefusal(t *testing.T, err error, want Reason) {
	t.Helper()
	var r *Refusal
	if !errors.As(err, &r) || r.Reason != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// A realService is a CUPS of this test's own, with queues that lead nowhere.
type realService struct {
	t   *testing.T
	dir string
}

// startCUPS starts the service in a folder of its own: the printers of whoever
// runs the test are neither seen nor used.
func startCUPS(t *testing.T) realService {
	t.Helper()
	program, err := exec.LookPath("cupsd")
	if err != nil {
		program = "/usr/sbin/cupsd"
	}
	if _, err := os.Stat(program); err != nil || os.Geteuid() != 0 {
		t.Skip("needs cupsd and root; to run: apt-get install cups-daemon cups-client")
	}
	dir, err := os.MkdirTemp("/tmp", "madoguchi-cups-") // the name of a socket must be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	s := realService{t, dir}
	s.configure()
	cmd := exec.Command(program, "-f", "-c", dir+"/cupsd.conf", "-s", dir+"/cups-files.conf")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	t.Setenv("CUPS_SERVER", dir+"/socket")
	t.Setenv("HOME", dir)
	t.Setenv("PATH", os.Getenv("PATH")+":/usr/sbin") // lpadmin
	for range 100 {
		if out, err := exec.Command("lpstat", "-r").Output(); err == nil && strings.Contains(string(out), "is running") {
			return s
		}
		time.Sleep(50 * time.Millisecond) // the service has no other sign of being there
	}
	t.Fatal("the service does not answer")
	return s
}

// configure writes the service's files and gives its folders to its user.
func (s realService) configure() {
	s.t.Helper()
	for name, text := range map[string]string{
		"cupsd.conf": "Listen DIR/socket\nBrowsing Off\nDefaultAuthType None\n<Location />\nOrder allow,deny\nAllow all\n</Location>\n" +
			"<Location /admin>\nOrder allow,deny\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nOrder deny,allow\nAllow all\n</Limit>\n</Policy>\n",
		"cups-files.conf": "User lp\nGroup lp\nSystemGroup root\nFileDevice Yes\nServerRoot DIR/root\nRequestRoot DIR/spool\nCacheDir DIR/cache\n" +
			"StateDir DIR/state\nTempDir DIR/temp\nAccessLog DIR/access\nErrorLog DIR/error\nPageLog DIR/page\nPrintcap\n",
	} {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte(strings.ReplaceAll(text, "DIR", s.dir)), 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	lp, err := user.Lookup("lp")
	if err != nil {
		s.t.Fatal(err)
	}
	uid, _ := strconv.Atoi(lp.Uid)
	gid, _ := strconv.Atoi(lp.Gid)
	for _, name := range []string{"", "root", "root/ppd", "spool", "cache", "state", "temp"} {
		folder := filepath.Join(s.dir, name)
		if err := errors.Join(os.MkdirAll(folder, 0o755), os.Chown(folder, uid, gid)); err != nil {
			s.t.Fatal(err)
		}
	}
	if err := os.Chmod(s.dir, 0o755); err != nil {
		s.t.Fatal(err)
	}
}

func (s realService) admin(name string, args ...string) {
	s.t.Helper()
	if out, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		s.t.Fatalf("%s %v: %v\n%s", name, args, err, out)
	}
}

func (s realService) send(name string) Receipt {
	s.t.Helper()
	r, err := New(Options{}).Send(s.t.Context(), Job{Path: aFile(s.t), Title: "試験", Printer: name})
	if err != nil || r.id == "" {
		s.t.Fatalf("sending: %+v, %v", r, err)
	}
	return r
}

// TestRealService prints through a real CUPS and reads back what it tells.
func TestRealService(t *testing.T) {
	s := startCUPS(t)
	system := New(Options{})
	if list, err := system.List(t.Context()); err != nil || len(list) != 0 {
		t.Errorf("before any printer: %v, %v", list, err)
	}
	s.admin("lpadmin", "-p", "amadoguchi", "-v", "file:/dev/null", "-E")
	s.admin("lpadmin", "-p", "office", "-v", "file:/dev/null", "-E")
	s.admin("lpadmin", "-d", "office")
	s.admin("lpadmin", "-p", "closed", "-v", "file:/dev/null")
	s.admin("lpadmin", "-p", "far", "-v", "ipp://127.0.0.1:9/ipp/print", "-E")

	t.Run("the printers, the default first", func(t *testing.T) {
		list, err := system.List(t.Context())
		if err != nil || len(list) != 4 || list[0] != (Printer{Name: "office", Default: true}) || list[1].Default {
			t.Errorf("got %+v, %v", list, err)
		}
	})
	t.Run("printed", func(t *testing.T) {
		r := s.send("office")
		o, err := system.Outcome(t.Context(), r)
		if err != nil || o.State != Printed {
			t.Errorf("got %+v, %v", o, err)
		}
	})
	t.Run("no such printer", func(t *testing.T) {
		_, err := system.Send(t.Context(), Job{Path: aFile(t), Printer: "nowhere"})
		wantRefusal(t, err, NoSuchPrinter)
	})
	t.Run("not accepting", func(t *testing.T) {
		_, err := system.Send(t.Context(), Job{Path: aFile(t), Printer: "closed"})
		wantRefusal(t, err, NotAccepting)
	})
	t.Run("stopped, and the job taken back", func(t *testing.T) {
		s.admin("cupsdisable", "office")
		defer s.admin("cupsenable", "office")
		r := s.send("office")
		_, err := system.Outcome(t.Context(), r)
		wantRefusal(t, err, Stopped)
		if state, err := stateOfJob(t.Context(), r.id); err != nil || state != jobCanceled {
			t.Errorf("the job stands at %d, %v; it would be printed twice", state, err)
		}
	})
	t.Run("canceled", func(t *testing.T) {
		s.admin("cupsdisable", "office")
		defer s.admin("cupsenable", "office")
		r := s.send("office")
		s.admin("cancel", r.id)
		_, err := system.Outcome(t.Context(), r)
		wantRefusal(t, err, Canceled)
	})
	t.Run("untold while a printer does not answer", func(t *testing.T) {
		r := s.send("far")
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if o, err := system.Outcome(ctx, r); err != nil || o.State != Untold {
			t.Errorf("got %+v, %v", o, err)
		}
		if err := system.Withdraw(t.Context(), r); err != nil {
			t.Error(err)
		}
	})
	t.Run("a job nobody knows", func(t *testing.T) {
		if o, err := system.Outcome(t.Context(), Receipt{Printer: "office", id: "office-999"}); err != nil || o.State != Untold {
			t.Errorf("got %+v, %v", o, err)
		}
	})
	t.Run("the service is gone", func(t *testing.T) {
		t.Setenv("CUPS_SERVER", s.dir+"/nothing")
		_, err := system.Send(t.Context(), Job{Path: aFile(t), Printer: "office"})
		wantRefusal(t, err, NoSystem)
	})
}
