//go:build dev

package app

// devConnect lets the window reach the toolkit's development server, which is
// a web socket on this machine. It is in no build that leaves it.
const devConnect = " ws://127.0.0.1:* ws://localhost:*"
