package cli

import (
	"context"
	"fmt"

	"gokata/checker/spec"
	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/tty"
	"gokata/katas"
)

// stop says whether watching ends, and how.
type stop int

const (
	stay stop = iota
	quit
	goOn
)

// press does what a key asks for.
func (w *watching) press(ctx context.Context, k tty.Key) (stop, error) {
	switch {
	case k.Pasted:
		return stay, nil
	case k.Kind == tty.EOF, k.Kind == tty.Interrupt:
		return quit, nil
	case k.Kind != tty.Char:
		return stay, nil
	}
	switch k.Rune {
	case 'q', 'Q':
		return quit, nil
	case 'n', 'N':
		if w.solved() || w.j.state.SolutionSeen(w.k.Spec.Kata) {
			return goOn, nil
		}
		w.say("Not passed yet. h gives a hint; gokata solution shows how it is done, and then n goes on.")
	case 'h', 'H':
		return stay, w.hint()
	case 'r', 'R':
		if w.job != nil {
			w.job.cancel()
			w.again = true
			return stay, nil
		}
		w.check(ctx)
	case 'l', 'L':
		l, err := w.app.listing(filters{})
		if err != nil {
			return stay, err
		}
		w.head = nil
		w.body = func() error { w.app.printList(l, false); return nil }
		w.show()
	case 't', 'T':
		switch {
		case w.k.Spec.Kind == spec.Counted:
			w.say("This kata is proved by counting, and has no timed run to trace.")
		case w.job == nil:
			w.trace(ctx)
		}
	case 's', 'S':
		return stay, w.solution()
	case 'p', 'P':
		return stay, w.poll(ctx)
	case 'x', 'X':
		return stay, w.reset()
	}
	return stay, nil
}

// hint shows the next hint.
func (w *watching) hint() error {
	slug := w.k.Spec.Kata
	had := min(w.j.state.Hints(slug), len(w.k.Hints))
	n := min(had+1, len(w.k.Hints))
	if had < len(w.k.Hints) {
		if err := w.j.add(progress.ShowedHint(slug, n)); err != nil {
			return err
		}
		if err := w.j.reload(); err != nil {
			return err
		}
	}
	w.head = nil
	w.body = func() error { return w.app.printHint(slug, n, w.k.Hints) }
	w.show()
	return nil
}

// reset puts the starter back, if the learner says so.
func (w *watching) reset() error {
	w.end()
	w.deaf()
	yes, err := w.app.prompter().Confirm(fmt.Sprintf("Put the starter files of %s back? Yours go to a backup.", w.k.Spec.Kata), false)
	if err := w.listen(); err != nil {
		return err
	}
	if err != nil {
		return asked(err)
	}
	if !yes {
		w.say("Nothing was changed.")
		return nil
	}
	starter, err := w.k.Files(katas.Starter)
	if err != nil {
		return internal(err)
	}
	backup, err := w.j.ws.Reset(w.k.Chapter, w.k.Spec.Kata, starter, readme(w.k), w.app.env.Now())
	if err != nil {
		return place(err)
	}
	if err := w.j.add(progress.ResetKata(w.k.Spec.Kata)); err != nil {
		return err
	}
	w.passed = false
	if backup != "" {
		w.note = "Yours are in " + w.app.tilde(backup) + "; gokata restore " + w.k.Spec.Kata + " puts them back."
	}
	w.say("The starter files are back.")
	return w.j.reload()
}
