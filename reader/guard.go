package reader

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// stage is what the driver is doing, so that a stall can be named.
type stage int

const (
	opening stage = iota
	sharing
	transmitting
)

// guard runs work that calls the driver, in a goroutine of its own, and waits
// for it no longer than one stall after its last sign of life. It then ends the
// work's context and returns; the work closes what it opened when the driver
// gives the call back. A panic of the work goes on in the caller.
func guard[T any](ctx context.Context, stall time.Duration, work func(context.Context, func(stage)) (T, error)) (T, error) {
	type outcome struct {
		value    T
		err      error
		panicked any
	}
	inner, end := context.WithCancel(ctx)
	defer end()
	signs, result := make(chan struct{}, 1), make(chan outcome, 1)
	var last atomic.Int32
	sign := func(s stage) {
		last.Store(int32(s))
		select {
		case signs <- struct{}{}:
		default:
		}
	}
	go func() {
		var o outcome
		defer func() {
			o.panicked = recover()
			result <- o
		}()
		o.value, o.err = work(inner, sign)
	}()
	timer := time.NewTimer(stall)
	defer timer.Stop()
	for {
		select {
		case o := <-result:
			if o.panicked != nil {
				panic(o.panicked)
			}
			return o.value, o.err
		case <-signs:
			timer.Reset(stall)
		case <-timer.C:
			var none T
			return none, stalled(stage(last.Load()), stall)
		case <-ctx.Done():
			var none T
			return none, asFault(ctx.Err())
		}
	}
}

// stalled names what the driver did not finish.
func stalled(s stage, after time.Duration) error {
	if s == sharing {
		return fmt.Errorf("%w: no turn within %s", Busy, after)
	}
	return fmt.Errorf("%w: no answer within %s", TooSlow, after)
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
