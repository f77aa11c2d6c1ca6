package cli

import (
	"context"
	"path/filepath"
	"time"

	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/cmd/internal/progress"
	"gokata/katas"
)

// mockKata gives the kata of an interview, in a folder of its own, and checks
// it until it passes, the time is over, or the learner stops.
func (a *app) mockKata(ctx context.Context, m *mock, left time.Duration) error {
	if m.Kata == "" || m.atHome || m.Solved {
		return nil
	}
	k, err := a.kata(m.Kata)
	if err != nil {
		return nil // the course has it no more
	}
	starter, err := k.Files(katas.Starter)
	if err != nil {
		return internal(err)
	}
	dir, _, err := m.journey.ws.Ensure("interview-"+m.ID, m.Kata, starter, readme(k))
	if err != nil {
		return place(err)
	}
	a.printf("\n %s\n\n", a.out.Bold("Now the kata: "+k.Title))
	if err := a.markdown(k.Brief); err != nil {
		return err
	}
	a.printf("\n Edit   %s\n", a.out.Bold(a.tilde(filepath.Join(dir, solutionFile(k)))))
	for begun := a.env.Now(); ; {
		rest := left - a.env.Now().Sub(begun)
		a.printf("\n %s\n", a.out.Dim(clock(rest)+" left"))
		choice, err := a.prompter().Select("When you have saved it", []string{"check it", "that is as far as I get"})
		if err != nil {
			return asked(err)
		}
		switch {
		case choice == 1:
			return nil
		case a.env.Now().Sub(begun) >= left:
			a.printf("\n %s\n", a.out.Unsure("Time is up; gokata check --dir "+a.tilde(dir)+" checks it all the same."))
			return nil
		}
		r, err := a.measure(ctx, k, dir)
		if err != nil {
			return err
		}
		if err := report.Text(a.stdout, r, a.out.Report()); err != nil {
			return err
		}
		e := progress.CheckedKata(m.Kata, string(r.Verdict.Outcome), string(r.Verdict.Reason), r.Verdict.Figures.Speedup, r.Elapsed)
		e.Interview = m.ID
		if err := m.journey.addChecked(e, &r); err != nil {
			return err
		}
		if r.Verdict.Outcome == verdict.Pass {
			return nil
		}
	}
}
