package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The scripts run the program as it is built, each in a folder of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"madoctl": func() { os.Exit(call()) },
	})
}

func TestScripts(t *testing.T) {
	withoutRaces(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			// No reader and no key store of this machine, whatever it has.
			e.Setenv("PCSCLITE_CSOCK_NAME", e.WorkDir+"/no-pcscd")
			e.Setenv("XDG_DATA_HOME", e.WorkDir+"/share")
			return nil
		},
		Condition: condition,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":   status,
			"sentence": sentence,
			"schema":   schema,
		},
	})
}

// withoutRaces leaves a test that starts programs, and races with none of them, to
// the run without the race detector: it would only be slower here.
func withoutRaces(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("run without -race: the unit tests do so next")
	}
}
