package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image/color"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A display is a virtual screen: an X server that draws into a file, so that
// what a person would see can be looked at without asking the program.
type display struct {
	name   string // as DISPLAY takes it
	folder string // where the file with the pixels is
	server *exec.Cmd
}

// openDisplay starts an X server with a screen of the smallest size a counter
// PC has. It ends with ctx, or with close.
func openDisplay(ctx context.Context) (*display, error) {
	folder, err := os.MkdirTemp("", "madoguchi-display-")
	if err != nil {
		return nil, fmt.Errorf("making a folder for the display: %w", err)
	}
	read, write, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("making a pipe to the display: %w", err)
	}
	defer read.Close()
	d := &display{folder: folder}
	d.server = exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", "1366x768x24", "-fbdir", folder, "-noreset", "-nolisten", "tcp")
	d.server.ExtraFiles = []*os.File{write}
	leadGroup(d.server)
	err = d.server.Start()
	write.Close()
	if err != nil {
		return nil, fmt.Errorf("starting the display: %w", err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		d.close()
		return nil, fmt.Errorf("the display did not start: %w", err)
	}
	d.name = ":" + strings.TrimSpace(number)
	return d, nil
}

// close ends the server and removes its file. What was drawn is gone.
func (d *display) close() {
	// A server that ended already, or was ended with the context, is what is wanted.
	_ = d.server.Cancel()
	_ = d.server.Wait()
	_ = os.RemoveAll(d.folder)
}

// A screen is what the display showed at one moment.
type screen struct {
	width, height, line int
	data                []byte // four bytes a pixel: blue, green, red, nothing
}

// errScreen is wrapped when the display's file is not what is known of it.
var errScreen = errors.New("the display's file cannot be read")

// The file is an XWD file of version 7 (X11/XWDFile.h): numbers of four bytes,
// the highest first, then the colour map, then the lines.
const (
	xwdHeaderSize = 0
	xwdVersion    = 1
	xwdWidth      = 4
	xwdHeight     = 5
	xwdOrder      = 7 // 0: the lowest byte of a pixel first
	xwdBits       = 11
	xwdLine       = 12
	xwdColours    = 19
	xwdEntry      = 12 // bytes of an entry of the colour map
)

// screen reads what is shown now.
func (d *display) screen() (screen, error) {
	file, err := os.ReadFile(filepath.Join(d.folder, "Xvfb_screen0"))
	if err != nil {
		return screen{}, fmt.Errorf("reading the display: %w", err)
	}
	if len(file) < 100 {
		return screen{}, errScreen
	}
	number := func(at int) int { return int(binary.BigEndian.Uint32(file[4*at:])) }
	if number(xwdVersion) != 7 || number(xwdBits) != 32 || number(xwdOrder) != 0 {
		return screen{}, errScreen
	}
	s := screen{width: number(xwdWidth), height: number(xwdHeight), line: number(xwdLine)}
	begin := number(xwdHeaderSize) + xwdEntry*number(xwdColours)
	if len(file) < begin+s.line*s.height {
		return screen{}, errScreen
	}
	s.data = file[begin:]
	return s, nil
}

// at is the colour of a pixel.
func (s screen) at(x, y int) color.RGBA {
	p := s.data[y*s.line+4*x:]
	return color.RGBA{R: p[2], G: p[1], B: p[0], A: 255}
}

// hasBar tells whether a colour stands anywhere in an upright line of so many
// pixels, at least three wide.
func (s screen) hasBar(colour color.RGBA, long int) bool {
	for x := 0; x < s.width; x += 3 {
		run := 0
		for y := range s.height {
			if s.at(x, y) != colour {
				run = 0
			} else if run++; run >= long {
				return true
			}
		}
	}
	return false
}
