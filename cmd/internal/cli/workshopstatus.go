package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/theme"
	"gokata/cmd/internal/workshop/member"
	lessonterm "gokata/lessons/term"
)

// boardWait is how long a status waits for the leaderboard.
const boardWait = 2 * time.Second

// membershipStatus is what workshop status --json prints, schema 1.
type membershipStatus struct {
	Schema    int              `json:"schema"`
	Member    bool             `json:"member"`
	URL       string           `json:"url"`
	Name      string           `json:"name"`
	Joined    *time.Time       `json:"joined"`
	Asks      bool             `json:"asks_code"`
	Source    bool             `json:"shares_code"`
	Connected bool             `json:"connected"`
	Since     *time.Time       `json:"since"` // it is so
	Gone      bool             `json:"gone"`  // the host does not know you any more
	Error     string           `json:"error"` // why there is no connection
	Waiting   int              `json:"waiting"`
	Refused   []member.Refusal `json:"refused"`
	Now       *heardNow        `json:"now"` // null where nothing was heard
}

type heardNow struct {
	Heard    time.Time `json:"heard"`
	Cue      string    `json:"cue"`
	Item     string    `json:"item"`
	Until    time.Time `json:"until,omitzero"` // by this machine's clock
	Paused   bool      `json:"paused"`
	Ended    string    `json:"ended"`
	Unlocked []string  `json:"unlocked"`
	Poll     bool      `json:"poll"` // one is open
}

func (a *app) workshopStatus() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "status",
		Short: "Which workshop you are in, and what is not sent yet",
		Long: `Shows who you are in which workshop, whether there is a connection, what is still
to be sent, what the host did not take, and what the instructor says now. It asks
nobody: all of it is known here, but for the leaderboard where one is shown.

--json prints one object: schema (1), member, url, name, joined, asks_code,
shares_code, connected, since, gone (the host does not know you any more), error,
waiting (a number), refused (each at, file, kind, item, error), and now (heard,
cue, item, until, paused, ended, unlocked, poll) or null.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := a.membership()
			m, err := folder.Member()
			if err != nil && !errors.Is(err, member.ErrNone) {
				return notMember(err)
			}
			if asJSON {
				return a.statusJSON(folder, m)
			}
			if m == nil {
				a.printf(" You are in no workshop.\n Then   %s\n", a.out.Command("gokata workshop join JOIN"))
				return nil
			}
			a.wake(folder, m)
			a.printStatus(folder, m)
			a.printLeaders(cmd.Context(), folder, m)
			a.printf("\n%s\n", indent("Your results are your machine's word: nobody has verified them.", a.out.Width))
			a.then("gokata next", "leave?", "gokata workshop leave")
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return cmd
}

// link is how the connection is now: without a courier there is none.
func link(folder member.Folder, m *member.Member) member.Link {
	l := folder.Link(m)
	if l.Connected && !folder.Running() {
		l = member.Link{Member: l.Member}
	}
	return l
}

func (a *app) printStatus(folder member.Folder, m *member.Member) {
	t := a.out
	row := func(label, text string) {
		for _, line := range lessonterm.Wrap(text, t.Width-12) {
			a.printf(" %s %s\n", theme.Pad(t.Dim(label), 10), line)
			label = ""
		}
	}
	row("Workshop", m.URL)
	row("You", t.Bold(lessonterm.Clean(m.Name))+", since "+m.Joined.Local().Format("2 Jan 15:04"))
	row("Connection", a.linkWords(link(folder, m)))
	waiting := counted(folder.Waiting(), "result") + " to be sent"
	if folder.Waiting() == 0 {
		waiting = "all is sent"
	}
	row("Results", waiting)
	if refused, _ := folder.Refused(); len(refused) > 0 {
		last := refused[len(refused)-1]
		row("", t.Unsure(counted(len(refused), "result")+" not taken; the last: "+lessonterm.Clean(string(last.Kind)+" "+last.Item+": "+last.Error)))
	}
	row("Code", sourceWords(m))
	if h := folder.Heard(m); h != nil {
		if text := a.noticeOf(folder, m, h, a.out, member.Shown{}).text; text != "" {
			a.printf("\n%s", text)
		}
	}
}

// printLeaders shows the leaderboard where the instructor shows it, and the host
// answers soon.
func (a *app) printLeaders(ctx context.Context, folder member.Folder, m *member.Member) {
	h := folder.Heard(m)
	if h == nil || !h.Told.Board || !link(folder, m).Connected {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, boardWait)
	defer cancel()
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	told, err := c.Stage(ctx)
	if err != nil || len(told.Leaders) == 0 {
		return
	}
	t := a.out
	a.printf("\n %s\n", t.Bold("Leaderboard"))
	for _, l := range told.Leaders {
		line := fmt.Sprintf("%3d  %s", l.Rank, lessonterm.Clean(l.Name))
		if l.Mine {
			line += "  " + t.Bold("you")
		}
		a.printf("%s\n", spread(line, counted(l.Passed, "kata")+" passed", t.Width))
	}
}

// linkWords say how the connection is.
func (a *app) linkWords(l member.Link) string {
	t := a.out
	since := l.Since.Local().Format("15:04")
	switch {
	case l.Gone:
		return t.Bad(t.Sign("✗ ", "")+"the workshop does not know you any more") + "; join it again"
	case l.Connected:
		return t.Good(t.Sign("✓ ", "")+"connected") + " since " + since
	case l.Since.IsZero():
		return "connecting"
	}
	text := t.Unsure(t.Sign("? ", "")+"no connection") + " since " + since
	if l.Error != "" {
		text += ": " + lessonterm.Clean(l.Error)
	}
	return text
}

// statusJSON is the status as JSON. What the host says is cleaned here, too: JSON
// is shown in terminals.
func (a *app) statusJSON(folder member.Folder, m *member.Member) error {
	s := membershipStatus{Schema: 1, Refused: []member.Refusal{}}
	if m != nil {
		l := link(folder, m)
		clean := lessonterm.Clean
		s.Member, s.URL, s.Name, s.Joined, s.Asks, s.Source = true, m.URL, clean(m.Name), &m.Joined, m.Asks, m.Source
		s.Connected, s.Gone, s.Error, s.Waiting = l.Connected, l.Gone, clean(l.Error), folder.Waiting()
		if !l.Since.IsZero() {
			s.Since = &l.Since
		}
		refused, err := folder.Refused()
		if err != nil {
			return usage("", "failed to read what was refused: %w", err)
		}
		for _, r := range refused {
			r.Error = clean(r.Error)
			s.Refused = append(s.Refused, r)
		}
		if h := folder.Heard(m); h != nil {
			s.Now = &heardNow{Heard: h.At, Cue: clean(h.Told.Cue), Item: clean(h.Told.Item), Paused: h.Told.Paused,
				Ended: clean(h.Told.Ended), Unlocked: []string{}, Poll: h.Told.Poll.Open(h.Now(a.env.Now()))}
			for _, slug := range h.Told.Unlocked {
				s.Now.Unlocked = append(s.Now.Unlocked, clean(slug))
			}
			if !h.Told.Until.IsZero() {
				s.Now.Until = h.Local(h.Told.Until).UTC()
			}
		}
	}
	enc := json.NewEncoder(a.stdout)
	enc.SetIndent("", "  ")
	if err := enc.Encode(s); err != nil {
		return fmt.Errorf("status as JSON: %w", err)
	}
	return nil
}
