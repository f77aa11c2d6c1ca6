// Package soak checks katas against their own variants, again and again: the
// starter and every wrong solution must fail, the reference must pass, and
// impostors must get what they say of themselves. It counts what the checker
// says and what it says falsely, and adds the counts of many runs up.
//
//	katas, impostors -> variants (variant.go, impostor.go)
//	  -> trials, in random order, several at once (soak.go)
//	  -> tally (tally.go), line of a log (log.go), evidence kept (keep.go)
//	logs -> table (table.go) -> Markdown (markdown.go), bounds from bounds.go
package soak

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"gokata/checker/report"
)

// Trial is one check as it ends.
type Trial struct {
	Variant Variant
	Repeat  int // counts from 1
	Kind    Kind
	Report  report.Report
	Err     error // why there is no report: Kind is Broken
}

// Plan says how often, how many at once, and until when.
type Plan struct {
	Repeat int       // checks of each variant
	AtOnce int       // checks that run at once; 0 means 1
	Until  time.Time // no trial begins later; zero: no end
}

// Check is one check of a variant.
type Check func(context.Context, Variant) (report.Report, error)

// Run checks every variant p.Repeat times. Each repeat takes the variants in
// another order, so that a minute of noise, or an early end, falls on all of
// them alike. done is called after each trial, one call at a time. Run ends
// early with the context, at p.Until without an error, and with the first
// error of done; trials under way when p.Until comes are finished, since those
// that take longest are not a fair sample.
func Run(ctx context.Context, variants []Variant, p Plan, check Check, done func(Trial) error) ([]*Tally, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	tallies := make([]*Tally, len(variants))
	for i, v := range variants {
		tallies[i] = &Tally{Variant: v}
	}
	over := func() bool { return ctx.Err() != nil || !p.Until.IsZero() && !time.Now().Before(p.Until) }
	type job struct{ index, repeat int }
	jobs := make(chan job)
	var wg sync.WaitGroup
	var ending sync.Mutex // of trials: they end one at a time
	for range max(1, p.AtOnce) {
		wg.Go(func() {
			for j := range jobs {
				if over() { // while it waited for its turn
					continue
				}
				t := Trial{Variant: variants[j.index], Repeat: j.repeat}
				t.Report, t.Err = recovered(ctx, t.Variant, check)
				ending.Lock()
				if ctx.Err() == nil { // else it was cut off, and says nothing
					t.Kind = tallies[j.index].add(t.Report, t.Err)
					if err := done(t); err != nil {
						cancel(err)
					}
				}
				ending.Unlock()
			}
		})
	}
	func() {
		defer close(jobs)
		for n := range p.Repeat {
			for _, i := range rand.Perm(len(variants)) {
				if over() {
					return
				}
				jobs <- job{i, n + 1}
			}
		}
	}()
	wg.Wait()
	return tallies, context.Cause(ctx)
}

// recovered makes an error of a panic: the trials beside it go on.
func recovered(ctx context.Context, v Variant, check Check) (r report.Report, err error) {
	defer func() {
		if p := recover(); p != nil {
			r, err = report.Report{}, fmt.Errorf("the checker panicked: %v", p)
		}
	}()
	return check(ctx, v)
}
