package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/progress"
	"gokata/cmd/internal/stats"
	"gokata/cmd/internal/theme"
)

func (a *app) stats() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "stats",
		Short: "Your progress in figures: chapters, accuracy, days, speed-ups",
		Long: `Shows how far you are in each chapter, how many answers were right, on which
days you have worked, about how long, and the speed-ups that you have reached.
All of it comes from the progress log in your workspace and stays there. --json
is for programs.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			j, err := a.journey(reading)
			if err != nil {
				return err
			}
			l, err := a.listing(filters{})
			if err != nil {
				return err
			}
			s, err := a.statsOf(j, l)
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(a.stdout)
				enc.SetIndent("", "  ")
				return enc.Encode(s)
			}
			a.printStats(s)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// statistics is what stats --json prints, schema 1.
type statistics struct {
	Schema   int            `json:"schema"`
	Chapters []chapterStats `json:"chapters"`
	stats.Activity
	Katas []kataStats `json:"katas"` // those tried
}

type chapterStats struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Done     int    `json:"done"` // lessons read, questions answered, katas passed
	Of       int    `json:"of"`
	Answered int    `json:"answered"` // questions
	Right    int    `json:"right"`    // of these, the last time
}

type kataStats struct {
	ID       string   `json:"id"`
	Attempts int      `json:"attempts"`
	Passed   bool     `json:"passed"`
	Speedup  *float64 `json:"speedup"` // best of those that passed, or null
}

func (a *app) statsOf(j *journey, l *listing) (*statistics, error) {
	s := &statistics{Schema: 1, Katas: []kataStats{}}
	for _, c := range l.Chapters {
		done, of, _ := c.progress()
		row := chapterStats{ID: c.ID, Title: c.Title, Done: done, Of: of}
		questions, err := j.course.Chapter(c.ID).Questions()
		if err != nil {
			return nil, internal(err)
		}
		for _, q := range questions {
			right, ever := j.state.Answered(q.ID)
			if ever {
				row.Answered++
			}
			if right {
				row.Right++
			}
		}
		s.Chapters = append(s.Chapters, row)
		for _, k := range c.Katas {
			if k.Status == statusNew {
				continue
			}
			row := kataStats{ID: k.ID, Attempts: k.attempts, Passed: k.Status == statusPassed}
			if k.speedup > 0 {
				row.Speedup = &k.speedup
			}
			s.Katas = append(s.Katas, row)
		}
	}
	var events []progress.Event
	if j.log != nil {
		var err error
		if events, _, err = j.log.Read(); err != nil {
			return nil, place(err)
		}
	}
	s.Activity = stats.Of(events, a.env.Now())
	return s, nil
}

func (a *app) printStats(s *statistics) {
	t := a.out
	for _, c := range s.Chapters {
		words := fmt.Sprintf("%3d %%", theme.Percent(c.Done, c.Of))
		if c.Answered > 0 {
			words += fmt.Sprintf("   %d of %s right", c.Right, counted(c.Answered, "answer"))
		}
		a.printf("%s\n", chapterLine(" "+c.Title, a.out.Bar(c.Done, c.Of), words, t.Width))
	}
	if s.Events == 0 {
		a.printf("\n Nothing done yet.   %s\n", t.Command("gokata next"))
		return
	}
	days := s.Days[max(0, len(s.Days)-(t.Width-1-len(" days        "))):]
	a.printf("\n %s  %s\n", theme.Pad("days", 10), t.Sparkline(days, maxOf(days)))
	a.printf(" %s  %s\n", theme.Pad("", 10), t.Dim(fmt.Sprintf("the last %d days", len(days))))
	streak := counted(s.Streak, "day")
	if s.LongestStreak > s.Streak {
		streak += fmt.Sprintf(" (longest %d)", s.LongestStreak)
	}
	a.printf(" %s  %s\n", theme.Pad("in a row", 10), streak)
	a.printf(" %s  about %s\n", theme.Pad("time", 10), hours(s.Minutes))
	if len(s.Katas) == 0 {
		return
	}
	a.printf("\n")
	for _, k := range s.Katas {
		mark, picture := t.Bad(t.Sign("✗", "tried ")), ""
		if k.Passed {
			mark = t.Good(t.Sign("✓", "passed"))
		}
		if k.Speedup != nil {
			const room = len(" ✓                     99 tries    1.50 x")
			picture = fmt.Sprintf("%.2f x %s", *k.Speedup, t.Stripe(min(int(*k.Speedup*8), t.Width-room)))
		}
		line := fmt.Sprintf(" %s %s  %s  %s", mark, theme.Pad(k.ID, 18), theme.Pad(tries(k.Attempts), 9), picture)
		a.printf("%s\n", strings.TrimRight(line, " "))
	}
}

func maxOf(values []int) (most int) {
	for _, v := range values {
		most = max(most, v)
	}
	return most
}

// hours writes minutes as people say them.
func hours(minutes int) string {
	if minutes < 60 {
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d h %02d min", minutes/60, minutes%60)
}
