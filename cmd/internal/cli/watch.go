package cli

import (
	"context"
	"path/filepath"
	"strings"

	"github.com/kballard/go-shellquote"
	"github.com/spf13/cobra"

	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/tty"
	"gokata/cmd/internal/watch"
	"gokata/katas"
	"gokata/lessons"
)

func (a *app) watch() *cobra.Command {
	var editCmd string
	cmd := &cobra.Command{
		Use:   "watch [KATA]",
		Short: "Check on every save, with single keys for the rest",
		Long: `Checks a kata each time that you save it: what does not compile is told at once,
then what is answered wrongly, then what was measured. A save while a check runs
ends that check and begins another. Where the system tells of no saves (network
folders, WSL) the files are looked at instead; the screen says so.

Keys: n the next step of the course, h a hint, r run again, l the list, t the
trace, s the solution after a pass, x the starter again, q quit; in a workshop p
the poll. What the instructor says stands above.

--edit-cmd runs a command with the file of each kata, such as "code" or
"tmux split-window -h vim".`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !a.interactive {
				return usage("Run it in a terminal; gokata check measures once, anywhere.", "gokata watch needs a terminal to wait at")
			}
			words, err := shellquote.Split(editCmd)
			if err != nil {
				return usage("Write it as in a shell: --edit-cmd \"code --wait\".", "--edit-cmd %s is no command", editCmd)
			}
			j, err := a.journey(writing)
			if err != nil {
				return err
			}
			slug, err := a.watchTarget(cmd, j, args)
			if err != nil {
				return err
			}
			for slug != "" {
				if slug, err = a.watchKata(cmd.Context(), slug, words); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&editCmd, "edit-cmd", "", "run `COMMAND` with the file of each kata")
	return cmd
}

// watchTarget is the kata to watch: where none is named and the course stands
// at a lesson, the learner is led to the kata.
func (a *app) watchTarget(cmd *cobra.Command, j *journey, args []string) (string, error) {
	if len(args) == 0 {
		if step, ok := j.current(); ok && step.Kind != lessons.StepKata && j.state.LastKata() == "" {
			return a.walkToKata(j)
		}
	}
	return a.target(cmd, j, args)
}

// walkToKata goes on with the course up to the next kata; "" where the learner
// stops before it.
func (a *app) walkToKata(j *journey) (string, error) {
	if err := a.walk(j); err != nil {
		return "", err
	}
	if err := j.reload(); err != nil {
		return "", err
	}
	if step, ok := j.current(); ok && step.Kind == lessons.StepKata {
		return step.ID, nil
	}
	return "", nil
}

// watchKata watches one kata until the learner quits, or goes on to another,
// whose slug it returns.
func (a *app) watchKata(ctx context.Context, slug string, editCmd []string) (next string, err error) {
	j, err := a.journey(writing)
	if err != nil {
		return "", err
	}
	k, err := a.kata(slug)
	if err != nil {
		return "", err
	}
	starter, err := k.Files(katas.Starter)
	if err != nil {
		return "", internal(err)
	}
	dir, created, err := j.ws.Ensure(k.Chapter, slug, starter, readme(k))
	if err != nil {
		return "", place(err)
	}
	if created || !j.state.Kata(slug).Started {
		if err := j.add(progress.StartedKata(slug)); err != nil {
			return "", err
		}
	}
	w := &watching{app: a, j: j, k: k, dir: dir}
	if len(editCmd) > 0 {
		w.note = a.open(editCmd, filepath.Join(dir, solutionFile(k)))
	}
	on, err := w.hold(ctx)
	if err != nil || !on {
		return "", err
	}
	if err := j.reload(); err != nil {
		return "", err
	}
	return a.walkToKata(j)
}

// watching is one kata under watch, with what stands on the screen.
type watching struct {
	app   *app
	j     *journey
	k     *katas.Kata
	dir   string
	note  string // a line to show besides
	how   string // why the files are looked at; "" where events come
	files *watch.Watcher
	keys  *tty.Keyboard // nil where keys cannot be read one by one
	room  *room

	job    *job
	again  bool          // a save has come since the job began
	head   func() string // the verdict in a line
	body   func() error  // prints what is shown; nil is nothing yet
	passed bool          // at the last check
	status statusLine
}

// hold watches until the learner quits (false) or goes on (true). The terminal
// is then as it was, also after a panic.
func (w *watching) hold(ctx context.Context) (on bool, err error) {
	if w.files, err = watch.New(w.dir, false); err != nil {
		return false, place(err)
	}
	defer w.files.Close()
	w.room = w.app.room()
	defer w.room.tick.Stop()
	if err := w.listen(); err != nil {
		return false, err
	}
	defer func() { w.deaf() }()
	defer w.end()
	w.check(ctx)
	for {
		select {
		case <-ctx.Done(): // Ctrl-C is how people leave such programs
			w.app.printf("\n")
			return false, nil
		case <-w.files.Saved:
			if w.job != nil {
				w.job.cancel()
				w.again = true
				continue
			}
			w.check(ctx)
		case <-w.room.tick.C:
			if w.room.look() {
				w.show()
			}
		case w.how = <-w.files.Looking:
			w.show()
		case p := <-w.progress():
			w.status.show(p)
		case r := <-w.result():
			w.finished(r)
			if w.again {
				w.check(ctx)
			}
		case e, ok := <-w.events():
			if !ok {
				return false, nil // the window is gone
			}
			if e.Redraw {
				w.app.out, w.app.err = w.app.looks()
				w.show()
				continue
			}
			switch stop, err := w.press(ctx, e.Key); {
			case err != nil:
				return false, err
			case stop != stay:
				w.app.printf("\n")
				return stop == goOn, nil
			}
		}
	}
}

// listen takes the keys, where the system gives them one by one.
func (w *watching) listen() (err error) {
	if !tty.Possible {
		return nil
	}
	w.keys, err = tty.Listen(w.app.env.In, nil)
	if err != nil {
		return usage("Run it in a terminal; gokata check measures once, anywhere.", "failed to wait for keys: %w", err)
	}
	return nil
}

// deaf gives the keys back.
func (w *watching) deaf() {
	if w.keys != nil {
		w.keys.Close()
	}
}

func (w *watching) events() <-chan tty.Event {
	if w.keys == nil {
		return nil
	}
	return w.keys.Events
}

// show draws the screen: where it is, what is shown, what the keys do.
func (w *watching) show() {
	t := w.app.out
	w.status.clear()
	w.status = statusLine{w: w.app.env.Err, t: w.app.err}
	if !t.Dumb {
		w.app.printf("\x1b[H\x1b[2J")
	}
	file := w.app.tilde(filepath.Join(w.dir, solutionFile(w.k)))
	w.app.printf("%s\n", spread(t.Bold(" "+w.k.Spec.Kata)+"  "+t.Dim("watching "+file), t.Dim(w.way()), t.Width))
	if w.note != "" {
		w.app.printf("%s\n", indent(t.Unsure(w.note), t.Width))
	}
	w.app.printf("%s", w.room.text)
	w.app.printf("\n")
	if w.body == nil {
		return
	}
	lines := strings.Count(w.room.text, "\n")
	text, err := w.app.captured(w.body)
	if err != nil {
		text = " " + err.Error() + "\n"
	}
	lines += strings.Count(text, "\n")
	w.app.printf("%s", text)
	if t.Height > 0 && lines+5 > t.Height && w.head != nil {
		w.app.printf("\n%s", w.head()) // the first lines are out of sight
	}
	w.app.printf("\n%s\n", indent(w.menu(), t.Width))
}

// way says how saves are noticed.
func (w *watching) way() string {
	if w.how == "" {
		return "saves: as they come"
	}
	return "saves: looked for (" + w.how + ")"
}

// menu names the keys that mean something now.
func (w *watching) menu() string {
	t := w.app.out
	if w.keys == nil {
		return t.Command("Ctrl-C") + " quit"
	}
	item := func(key, does string) string { return t.Command(key) + "\u00a0" + does }
	items := []string{item("n", "next"), item("h", "hint"), item("r", "run"), item("l", "list"), item("t", "trace")}
	if unlocked, _ := w.app.unlocked(w.k.Spec.Kata); unlocked || w.solved() {
		items = append(items, item("s", "solution"))
	}
	if w.room.poll != nil {
		items = append(items, item("p", "poll"))
	}
	return strings.Join(append(items, item("x", "reset"), item("q", "quit")), "   ")
}

// solved says whether the kata was ever passed.
func (w *watching) solved() bool { return w.passed || w.j.state.KataPassed(w.k.Spec.Kata) }
