//go:build !bindings

package app

// prepareBindings has nothing to do in a program.
func prepareBindings() error { return nil }
