package cli

import (
	"context"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
)

// interrupts turns the first Ctrl-C into a cancelled context, so that a check
// can end its children and clean up. The second is patience, and the third
// ends gokata at once. While it is held, Ctrl-C belongs to another program.
type interrupts struct {
	held    atomic.Int32
	signals chan os.Signal
	done    chan struct{}
}

// watchInterrupts begins to listen; stop ends it and waits until it has ended.
func watchInterrupts(ctx context.Context) (_ context.Context, in *interrupts, stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	in = &interrupts{signals: make(chan os.Signal, 4), done: make(chan struct{})}
	signal.Notify(in.signals, os.Interrupt, syscall.SIGTERM)
	quit := make(chan struct{})
	go func() {
		defer close(in.done)
		for seen := 0; seen < 2; {
			select {
			case <-quit:
				return
			case s := <-in.signals:
				if s == os.Interrupt && in.held.Load() > 0 {
					continue
				}
				seen++
				cancel()
			}
		}
		signal.Stop(in.signals)
	}()
	return ctx, in, func() {
		signal.Stop(in.signals)
		close(quit)
		<-in.done
		cancel()
	}
}

// hold leaves Ctrl-C to another program until release.
func (in *interrupts) hold() (release func()) {
	in.held.Add(1)
	return func() { in.held.Add(-1) }
}
