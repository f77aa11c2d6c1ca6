package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gokata/checker/spec"
	"gokata/cmd/internal/theme"
	"gokata/cmd/internal/tty"
	"gokata/katas"
	"gokata/lessons"
	lessonterm "gokata/lessons/term"
)

// The words for how far something is.
const (
	statusUnread = "unread" // lesson
	statusRead   = "read"
	statusNew    = "new" // kata
	statusTried  = "tried"
	statusPassed = "passed"
)

// listing is what list --json prints, schema 1.
type listing struct {
	Schema   int             `json:"schema"`
	Totals   totals          `json:"totals"`
	Chapters []listedChapter `json:"chapters"`
}

type totals struct {
	Chapters  int `json:"chapters"`
	Lessons   int `json:"lessons"`
	Questions int `json:"questions"`
	Katas     int `json:"katas"`
}

type listedChapter struct {
	ID        string         `json:"id"`
	Title     string         `json:"title"`
	Lessons   []listedLesson `json:"lessons"`
	Questions int            `json:"questions"`
	Katas     []listedKata   `json:"katas"`
	number    int
	answered  int // of Questions
	due       int // of these, for review
}

type listedLesson struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Status string `json:"status"`
}

type listedKata struct {
	ID         string `json:"id"`
	Title      string `json:"title"`
	Kind       string `json:"kind"`
	Difficulty int    `json:"difficulty"`
	Status     string `json:"status"`
	attempts   int
	reason     string
	speedup    float64
}

// filters choose what is listed. Zero fields choose all.
type filters struct {
	chapter    string
	kind       string
	difficulty int
	status     string
}

