//go:build !dev

package app

// devConnect is empty: the window talks to nothing but its own program.
const devConnect = ""
