package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/progress"
	"gokata/lessons/interview"
	"gokata/lessons/quiz"
)

// mock is a mock interview under way.
type mock struct {
	*progress.Interview
	journey   *journey
	questions []*quiz.Question // those that are still in the course
	atHome    bool             // too short for its kata
}

func (a *app) interview() *cobra.Command {
	want := interview.Want{}
	var seed int64
	var file string
	var fresh bool
	cmd := &cobra.Command{
		Use:   "interview",
		Short: "A mock interview, timed, with a score for each theme",
		Long: `Asks questions as an interviewer would, the easy ones first, tells nothing until
the end, and then gives a kata to solve in the time that is left. At the end you
see a score for each theme, what to read, and how you did before. The clock
stands while gokata is not running: Ctrl-C is kept, and gokata interview goes on
where you were.

--theme is a chapter or a topic. The same --seed draws the same interview.
Without a terminal the questions are printed, and --answers FILE answers them
all, as gokata quiz does, and ends the interview.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(interview.Lengths, want.Minutes) {
				return usage("Say --minutes 15, 30 or 45.", "no mock interview takes %d minutes", want.Minutes)
			}
			if want.Level != "" && !slices.Contains(interview.Levels, want.Level) {
				return unknown("level", want.Level, interview.Levels, "Levels are "+strings.Join(interview.Levels, ", ")+".")
			}
			want.Seed = uint64(a.env.Now().UnixNano())
			if cmd.Flags().Changed("seed") {
				want.Seed = uint64(seed)
			}
			described := cmd.Flags().Changed("seed") || cmd.Flags().Changed("minutes") || want.Level != "" || want.Theme != ""
			m, err := a.mock(want, fresh, described)
			if err != nil {
				return err
			}
			switch {
			case cmd.Flags().Changed("answers"):
				return a.answerMock(m, file)
			case a.interactive:
				return a.hold(cmd.Context(), m)
			}
			if err := a.printQuestions(m.open(), "gokata interview"); err != nil {
				return err
			}
			return nil
		},
	}
	cmd.Flags().IntVar(&want.Minutes, "minutes", 30, "`N` minutes: 15, 30 or 45")
	cmd.Flags().StringVar(&want.Level, "level", "", "`LEVEL` of the questions: junior, mid or senior")
	cmd.Flags().StringVar(&want.Theme, "theme", "", "only questions about `THEME`, a chapter or a topic")
	cmd.Flags().Int64Var(&seed, "seed", 0, "draw the interview of this `N`")
	cmd.Flags().BoolVar(&fresh, "new", false, "end an interview that is not finished, and begin another")
	cmd.Flags().StringVar(&file, "answers", "", "`FILE` with the answers, YAML or JSON")
	return cmd
}

// mock goes on with the interview that is not finished, or begins one. Described
// says that the flags describe a new one.
func (a *app) mock(want interview.Want, fresh, described bool) (*mock, error) {
	j, err := a.journey(writing)
	if err != nil {
		return nil, err
	}
	if all := j.state.Interviews(); len(all) > 0 && !all[len(all)-1].Ended {
		m, err := j.mock(all[len(all)-1])
		if err != nil {
			return nil, err
		}
		on, err := a.goOn(m, fresh, described)
		if err != nil || on {
			return m, err
		}
		if err := j.add(progress.EndedInterview(m.ID, m.Used)); err != nil {
			return nil, err
		}
	}
	plan, err := a.draw(j, want)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, q := range plan.Questions {
		ids = append(ids, q.ID)
	}
	id := a.env.Now().UTC().Format("20060102T150405.000Z")
	if err := j.add(progress.BeganInterview(id, want.Minutes, want.Level, want.Theme, ids, plan.Kata)); err != nil {
		return nil, err
	}
	if err := j.reload(); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(j.state.Interviews(), func(v *progress.Interview) bool { return v.ID == id })
	if i < 0 {
		return nil, internal(fmt.Errorf("the interview %s is not in the log that it was written to", id))
	}
	return j.mock(j.state.Interviews()[i])
}

// draw plans an interview from the whole course.
func (a *app) draw(j *journey, want interview.Want) (interview.Plan, error) {
	byID, ids, err := allQuestions(j.course)
	if err != nil {
		return interview.Plan{}, err
	}
	var questions []*quiz.Question
	var themes []string
	for _, ch := range j.course.Chapters {
		themes = append(themes, ch.ID)
	}
	for _, id := range ids {
		questions = append(questions, byID[id])
		themes = append(themes, byID[id].Topics...)
	}
	if want.Theme != "" && !slices.Contains(themes, want.Theme) {
		slices.Sort(themes)
		return interview.Plan{}, unknown("chapter or topic", want.Theme, slices.Compact(themes), "gokata list shows the chapters.")
	}
	all, err := a.katas()
	if err != nil {
		return interview.Plan{}, err
	}
	var katas []interview.Kata
	for _, ch := range j.course.Chapters {
		for _, slug := range ch.Katas {
			katas = append(katas, interview.Kata{Slug: slug, Chapter: ch.ID, Minutes: all[slug].Minutes})
		}
	}
	plan, err := interview.Draw(questions, katas, want)
	if err != nil {
		return plan, usage("Leave out --level or --theme.", "%w", err)
	}
	return plan, nil
}

// mock finds the questions of an interview in the course as it is now.
func (j *journey) mock(v *progress.Interview) (*mock, error) {
	byID, _, err := allQuestions(j.course)
	if err != nil {
		return nil, err
	}
	m := &mock{Interview: v, journey: j, atHome: v.Minutes < 30}
	for _, id := range v.Questions {
		if q := byID[id]; q != nil {
			m.questions = append(m.questions, q)
		}
	}
	return m, nil
}

// open are the questions that are not answered yet.
func (m *mock) open() []*quiz.Question {
	return slices.DeleteFunc(slices.Clone(m.questions), func(q *quiz.Question) bool {
		_, done := m.Answers[q.ID]
		return done
	})
}

// goOn asks whether an interview that is not finished goes on.
func (a *app) goOn(m *mock, fresh, described bool) (bool, error) {
	if fresh {
		return false, nil
	}
	if described {
		return false, usage("gokata interview goes on with it; --new ends it and begins another.",
			"there is an interview that is not finished: %s", m.words())
	}
	if !a.interactive {
		return true, nil
	}
	a.printf(" Not finished: %s\n", m.words())
	on, err := a.prompter().Confirm("Go on with it?", true)
	if err != nil {
		return false, asked(err)
	}
	return on, nil
}

// words say which interview it is, and how far it went.
func (m *mock) words() string {
	return fmt.Sprintf("%d minutes, %d of %s answered, %s left", m.Minutes, len(m.questions)-len(m.open()),
		counted(len(m.questions), "question"), clock(m.Left()))
}

// clock writes a time as minutes; less than one is what it is.
func clock(d time.Duration) string {
	switch {
	case d <= 0:
		return "no time"
	case d < time.Minute:
		return "less than a minute"
	}
	return fmt.Sprintf("%d min", int(d/time.Minute))
}

// hold holds an interview in a terminal.
func (a *app) hold(ctx context.Context, m *mock) error {
	a.printf("%s\n", spread(a.out.Bold(" Mock interview")+"  "+m.kind(), a.out.Dim(fmt.Sprintf("%d min", m.Minutes)), a.out.Width))
	begun := a.env.Now()
	used := m.Used
	left := func() time.Duration { return time.Duration(m.Minutes)*time.Minute - used }
	for _, q := range m.open() {
		if left() <= 0 {
			break
		}
		a.printf("\n %s\n", a.out.Dim(clock(left())+" left"))
		answer, err := a.put(m.journey, q, slices.Index(m.questions, q)+1, len(m.questions))
		thought := a.env.Now().Sub(begun)
		begun = a.env.Now()
		if err != nil {
			return err
		}
		used += max(0, thought)
		if left() < 0 {
			a.printf("\n %s\n", a.out.Unsure("The time was over before this answer; it does not count."))
			break
		}
		if err := m.keep(q, answer, thought); err != nil {
			return err
		}
	}
	if left() <= 0 {
		a.printf("\n %s\n", a.out.Unsure("Time is up."))
	} else if err := a.mockKata(ctx, m, left()); err != nil {
		return err
	}
	return a.endMock(m, used)
}

// kind says what the interview is about.
func (m *mock) kind() string {
	return interview.Want{Level: m.Level, Theme: m.Theme}.Words()
}

// keep grades an answer and keeps it; nothing is told.
func (m *mock) keep(q *quiz.Question, answer quiz.Answer, thought time.Duration) error {
	result := q.Grade(answer)
	e := progress.AnsweredQuestion(q.ID, result.Right, result.Score, thought)
	e.Interview = m.ID
	return m.journey.add(e)
}

// answerMock takes the answers from a file and ends the interview.
func (a *app) answerMock(m *mock, file string) error {
	open := m.open()
	answers, err := a.answersFrom(file, open)
	if err != nil {
		return err
	}
	for _, q := range open {
		if err := m.keep(q, answers[q.ID], 0); err != nil {
			return err
		}
	}
	return a.endMock(m, m.Used)
}

// endMock ends an interview and shows how it went.
func (a *app) endMock(m *mock, used time.Duration) error {
	if err := m.journey.add(progress.EndedInterview(m.ID, used)); err != nil {
		return err
	}
	if err := m.journey.reload(); err != nil {
		return err
	}
	all := m.journey.state.Interviews()
	i := slices.IndexFunc(all, func(v *progress.Interview) bool { return v.ID == m.ID })
	if i < 0 {
		return internal(errors.New("the interview that has ended is not in the log"))
	}
	m.Interview = all[i]
	return a.mockScore(m, all)
}
