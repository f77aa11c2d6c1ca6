package cli

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/theme"
	"gokata/cmd/internal/workshop/member"
	"gokata/katas"
	lessonterm "gokata/lessons/term"
)

// stale is how old what was heard may be, where there is no connection.
const stale = 2 * time.Hour

// mostHints are shown at once.
const mostHints = 3

// attended is a command at whose start the instructor is heard, on standard
// error, and the courier wakes. It reads files and waits for nobody.
func (a *app) attended(c *cobra.Command) *cobra.Command {
	run := c.RunE
	c.RunE = func(cmd *cobra.Command, args []string) error {
		asJSON := cmd.Flags().Lookup("json")
		a.attend(asJSON == nil || asJSON.Value.String() != "true")
		return run(cmd, args)
	}
	return c
}

// attend wakes the courier of a learner who is in a workshop and, aloud, says
// what is told.
func (a *app) attend(aloud bool) {
	folder := a.membership()
	m, err := folder.Member()
	if err != nil {
		return // no workshop; what is damaged is told when something is reported
	}
	a.wake(folder, m)
	if !aloud {
		return
	}
	seen := folder.Shown(m)
	n := notice{shown: seen}
	if h := folder.Heard(m); folder.Link(m).Gone || h == nil {
		n = a.goneNotice(folder, m, a.err, seen)
	} else {
		n = a.noticeOf(folder, m, h, a.err, seen)
	}
	if n.text != "" {
		fmt.Fprintf(a.env.Err, "%s\n", n.text)
	}
	if n.shown != seen {
		_ = folder.Show(n.shown) // or it is said once more
	}
}

// goneNotice says once that the host does not know the learner any more.
func (a *app) goneNotice(folder member.Folder, m *member.Member, t theme.Theme, seen member.Shown) notice {
	n := notice{shown: seen}
	n.shown.Gone = folder.Link(m).Gone
	if n.shown.Gone && !seen.Gone {
		n.text = noticeLine(t, "Workshop", "It does not know you any more: nothing is reported.", "gokata workshop status")
	}
	return n
}

// notice is what the instructor says, as lines, and what the learner has seen
// with it.
type notice struct {
	text  string
	shown member.Shown
}

// noticeOf are the lines of what was heard, without the events that were seen
// already.
func (a *app) noticeOf(folder member.Folder, m *member.Member, h *member.Heard, t theme.Theme, seen member.Shown) notice {
	n := notice{shown: seen}
	n.shown.Gone = false
	now := h.Now(a.env.Now())
	heard := ""
	if !link(folder, m).Connected {
		switch old := a.env.Now().Sub(h.At); {
		case old > stale:
			return n
		case old > time.Minute:
			heard = t.Dim("(heard at " + h.At.Local().Format("15:04") + "; no connection)")
		}
	}
	var b strings.Builder
	if h.Told.Paused {
		b.WriteString(noticeLine(t, "Paused", t.Unsure("The instructor asks everybody to listen."), ""))
	}
	if text, command := a.cue(h, now, t); text != "" {
		b.WriteString(noticeLine(t, "Workshop", text, command))
	}
	if ended := h.Told.Ended; ended != "" && h.Told.EndedSeq != seen.Ended {
		b.WriteString(noticeLine(t, "Workshop", "Over: "+lessonterm.Inline(ended, t.Markdown()), ""))
	}
	n.shown.Ended = h.Told.EndedSeq
	messages := h.Told.Messages
	for _, msg := range messages[max(0, len(messages)-mostHints):] {
		if msg.Seq > seen.Hint {
			b.WriteString(noticeLine(t, "Hint", lessonterm.Inline(msg.Text, t.Markdown()), ""))
			n.shown.Hint = max(n.shown.Hint, msg.Seq)
		}
	}
	switch p := h.Told.Poll; {
	case p == nil:
	case p.Open(now) && len(h.Told.Vote) == 0 && seen.Voted != p.ID:
		b.WriteString(noticeLine(t, "Poll", lessonterm.Inline(p.Text, t.Markdown()), "gokata workshop poll"))
	case p.Revealed && seen.Revealed != p.ID:
		b.WriteString(noticeLine(t, "Poll", "How everybody answered:", "gokata workshop poll"))
		n.shown.Revealed = p.ID
	}
	if b.Len() > 0 && heard != "" {
		b.WriteString(noticeLine(t, "", heard, ""))
	}
	n.text = b.String()
	return n
}

// cue is what to do now, until when, and the command that begins it.
func (a *app) cue(h *member.Heard, now time.Time, t theme.Theme) (text, command string) {
	s := h.Told
	if s.Cue == "" && s.Item == "" {
		return "", ""
	}
	var said []string
	if s.Cue != "" {
		said = append(said, lessonterm.Inline(s.Cue, t.Markdown()))
	}
	switch {
	case s.Item == "":
	case slices.Contains(katas.Slugs(), s.Item):
		said, command = append(said, t.Bold(s.Item)), "gokata start "+s.Item
	default:
		if course, err := a.catalogue(); err == nil && course.Lesson(s.Item) != nil {
			said, command = append(said, t.Bold(course.Lesson(s.Item).Title)), "gokata lesson "+s.Item
		}
	}
	text = "Now: " + strings.Join(said, " · ")
	if s.Until.IsZero() {
		return text, command
	}
	left := s.Until.Sub(now)
	if left <= 0 {
		return text + t.Dim(" (time is up)"), command
	}
	return text + ", until " + h.Local(s.Until).Format("15:04") + t.Dim(" ("+minutesLeft(left)+")"), command
}

// minutesLeft rounds up: there is no minute 0 before the end.
func minutesLeft(d time.Duration) string {
	return fmt.Sprintf("%d\u00a0min\u00a0left", int((d+time.Minute-1)/time.Minute))
}

// noticeLine is a label and a text under itself, with a command at its end or in
// a line of its own.
func noticeLine(t theme.Theme, label, text, command string) string {
	const column = 11
	lines := lessonterm.Wrap(text, t.Width-column-1)
	if command != "" {
		command = t.Command(command)
		last := &lines[len(lines)-1]
		if lessonterm.Width(*last)+3+lessonterm.Width(command) < t.Width-column {
			*last += "   " + command
		} else {
			lines = append(lines, command)
		}
	}
	var b strings.Builder
	for _, line := range lines {
		fmt.Fprintf(&b, " %s%s\n", theme.Pad(t.Bold(label), column-1), line)
		label = ""
	}
	return b.String()
}
