//go:build window

package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
)

// colours counts the colours that are shown, up to enough.
func (s screen) colours(enough int) int {
	seen := map[color.RGBA]bool{}
	for y := 0; y < s.height && len(seen) < enough; y++ {
		for x := range s.width {
			seen[s.at(x, y)] = true
		}
	}
	return len(seen)
}

// save writes what was shown as a PNG file.
func (s screen) save(name string) error {
	picture := image.NewRGBA(image.Rect(0, 0, s.width, s.height))
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
