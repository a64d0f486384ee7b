// Command build prepares, builds, tests and starts Madoguchi. It is run from
// the root of the repository and needs nothing but Go and Node:
//
//	go run ./build run      build the program and open it on a simulated card
//	go run ./build test     everything that is checked before a change lands
//	go run ./build release  the files that are handed to an office
//	go run ./build measure  how fast the window is and how much memory it takes
//
// A job is a list of stages (stage.go), each with the Debian packages it needs
// and the steps it takes. The runner takes them in order, installs what is
// missing, stops at the first failure and names it. Every process a step
// starts is ended with the step.
//
// Besides the program, this folder holds what makes it a Windows program: the
// icon, the manifest and the installer script. It imports the standard library
// only, so that it runs before anything else has been fetched.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

const usage = `usage:
  go run ./build run [--situation FILE] [--scenario ID] [--no-window]
        build the program and open it in simulation mode
  go run ./build test [--list] [--stage NAME]...
        run every check, or only the named stages
  go run ./build release [-o DIR] [--pkcs12 FILE --password-file FILE] [--twice]
        make the files that are handed to an office
  go run ./build measure [--runs N] [start] [keys] [memory]
        print how fast the window is and how much memory it takes
`

// errUsage marks a command line that could not be understood.
var errUsage = errors.New("the command line was not understood")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	err := command(ctx, os.Args[1:])
	switch {
	case err == nil:
	case errors.Is(err, errUsage):
		fmt.Fprintf(os.Stderr, "%v\n\n%s", err, usage)
		os.Exit(2)
	default:
		fmt.Fprintf(os.Stderr, "\n%v\n", err)
		os.Exit(1)
	}
}

// command runs the job that the command line names.
func command(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%w: no command given", errUsage)
	}
	jobs := map[string]func(*site, []string) error{
		"test":    testCommand,
		"run":     runCommand,
		"release": releaseCommand,
		"measure": measureCommand,
	}
	job, ok := jobs[args[0]]
	if !ok {
		return fmt.Errorf("%w: there is no command %q", errUsage, args[0])
	}
	s, err := openSite(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return job(s, args[1:])
}
