package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"gokata/checker"
	"gokata/checker/report"
	"gokata/checker/verdict"
)

// job is a check or a trace under way, in a goroutine of its own. What it finds
// comes as one value; nothing else is shared.
type job struct {
	cancel   context.CancelFunc
	progress chan checker.Progress
	done     chan found
}

// found is what a job found: what to show, and what to note besides.
type found struct {
	body    func() error
	report  *report.Report // of a check
	stopped bool           // by a later save, or by the learner
	err     error
}

// start begins a job. There is none under way.
func (w *watching) start(ctx context.Context, do func(context.Context, func(checker.Progress)) found) {
	ctx, cancel := context.WithCancel(ctx)
	j := &job{cancel: cancel, progress: make(chan checker.Progress, 1), done: make(chan found, 1)}
	w.job, w.again = j, false
	go func() {
		var f found
		defer func() {
			if cause := recover(); cause != nil {
				f = found{err: internal(fmt.Errorf("unexpected state: %v", cause))}
				if w.app.env.Getenv("GOKATA_DEBUG") != "" {
					f.err = fmt.Errorf("%w\n%s", f.err, debug.Stack())
				}
			}
			f.stopped = f.stopped || ctx.Err() != nil
			cancel()
			j.done <- f
		}()
		f = do(ctx, func(p checker.Progress) {
			select { // only the latest is of interest
			case <-j.progress:
			default:
			}
			j.progress <- p
		})
	}()
}

// progress and result are those of the job under way; nil channels where there
// is none.
func (w *watching) progress() <-chan checker.Progress {
	if w.job == nil {
		return nil
	}
	return w.job.progress
}

func (w *watching) result() <-chan found {
	if w.job == nil {
		return nil
	}
	return w.job.done
}

// end stops the job under way and waits for it.
func (w *watching) end() {
	if w.job != nil {
		w.job.cancel()
		<-w.job.done
		w.job = nil
	}
}

// check begins a check of what is saved now.
func (w *watching) check(ctx context.Context) {
	w.body, w.head = nil, nil
	w.show()
	w.start(ctx, func(ctx context.Context, tell func(checker.Progress)) found {
		var r report.Report
		files, err := w.app.runWith(ctx, w.k, w.dir, tell, func(request checker.Request) (err error) {
			r, err = w.app.env.Checker.Check(ctx, request)
			return err
		})
		r.Files = files
		if err != nil {
			return found{err: err}
		}
		return found{
			report: &r,
			body:   func() error { return report.Text(w.app.stdout, r, w.app.out.Report()) },
		}
	})
}

// trace begins a trace.
func (w *watching) trace(ctx context.Context) {
	w.body, w.head = nil, nil
	w.show()
	w.start(ctx, func(ctx context.Context, tell func(checker.Progress)) found {
		var t report.Tracing
		files, err := w.app.runWith(ctx, w.k, w.dir, tell, func(request checker.Request) (err error) {
			t, err = w.app.env.Checker.Trace(ctx, request)
			return err
		})
		t.Files = files
		if err != nil {
			return found{err: err}
		}
		return found{body: func() error { return report.TraceText(w.app.stdout, t, w.app.out.Report()) }}
	})
}

// finished shows what a job found. What a later save has made old is neither
// shown nor kept.
func (w *watching) finished(f found) {
	w.job = nil
	switch {
	case w.again || f.stopped && errors.Is(f.err, context.Canceled):
		return
	case f.err != nil:
		_, line := explain(f.err)
		w.say(line)
		return
	}
	w.head, w.body = nil, f.body
	if f.report != nil {
		w.head = func() string { return w.app.checkedLine(w.k, *f.report) }
		w.passed = f.report.Verdict.Outcome == verdict.Pass
		w.note = ""
		if err := w.app.keepIn(w.j, w.k, *f.report); err != nil {
			_, w.note = explain(err)
		}
	}
	w.show()
}

// say shows a text.
func (w *watching) say(text string) {
	w.head = nil
	w.body = func() error {
		w.app.printf("%s\n", indent(text, w.app.out.Width))
		return nil
	}
	w.show()
}
