package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gokata/cmd/internal/browse"
	"gokata/cmd/internal/tty"
	"gokata/katas"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

const (
	// The other screen of a terminal leaves what was printed before as it is.
	otherScreen = "\x1b[?1049h\x1b[?25l"
	firstScreen = "\x1b[?25h\x1b[?1049l"
)

// browse is the list in a terminal: to move through, search and open.
func (a *app) browse(ctx context.Context) error {
	j, err := a.journey(reading)
	if err != nil {
		return err
	}
	items, err := a.items(j)
	if err != nil {
		return err
	}
	here := ""
	if step, ok := j.current(); ok {
		here = step.ID
		if open := j.open(step); step.Kind == lessons.StepQuestions && len(open) > 0 {
			here = open[0].ID
		}
	}
	m := browse.New(items, here)
	for {
		var open *browse.Item
		if m, open, err = a.choose(ctx, j, m); err != nil || open == nil {
			return err
		}
		if open.Kind == browse.Kata {
			if j, err = a.journey(writing); err != nil {
				return err
			}
			return a.beginKata(j, open.ID)
		}
		if err := a.openItem(j, open); err != nil {
			return err
		}
		if j, err = a.journey(reading); err != nil {
			return err
		}
		if items, err = a.items(j); err != nil {
			return err
		}
		m = m.Refresh(items)
	}
}

// choose shows the list until something is opened; nil is the end. The terminal
// is then as it was, also after a panic.
func (a *app) choose(ctx context.Context, j *journey, m browse.Model) (browse.Model, *browse.Item, error) {
	keys, err := tty.Listen(a.env.In, func() { a.printf("%s", firstScreen) })
	if err != nil {
		return m, nil, usage("gokata list --lessons prints it.", "failed to read keys: %w", err)
	}
	defer keys.Close()
	a.printf("%s", otherScreen)
	defer a.printf("%s", firstScreen)
	for {
		done, of := a.share(j)
		title := fmt.Sprintf("%s   %s", j.course.Title, a.out.Bar(done, of))
		var lines []string
		m, lines = m.View(a.out, title, max(a.out.Height, 1))
		a.printf("\x1b[H%s\x1b[J", strings.Join(lines, "\x1b[K\r\n")+"\x1b[K")
		select {
		case <-ctx.Done():
			return m, nil, nil
		case e, ok := <-keys.Events:
			if !ok {
				return m, nil, nil
			}
			if e.Redraw {
				a.out, a.err = a.looks()
				a.printf("%s", otherScreen)
				continue
			}
			var action browse.Action
			if m, action = m.Press(e.Key); action.Quit || action.Open != nil {
				return m, action.Open, nil
			}
		}
	}
}

// openItem shows a lesson or asks a question.
func (a *app) openItem(j *journey, item *browse.Item) error {
	if item.Kind == browse.Lesson {
		text, err := a.titled(j.course.Lesson(item.ID))
		if err != nil {
			return err
		}
		if err := a.page(text); err != nil {
			return err
		}
	} else {
		byID, _, err := allQuestions(j.course)
		if err != nil {
			return err
		}
		if _, err := a.askAll([]*quiz.Question{byID[item.ID]}, "gokata list"); err != nil {
			return err
		}
	}
	a.printf("\n")
	back, err := a.prompter().Confirm("Back to the list?", true)
	switch {
	case err != nil:
		return asked(err)
	case !back:
		return errQuiet(ExitDone)
	}
	return nil
}

// items are the lines of the list.
func (a *app) items(j *journey) ([]browse.Item, error) {
	all, err := a.katas()
	if err != nil {
		return nil, err
	}
	cards, err := j.cards()
	if err != nil {
		return nil, err
	}
	due := map[string]bool{}
	questions, slugs := dueOf(cards, a.env.Now())
	for _, q := range questions {
		due[q.ID] = true
	}
	for _, slug := range slugs {
		due[slug] = true
	}
	var items []browse.Item
	for _, ch := range j.course.Chapters {
		c, err := listChapter(ch, j, all, filters{})
		if err != nil {
			return nil, err
		}
		done, of, _ := c.progress()
		items = append(items, browse.Item{Kind: browse.Chapter, ID: ch.ID, Title: fmt.Sprintf("%d %s", ch.Number, ch.Title), Done: done, Of: of})
		questions, err := ch.Questions()
		if err != nil {
			return nil, internal(err)
		}
		listed := map[string]bool{}
		for i, l := range c.Lessons {
			item := browse.Item{Kind: browse.Lesson, ID: l.ID, Title: l.Title}
			if l.Status == statusRead {
				item.State = browse.Done
			}
			items = append(items, item)
			for _, q := range questions {
				if q.Lesson == l.ID {
					items = append(items, questionItem(q, j, due[q.ID]))
				}
			}
			for _, k := range c.Katas {
				if slices.Contains(ch.Lessons[i].Katas, k.ID) {
					listed[k.ID] = true
					items = append(items, kataItem(k, all[k.ID], due[k.ID]))
				}
			}
		}
		for _, k := range c.Katas {
			if !listed[k.ID] {
				items = append(items, kataItem(k, all[k.ID], due[k.ID]))
			}
		}
	}
	return items, nil
}

func questionItem(q *quiz.Question, j *journey, due bool) browse.Item {
	item := browse.Item{Kind: browse.Question, ID: q.ID, Title: q.Title, Topics: q.Topics, Due: due, Note: q.Level}
	switch right, ever := j.state.Answered(q.ID); {
	case right:
		item.State = browse.Done
	case ever:
		item.State = browse.Failed
	}
	return item
}

func kataItem(k listedKata, kata *katas.Kata, due bool) browse.Item {
	item := browse.Item{Kind: browse.Kata, ID: k.ID, Title: k.ID + ": " + kata.Title, Due: due}
	switch k.Status {
	case statusPassed:
		item.State = browse.Done
		if k.speedup > 0 {
			item.Note = fmt.Sprintf("%.2f x", k.speedup)
		}
	case statusTried:
		item.State = browse.Failed
		item.Note = tries(k.attempts) + ", " + k.reason
	}
	return item
}
