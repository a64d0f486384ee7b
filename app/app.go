// Package app is what a clerk can do, bound to the window: one file a noun, and
// the one place that wires the parts together.
package app

// Main starts the desktop program.
func Main() {}
