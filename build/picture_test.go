//go:build window

package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
)

// whole is all that is shown.
func (s screen) whole() image.Rectangle { return image.Rect(0, 0, s.width, s.height) }

// colours counts the colours that a part shows, up to enough.
func (s screen) colours(part image.Rectangle, enough int) int {
	seen := map[color.RGBA]bool{}
	for y := part.Min.Y; y < part.Max.Y && len(seen) < enough; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			seen[s.at(x, y)] = true
		}
	}
	return len(seen)
}

// save writes what was shown as a PNG file.
func (s screen) save(name string) error {
	picture := image.NewRGBA(s.whole())
	for y := range s.height {
		for x := range s.width {
			picture.SetRGBA(x, y, s.at(x, y))
		}
	}
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("writing a picture: %w", err)
	}
	defer file.Close()
	if err := png.Encode(file, picture); err != nil {
		return fmt.Errorf("writing a picture: %w", err)
	}
	return file.Close()
}
