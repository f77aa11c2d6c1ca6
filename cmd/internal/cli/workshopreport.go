package cli

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"

	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/member"
)

// reporter gives what is added to the progress to the workshop that the learner
// is in, as a file for the courier. Nothing that goes wrong with it fails a
// command: the first time it is a warning.
func (a *app) reporter() func(progress.Event, *report.Report) {
	warned := false
	return func(e progress.Event, r *report.Report) {
		res, ok := resultOf(e)
		if !ok {
			return
		}
		f := a.membership()
		m, err := f.Member()
		if errors.Is(err, member.ErrNone) {
			return
		}
		if err == nil {
			if r != nil {
				measured(&res, *r, m.Source)
			}
			err = f.Add(res, a.env.Now())
		}
		if err == nil {
			a.wake(f, m)
		} else if !warned {
			warned = true
			fmt.Fprintf(a.env.Err, "gokata: not reported to the workshop: %v; gokata workshop status says more\n", err)
		}
	}
}

// resultOf is what a workshop is told of an event; ok is false where it is
// nothing.
func resultOf(e progress.Event) (r workshop.Result, ok bool) {
	switch e.Kind {
	case progress.KataStarted:
		return workshop.Result{Kind: workshop.Started, Item: e.Kata}, true
	case progress.KataChecked:
		r = workshop.Result{Kind: workshop.Checked, Item: e.Kata, Verdict: e.Verdict, Reason: e.Reason, ElapsedMS: e.ElapsedMS}
		r.Speedup = figure(e.Speedup)
		return r, true
	case progress.HintShown:
		return workshop.Result{Kind: workshop.Hint, Item: e.Kata, Hint: e.Hint}, true
	case progress.SolutionShown:
		return workshop.Result{Kind: workshop.Solution, Item: e.Kata}, true
	case progress.QuestionAnswered:
		return workshop.Result{Kind: workshop.Answered, Item: e.Question, Right: e.Right, Score: e.Score}, true
	case progress.LessonRead:
		return workshop.Result{Kind: workshop.Read, Item: e.Lesson}, true
	}
	return r, false
}

// measured adds what was measured to the result of a check; the source only
// where the learner has agreed.
func measured(res *workshop.Result, r report.Report, source bool) {
	f := r.Verdict.Figures
	res.Speedup, res.Attainable, res.CPUs = figure(f.Speedup), figure(f.Attainable), r.Evidence.Machine.P
	for procs, b := range f.Predicted {
		if middle := (b.Low + b.High) / 2; figure(&middle) > 0 && len(res.Curve) < workshop.MaxCurve {
			if res.Curve == nil {
				res.Curve = map[string]float64{}
			}
			res.Curve[strconv.Itoa(procs)] = middle
		}
	}
	if source {
		res.Source = r.Files
	} else {
		r.Evidence = unquoted(r.Evidence)
	}
	var b bytes.Buffer
	if report.JSON(&b, r) == nil && b.Len() <= workshop.MaxReport {
		res.Report = bytes.TrimSpace(b.Bytes())
	}
}

// figure is a figure as a workshop takes it, 0 where there is none.
func figure(f *float64) float64 {
	if f == nil || math.IsNaN(*f) || *f < 0 || *f > 1<<16 {
		return 0
	}
	return *f
}

// unquoted is what was measured without the lines of source that are quoted in
// it.
func unquoted(e evidence.Evidence) evidence.Evidence {
	for _, found := range []*[]evidence.Finding{&e.Refused, &e.Compile, &e.Vet} {
		bare := make([]evidence.Finding, len(*found))
		for i, f := range *found {
			f.Source = ""
			bare[i] = f
		}
		*found = bare
	}
	return e
}
