package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"

	"gokata/checker"
	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/cmd/internal/theme"
	"gokata/katas"
	lessonterm "gokata/lessons/term"
)

// Checker is what the commands need of package checker. Tests of the command
// line put their own in its place.
type Checker interface {
	Check(ctx context.Context, r checker.Request) (report.Report, error)
	Trace(ctx context.Context, r checker.Request) (report.Tracing, error)
	Machine(ctx context.Context) (m evidence.Machine, noCompiler string, err error)
	Warm(ctx context.Context, r checker.Request) error
}

// realChecker is the checker of this machine.
type realChecker struct{}

func (realChecker) Check(ctx context.Context, r checker.Request) (report.Report, error) {
	return checker.Check(ctx, r)
}

func (realChecker) Trace(ctx context.Context, r checker.Request) (report.Tracing, error) {
	return checker.Trace(ctx, r)
}

func (realChecker) Machine(ctx context.Context) (evidence.Machine, string, error) {
	return checker.Machine(ctx)
}

func (realChecker) Warm(ctx context.Context, r checker.Request) error { return checker.Warm(ctx, r) }

// request is the check of a solution, and a line on standard error that says
// what is going on until clear is called.
func (a *app) request(k *katas.Kata, solution map[string][]byte) (r checker.Request, clear func(), err error) {
	line := &statusLine{w: a.env.Err, t: a.err}
	r, err = requestOf(k, solution)
	r.Progress = line.show
	return r, line.clear, err
}

// requestOf is the check of a solution, which tells nobody what it is doing.
func requestOf(k *katas.Kata, solution map[string][]byte) (r checker.Request, err error) {
	files := map[katas.Variant]map[string][]byte{}
	for _, v := range []katas.Variant{katas.Hidden, katas.Solution, katas.Starter} {
		if files[v], err = k.Files(v); err != nil {
			return r, internal(err)
		}
	}
	return checker.Request{
		Spec: k.Spec, Solution: solution,
		Hidden: files[katas.Hidden], Reference: files[katas.Solution], Starter: files[katas.Starter],
	}, nil
}

// exitOf is the exit code of a verdict that was shown.
func exitOf(o verdict.Outcome) error {
	switch o {
	case verdict.Pass:
		return nil
	case verdict.Fail:
		return errQuiet(ExitFailed)
	case verdict.Inconclusive:
		return errQuiet(ExitInconclusive)
	}
	return errQuiet(ExitInternal)
}

// checkError gives an error of the checker its exit code.
func checkError(err error) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, build.ErrNoGo), errors.Is(err, checker.ErrSetup):
		return usage("", "%w", err)
	case errors.Is(err, syscall.ENOSPC), strings.Contains(err.Error(), "no space left on device"): // the go command only says so
		return usage("Make room there, or name other folders with TMPDIR, GOCACHE and GOKATA_CACHE, then check again.", "%w", err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return usage("Make it writable for your user, or name other folders with TMPDIR, GOCACHE and GOKATA_CACHE.", "%w", err)
	}
	return internal(err)
}

// statusLine is the one line that says what a check is doing:
// "building … correct? … races? … round 7 of 10". Without a terminal only what
// takes long is announced.
type statusLine struct {
	w     io.Writer
	t     theme.Theme
	trail string // stages that are over
	stage string
	told  string // the last announcement
	shown bool
}

func (s *statusLine) show(p checker.Progress) {
	if !s.t.Terminal || s.t.Dumb {
		if p.Note != "" && p.Note != s.told {
			s.told = p.Note
			fmt.Fprintf(s.w, "%s: %s\n", p.Stage, p.Note)
		}
		return
	}
	if p.Stage != s.stage && s.stage != "" {
		s.trail += s.stage + " … "
	}
	s.stage = p.Stage
	text := " " + s.trail + p.Stage
	if p.Of > 0 {
		// More rounds than would do if all were quiet have no known end.
		text = fmt.Sprintf(" %sround %d", s.trail, p.Step+1)
		if p.Step < p.Of {
			text += fmt.Sprintf(" of %d", p.Of)
		}
	}
	if p.Note != "" {
		text += " (" + p.Note + ")"
	}
	text = lessonterm.Wrap(text, s.t.Width-1)[0]
	fmt.Fprintf(s.w, "\r\x1b[K%s", s.t.Dim(text))
	s.shown = true
}

func (s *statusLine) clear() {
	if s.shown {
		fmt.Fprint(s.w, "\r\x1b[K")
	}
}
