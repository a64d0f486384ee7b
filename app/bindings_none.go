//go:build !bindings

package app

// generating: see bindings.go.
const generating = false

// prepareBindings has nothing to do in a program.
func prepareBindings() error { return nil }
