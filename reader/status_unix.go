//go:build !windows && cgo

package reader

import (
	"time"

	"github.com/ebfe/scard"
)

// newWaiter uses the binding's own status call: outside Windows it keeps the
// names of the readers alive while the service looks at them.
func newWaiter(ctx *scard.Context) (waiter, error) { return bindingWaiter{ctx}, nil }

type bindingWaiter struct{ ctx *scard.Context }

func (w bindingWaiter) wait(states []scard.ReaderState, most time.Duration) error {
	return w.ctx.GetStatusChange(states, most)
}

func (w bindingWaiter) cancel() error { return w.ctx.Cancel() }

func (w bindingWaiter) release() error { return nil }
