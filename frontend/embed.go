// Package frontend embeds the built window. It is a Go package only for that.
package frontend

import "embed"

// Dist is the built window: the folder dist as Vite wrote it.
//
//go:embed all:dist
var Dist embed.FS
