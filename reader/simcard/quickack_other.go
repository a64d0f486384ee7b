//go:build !linux

package simcard

import "io"

// acknowledge does nothing here: a card is slower, and behaves the same.
func acknowledge(io.ReadWriter) {}
