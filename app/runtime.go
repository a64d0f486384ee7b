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

// toolkitLog takes the toolkit's messages and keeps none of their words: that
// there was an error is all that goes into the program's log.
type toolkitLog struct{ office *office }

func (toolkitLog) Print(string)   {}
func (toolkitLog) Trace(string)   {}
func (toolkitLog) Debug(string)   {}
func (toolkitLog) Info(string)    {}
func (toolkitLog) Warning(string) {}

func (l toolkitLog) Error(string) { l.office.toolkitFailed("error") }
func (l toolkitLog) Fatal(string) { l.office.toolkitFailed("fatal") }
