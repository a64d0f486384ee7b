//go:build bindings

package app

import "os"

// generating: this program writes the bindings and opens no office.
const generating = true

// prepareBindings makes the bindings come out as TypeScript interfaces, as
// wails.json says: the generator itself reads that only from its environment.
func prepareBindings() error { return os.Setenv("tsoutputtype", "interfaces") }
