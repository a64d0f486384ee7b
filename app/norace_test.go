//go:build !race

package app

// raced says that the race detector is on.
const raced = false
