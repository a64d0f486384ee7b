package app

import (
	"errors"
	"flag"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"madoguchi/app/counter"
)

// startOptions are the arguments of the desktop program.
type startOptions struct {
	data       string // data folder; empty: the system's usual place
	simulation bool   // training: simulated cards, another database, another colour
	scenario   string // the simulated card that lies on the reader at the start
	realReader bool   // a reader exercise: the real reader instead of the simulated one
	situation  string // file with the answers the desk opens with; only in simulation
}

// parseStart reads the arguments. --scenario and --situation imply --simulation,
// so that nothing made up can meet real data.
func parseStart(args []string) (startOptions, error) {
	var s startOptions
	flags := flag.NewFlagSet("madoguchi", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&s.data, "data", "", "")
	flags.BoolVar(&s.simulation, "simulation", false, "")
	flags.StringVar(&s.scenario, "scenario", "", "")
	flags.StringVar(&s.situation, "situation", "", "")
	if err := flags.Parse(args); err != nil {
		return startOptions{}, fmt.Errorf("起動の指定が読めません (%w)。使えるのは --data フォルダ、--simulation、--scenario 名前、--situation ファイル です", err)
	}
	if flags.NArg() > 0 {
		return startOptions{}, errors.New("起動の指定に余分な言葉があります: " + strings.Join(flags.Args(), " "))
	}
	if s.scenario != "" || s.situation != "" {
		s.simulation = true
	}
	if s.simulation && s.scenario == "" {
		s.scenario = "standard"
	}
	return s, nil
}

// folder is the real data folder, in training too.
func (s startOptions) folder() counter.Folder {
	if s.data != "" {
		return counter.Folder(s.data)
	}
	return counter.DefaultFolder()
}

// mode tells real work from training in the log.
func (s startOptions) mode() string {
	if s.simulation {
		return "simulation"
	}
	return "real"
}

// webviewFolders are where the web view may keep its profile, best first: in the
// user's own folder where the program is installed; where a data folder was named
// or lies beside the program, in that, for each user of it. There are none where
// the toolkit chooses.
func (s startOptions) webviewFolders() []string {
	if runtime.GOOS != "windows" {
		return nil
	}
	own := ownCache()
	if s.data == "" && !counter.BesideProgram() {
		return []string{own}
	}
	return []string{filepath.Join(string(s.folder()), "webview", os.Getenv("USERNAME")), own}
}

// instance names the data the program works on, for the single-instance lock.
func (s startOptions) instance() string {
	path := string(s.folder())
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%s|%t", sameFolder(path), s.simulation) // a hash never fails to take bytes
	return fmt.Sprintf("i%x", h.Sum64())
}
