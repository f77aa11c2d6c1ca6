package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/member"
)

// Times of a watch in a workshop.
const (
	glance = 300 * time.Millisecond // between looks at what is told
	rouse  = time.Minute            // between signs of life to the courier
)

// room is the workshop around a watch: what is told, as it stands on the screen.
type room struct {
	app    *app
	tick   *time.Ticker
	since  *member.Shown // what was seen before: what is told from then on stays on the screen
	text   string        // lines, or nothing
	key    string        // changes with what is worth another screen
	poll   *workshop.Poll
	roused time.Time
}

func (a *app) room() *room {
	r := &room{app: a, tick: time.NewTicker(glance)}
	r.look()
	return r
}

// look reads what is told, and says whether the screen is out of date.
func (r *room) look() (changed bool) {
	before := r.key
	r.text, r.key, r.poll = "", "", nil
	folder := r.app.membership()
	m, err := folder.Member()
	if err != nil {
		return r.key != before
	}
	now := r.app.env.Now()
	if now.Sub(r.roused) >= rouse {
		r.roused = now
		r.app.wake(folder, m)
	}
	h := folder.Heard(m)
	shown := folder.Shown(m)
	if h == nil || folder.Link(m).Gone {
		n := r.app.goneNotice(folder, m, r.app.out, member.Shown{Member: m.ID})
		r.text, r.key = n.text, n.text
		if n.shown.Gone && !shown.Gone {
			shown.Gone = true
			_ = folder.Show(shown) // or it is said once more
		}
		return r.key != before
	}
	if r.since == nil || r.since.Member != m.ID {
		since := shown
		r.since = &since
	}
	view := *r.since
	view.Voted = shown.Voted
	n := r.app.noticeOf(folder, m, h, r.app.out, view)
	r.text, r.poll = n.text, h.Told.Poll
	r.key = fmt.Sprint(h.Told.Seq, r.poll.Open(h.Now(now)), shown.Voted)
	if !r.app.out.Dumb { // where a screen costs nothing, the minutes that are left, too
		r.key += n.text
	}
	n.shown.Voted = shown.Voted
	if n.shown != shown {
		_ = folder.Show(n.shown) // or it is said once more
	}
	return r.key != before
}

// poll leaves the screen, asks, and comes back.
func (w *watching) poll(ctx context.Context) error {
	a := w.app
	folder := a.membership()
	m, err := folder.Member()
	if err != nil {
		_, line := explain(notMember(err))
		w.say(line)
		return nil
	}
	h := folder.Heard(m)
	if h == nil || h.Told.Poll == nil {
		w.say("There is no poll.")
		return nil
	}
	told := h.Told
	told.Now = h.Now(a.env.Now())
	w.head = nil
	w.body = func() error { return a.printPollResult(told) }
	if told.Poll.Open(told.Now) {
		w.body = nil
		w.status.clear()
		if !a.out.Dumb {
			a.printf("\x1b[H\x1b[2J")
		}
		w.deaf()
		said, err := a.vote(ctx, folder, m, told, "")
		if err := w.listen(); err != nil {
			return err
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			_, said = explain(err)
		}
		if w.job == nil || said != "" {
			w.say(said)
			return nil
		}
	}
	w.show()
	return nil
}

// solution shows the reference solution: after a pass, or when the workshop has
// unlocked it.
func (w *watching) solution() error {
	slug := w.k.Spec.Kata
	if !w.solved() {
		switch unlocked, err := w.app.unlocked(slug); {
		case err != nil:
			_, line := explain(err)
			w.say(line)
			return nil
		case !unlocked:
			w.say("After a pass. gokata solution shows it before, too.")
			return nil
		}
		if !w.j.state.SolutionSeen(slug) {
			if err := w.j.add(progress.ShowedSolution(slug)); err != nil {
				return err
			}
			if err := w.j.reload(); err != nil {
				return err
			}
		}
	}
	w.head = nil
	w.body = func() error {
		text, err := w.app.solutionText(w.k)
		w.app.printf("%s", text)
		return err
	}
	w.show()
	return nil
}
