package app

import (
	"context"

	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// quietest is the log level of every build: nothing a clerk types may reach a log.
const quietest = logger.ERROR

// wailsEvents sends what happens on its own (a card, a second start) to the window.
type wailsEvents struct{ ctx context.Context }

func eventsOf(ctx context.Context) events { return wailsEvents{ctx} }

func (e wailsEvents) cardChanged(v CardView) { runtime.EventsEmit(e.ctx, "card", v) }

func (e wailsEvents) progress(v ProgressView) { runtime.EventsEmit(e.ctx, "progress", v) }

func (e wailsEvents) comeForward() {
	runtime.WindowUnminimise(e.ctx)
	runtime.WindowShow(e.ctx)
}

func (e wailsEvents) retitle(title string) { runtime.WindowSetTitle(e.ctx, title) }

// silentLog takes the toolkit's messages and keeps none of them.
type silentLog struct{}

func (silentLog) Print(string)   {}
func (silentLog) Trace(string)   {}
func (silentLog) Debug(string)   {}
func (silentLog) Info(string)    {}
func (silentLog) Warning(string) {}
func (silentLog) Error(string)   {}
func (silentLog) Fatal(string)   {}
