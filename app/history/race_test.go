//go:build race

package history

// raced says that the race detector is on.
const raced = true