func (a *app) list() *cobra.Command {
	var f filters
	var asJSON, withLessons bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "What there is, and how far you are",
		Long: `Lists chapters and katas with your progress. --kind, --difficulty and --status
choose katas; chapters without one are then left out. --json is for programs.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(cmd); err != nil {
				return err
			}
			l, err := a.listing(f)
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(a.stdout)
				enc.SetIndent("", "  ")
				enc.SetEscapeHTML(false)
				return enc.Encode(l)
			}
			if a.interactive && tty.Possible && !a.out.Dumb && !withLessons && f == (filters{}) {
				return a.browse(cmd.Context())
			}
			a.printList(l, withLessons)
			return nil
		},
	}
	cmd.Flags().StringVar(&f.chapter, "chapter", "", "only the chapter with this `ID` or number")
	cmd.Flags().StringVar(&f.kind, "kind", "", "only katas of this `KIND`: "+strings.Join(kindNames(), ", "))
	cmd.Flags().IntVar(&f.difficulty, "difficulty", 0, "only katas of this difficulty, 1 to 5")
	cmd.Flags().StringVar(&f.status, "status", "", "only katas with this `STATUS`: new, tried or passed")
	cmd.Flags().BoolVar(&withLessons, "lessons", false, "list lessons as well")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// kindNames lists the kinds of katas.
func kindNames() (names []string) {
	for _, k := range spec.Kinds {
		names = append(names, string(k))
	}
	return names
}

// check refuses values that could match nothing.
func (f filters) check(cmd *cobra.Command) error {
	if kinds := kindNames(); f.kind != "" && !slices.Contains(kinds, f.kind) {
		return unknown("kind", f.kind, kinds, "Kinds are "+strings.Join(kinds, ", ")+".")
	}
	if all := []string{statusNew, statusTried, statusPassed}; f.status != "" && !slices.Contains(all, f.status) {
		return unknown("status", f.status, all, "Statuses are "+strings.Join(all, ", ")+".")
	}
	if cmd.Flags().Changed("difficulty") && (f.difficulty < 1 || f.difficulty > 5) {
		return usage("It goes from 1 to 5.", "no kata has difficulty %d", f.difficulty)
	}
	return nil
}

// katasOnly says whether the filters choose among katas.
func (f filters) katasOnly() bool { return f.kind != "" || f.difficulty != 0 || f.status != "" }

func (f filters) match(k listedKata) bool {
	return (f.kind == "" || f.kind == k.Kind) &&
		(f.difficulty == 0 || f.difficulty == k.Difficulty) &&
		(f.status == "" || f.status == k.Status)
}

func (a *app) listing(f filters) (*listing, error) {
	j, err := a.journey(reading)
	if err != nil {
		return nil, err
	}
	all, err := a.katas()
	if err != nil {
		return nil, err
	}
	chapters := j.course.Chapters
	if f.chapter != "" {
		ch, err := a.chapter(j.course, f.chapter)
		if err != nil {
			return nil, err
		}
		chapters = []*lessons.Chapter{ch}
	}
	l := &listing{Schema: 1, Chapters: []listedChapter{}}
	cards, err := j.cards()
	if err != nil {
		return nil, err
	}
	due, _ := dueOf(cards, a.env.Now())
	for _, ch := range chapters {
		c, err := listChapter(ch, j, all, f)
		if err != nil {
			return nil, err
		}
		for _, q := range due {
			if q.Chapter == ch.ID {
				c.due++
			}
		}
		if f.katasOnly() && len(c.Katas) == 0 {
			continue
		}
		l.Chapters = append(l.Chapters, c)
		l.Totals.Chapters++
		l.Totals.Lessons += len(c.Lessons)
		l.Totals.Questions += c.Questions
		l.Totals.Katas += len(c.Katas)
	}
	return l, nil
}

func listChapter(ch *lessons.Chapter, j *journey, all map[string]*katas.Kata, f filters) (listedChapter, error) {
	c := listedChapter{ID: ch.ID, Title: ch.Title, number: ch.Number, Lessons: []listedLesson{}, Katas: []listedKata{}}
	questions, err := ch.Questions()
	if err != nil {
		return c, internal(err)
	}
	c.Questions = len(questions)
	for _, q := range questions {
		if _, ever := j.state.Answered(q.ID); ever {
			c.answered++
		}
	}
	for _, l := range ch.Lessons {
		status := statusUnread
		if j.state.LessonRead(l.ID) {
			status = statusRead
		}
		c.Lessons = append(c.Lessons, listedLesson{l.ID, l.Title, status})
	}
	for _, slug := range ch.Katas {
		k, state := all[slug], j.state.Kata(slug)
		status := statusNew
		switch {
		case state.Passed:
			status = statusPassed
		case state.Attempts > 0:
			status = statusTried
		}
		row := listedKata{
			ID: slug, Title: k.Title, Kind: string(k.Spec.Kind), Difficulty: k.Difficulty, Status: status,
			attempts: state.Attempts, reason: state.Reason, speedup: state.Speedup,
		}
		if f.match(row) {
			c.Katas = append(c.Katas, row)
		}
	}
	return c, nil
}

func (a *app) printList(l *listing, withLessons bool) {
	t := a.out
	if len(l.Chapters) == 0 {
		a.printf(" No kata is like that. %s lists all.\n", t.Command("gokata list"))
	}
	for _, c := range l.Chapters {
		done, of, words := c.progress()
		a.printf("%s\n", chapterLine(fmt.Sprintf(" %d %s", c.number, t.Bold(c.Title)), a.out.Bar(done, of), words, t.Width))
		if withLessons {
			for _, lesson := range c.Lessons {
				mark := t.Sign("·", statusUnread)
				if lesson.Status == statusRead {
					mark = t.Good(t.Sign("✓", statusRead))
				}
				a.printf("     lesson  %s %s %s\n", theme.Pad(lesson.ID, 28), mark, lesson.Title)
			}
		}
		for _, k := range c.Katas {
			a.printf("     kata  %s\n", theme.Pad(k.ID, 18)+"  "+a.kataStatus(k))
		}
	}
}

// chapterLine puts title, bar and words into one line, or, on a narrow screen,
// the words below the title.
func chapterLine(title, bar, words string, width int) string {
	if line := theme.Pad(title, 31) + " " + bar + "  " + words; lessonterm.Width(line) <= width {
		return line
	}
	return title + "\n   " + bar + "\n   " + strings.Join(lessonterm.Wrap(words, width-3), "\n   ")
}

// progress counts lessons, questions and katas alike.
func (c listedChapter) progress() (done, of int, words string) {
	read, passed := 0, 0
	for _, l := range c.Lessons {
		if l.Status == statusRead {
			read++
		}
	}
	for _, k := range c.Katas {
		if k.Status == statusPassed {
			passed++
		}
	}
	done = read + c.answered + passed
	of = len(c.Lessons) + c.Questions + len(c.Katas)
	if of > 0 && done == of {
		if c.due > 0 {
			return done, of, fmt.Sprintf("done (%d due)", c.due)
		}
		return done, of, "done"
	}
	var parts []string
	if n := len(c.Lessons); n > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s", read, counted(n, "lesson")))
	}
	if c.Questions > 0 {
		words := fmt.Sprintf("%d of %s", c.answered, counted(c.Questions, "question"))
		if c.due > 0 {
			words += fmt.Sprintf(" (%d due)", c.due)
		}
		parts = append(parts, words)
	}
	if len(parts) == 0 {
		parts = append(parts, fmt.Sprintf("%d of %s", passed, counted(len(c.Katas), "kata")))
	}
	return done, of, strings.Join(parts, " · ")
}

func (a *app) kataStatus(k listedKata) string {
	switch k.Status {
	case statusPassed:
		mark := a.out.Good(a.out.Sign("✓ ", "") + "passed")
		if k.speedup > 0 {
			mark += fmt.Sprintf(", %.2f x", k.speedup)
		}
		return mark
	case statusTried:
		return theme.Pad(a.out.Bad(a.out.Sign("✗ ", "tried: "))+tries(k.attempts), 16) + " last: " + k.reason
	}
	return a.out.Sign("·", statusNew)
}

func tries(n int) string {
	if n == 1 {
		return "1 try"
	}
	return fmt.Sprintf("%d tries", n)
}
