package cli

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/theme"
	"gokata/lessons/quiz"
)

// reviewing is what review --json prints, schema 1.
type reviewing struct {
	Schema    int           `json:"schema"`
	Questions []dueQuestion `json:"questions"` // due now, the most likely forgotten first
	Katas     []string      `json:"katas"`     // passed long ago
	Forecast  []int         `json:"forecast"`  // questions due on each day, from today on
	Next      *time.Time    `json:"next"`      // when the next question becomes due, or null
}

type dueQuestion struct {
	ID      string  `json:"id"`
	Chapter string  `json:"chapter"`
	Recall  float64 `json:"recall"` // probability of still knowing it
}

func (a *app) review() *cobra.Command {
	var limit int
	var file string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "review",
		Short: "Questions that you are about to forget",
		Long: `Asks what is due: questions that you have answered before, when you would be
about to forget them. Each answer says when it comes back, after days at first
and then after months; what was not right is asked once more at the end. The
times are those of the algorithm FSRS. Katas that you passed long ago are named
for another try.

Without a terminal the questions are printed, and --answers FILE grades, as
gokata quiz does. --json says what is due.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 1 {
				return usage("Say --limit 10, for example.", "--limit %d asks nothing", limit)
			}
			j, err := a.journey(reading)
			if err != nil {
				return err
			}
			cards, err := j.cards()
			if err != nil {
				return err
			}
			now := a.env.Now()
			questions, katas := dueOf(cards, now)
			if asJSON {
				return a.reviewJSON(cards, questions, katas, now)
			}
			asked := questions[:min(limit, len(questions))]
			switch {
			case cmd.Flags().Changed("answers"):
				if len(asked) == 0 {
					return usage("gokata review --json says when something is.", "nothing is due, so there is nothing to answer")
				}
				return a.gradeFile(file, asked)
			case len(asked) > 0 && !a.interactive:
				command := "gokata review"
				if cmd.Flags().Changed("limit") {
					command += fmt.Sprintf(" --limit %d", limit)
				}
				return a.printQuestions(asked, command)
			case len(asked) > 0:
				if err := a.reviewAll(asked); err != nil {
					return err
				}
				if j, err = a.journey(reading); err != nil {
					return err
				}
				if cards, err = j.cards(); err != nil {
					return err
				}
			}
			a.reviewed(cards, katas, a.env.Now())
			return nil
		},
	}
	cmd.Flags().IntVar(&limit, "limit", 20, "ask at most `N` questions")
	cmd.Flags().StringVar(&file, "answers", "", "`FILE` with the answers, YAML or JSON")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// reviewAll asks what is due, and once more what was not right.
func (a *app) reviewAll(questions []*quiz.Question) error {
	a.printf(" %s due\n", counted(len(questions), "question"))
	missed, err := a.askAll(questions, "gokata review")
	if err != nil {
		return err
	}
	a.score(len(questions)-len(missed), len(questions))
	if len(missed) == 0 {
		return nil
	}
	a.printf("\n Once more, what was not right.\n")
	again, err := a.askAll(missed, "gokata review")
	if err != nil {
		return err
	}
	a.score(len(missed)-len(again), len(missed))
	return nil
}

// reviewed says what becomes due when.
func (a *app) reviewed(cards []card, katas []string, now time.Time) {
	t := a.out
	questions, _ := dueOf(cards, now)
	switch {
	case len(cards) == 0:
		a.printf(" Nothing is due: you have answered no question yet.\n Then   %s\n", t.Command("gokata next"))
		return
	case len(questions) == 0:
		a.printf(" %s Nothing is due.%s\n", t.Good(t.Sign("✓", "Done.")), a.nextDue(cards, now))
	default:
		a.printf(" %s still due   %s\n", counted(len(questions), "question"), t.Command("gokata review"))
	}
	a.printf("\n%s", a.forecastPicture(forecast(cards, now), now))
	if len(katas) > 0 {
		a.printf("\n Passed long ago; solve again from the starter?\n")
		for _, slug := range katas {
			a.printf("   %s\n", t.Command("gokata reset "+slug))
		}
	}
}

// nextDue says when the next question becomes due.
func (a *app) nextDue(cards []card, now time.Time) string {
	next := firstDue(cards)
	if next == nil {
		return ""
	}
	days := 0
	for today := midnight(now); !next.Before(today.AddDate(0, 0, days+1)); days++ {
	}
	switch days {
	case 0:
		return " The next one later today."
	case 1:
		return " The next one tomorrow."
	}
	return fmt.Sprintf(" The next one in %d days.", days)
}

// firstDue is when the first question becomes due, or nil.
func firstDue(cards []card) *time.Time {
	var next *time.Time
	for _, c := range cards {
		if c.question != nil && (next == nil || c.Due.Before(*next)) {
			next = &c.Due
		}
	}
	return next
}

// forecastPicture draws a bar for each day that has something to ask.
func (a *app) forecastPicture(days [forecastDays]int, now time.Time) string {
	most := slices.Max(days[:])
	if most == 0 {
		return ""
	}
	var b strings.Builder
	room := min(40, a.out.Width-len(" Mon 23 Nov  ")-len("  100"))
	for n, count := range days {
		if count == 0 {
			continue
		}
		name := now.AddDate(0, 0, n).Format("Mon _2 Jan")
		if n == 0 {
			name = "today"
		}
		length := count // a cell for each, where the most fit
		if most > room {
			length = max(1, count*room/most)
		}
		fmt.Fprintf(&b, " %s  %s  %d\n", theme.Pad(name, 10), a.out.Good(a.out.Stripe(length)), count)
	}
	return b.String()
}

func (a *app) reviewJSON(cards []card, questions []*quiz.Question, katas []string, now time.Time) error {
	days := forecast(cards, now)
	r := reviewing{Schema: 1, Questions: []dueQuestion{}, Katas: append([]string{}, katas...), Forecast: days[:], Next: firstDue(cards)}
	for _, q := range questions {
		i := slices.IndexFunc(cards, func(c card) bool { return c.question == q })
		r.Questions = append(r.Questions, dueQuestion{q.ID, q.Chapter, cards[i].known(now)})
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	return enc.Encode(r)
}
