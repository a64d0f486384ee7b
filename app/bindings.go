//go:build bindings

package app

import "os"

// prepareBindings makes the bindings come out as TypeScript interfaces, as
// wails.json says: the generator itself reads that only from its environment.
func prepareBindings() error { return os.Setenv("tsoutputtype", "interfaces") }
