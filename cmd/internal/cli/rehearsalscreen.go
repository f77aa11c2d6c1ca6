package cli

import (
	"fmt"
	"strings"
	"time"

	"gokata/cmd/internal/theme"
	"gokata/cmd/internal/workshop/rehearse"
	lessonterm "gokata/lessons/term"
)

// milliseconds is a duration as people compare it: 0.4 ms, 13 ms, 1.25 s.
func milliseconds(d time.Duration) string {
	switch ms := float64(d) / float64(time.Millisecond); {
	case ms >= 1000:
		return fmt.Sprintf("%.2f s", ms/1000)
	case ms >= 10:
		return fmt.Sprintf("%.0f ms", ms)
	default:
		return fmt.Sprintf("%.1f ms", ms)
	}
}

// histogramLimits are where the bars of the screen end.
var histogramLimits = []time.Duration{
	2 * time.Millisecond, 5 * time.Millisecond, 10 * time.Millisecond, 20 * time.Millisecond, 50 * time.Millisecond,
	100 * time.Millisecond, 200 * time.Millisecond, 500 * time.Millisecond, time.Second, 2 * time.Second, 5 * time.Second,
}

// printRehearsal is the screen: verdict, picture, figures, what to do.
func (a *app) printRehearsal(o *rehearse.Outcome, v rehearse.Verdict) {
	t := a.out
	sign, paint := t.Sign("✓ ", "")+"READY", t.Good
	switch v.Verdict {
	case rehearse.NotReady:
		sign, paint = t.Sign("✗ ", "")+"NOT READY", t.Bad
	case rehearse.Inconclusive:
		sign, paint = t.Sign("? ", "")+"INCONCLUSIVE", t.Unsure
	}
	what := fmt.Sprintf("%s · %d results", counted(o.Joined, "learner"), o.Acknowledged)
	a.printf("%s\n", spread(t.Bold(paint(sign)), what+" · "+o.Elapsed.Round(time.Second).String(), t.Width))
	for _, why := range v.Why {
		a.printf("%s\n", indent(why, t.Width))
	}
	if o.Acks.Count() > 0 {
		a.printf("\n Acknowledged within\n%s", histogram(t, o.Acks.Ranges(histogramLimits...)))
	}
	a.printf("\n%s", latencyTable(t, o))
	a.printf("\n%s", a.rehearsalCounts(o))
	for _, advice := range v.Advice {
		a.printf("\n%s\n", indent(advice, t.Width))
	}
	if o.Undeleted > 0 {
		a.printf("\n%s\n", indent(counted(o.Undeleted, "simulated learner")+" could not be deleted; the dashboard deletes all of a rehearsal at once.", t.Width))
	}
}

// histogram is a line for each range that is not empty, and those between.
func histogram(t theme.Theme, ranges []rehearse.Range) string {
	most := 0
	from, to := len(ranges), 0
	for i, r := range ranges {
		if r.Count > 0 {
			from, to = min(from, i), i+1
			most = max(most, r.Count)
		}
	}
	cells := t.Width - 30
	var b strings.Builder
	for i := from; i < to; i++ {
		label := "over " + milliseconds(histogramLimits[len(histogramLimits)-1])
		if r := ranges[i]; r.UpTo > 0 {
			label = "to " + strings.Replace(milliseconds(r.UpTo), ".0 ms", " ms", 1)
		}
		n := ranges[i].Count * cells / most
		if n == 0 && ranges[i].Count > 0 {
			n = 1 // one in a thousand is what matters
		}
		fmt.Fprintf(&b, " %12s %s %d\n", label, t.Stripe(n), ranges[i].Count)
	}
	return b.String()
}

// latencyTable is a line for each thing that somebody waits for.
func latencyTable(t theme.Theme, o *rehearse.Outcome) string {
	type row struct {
		name string
		l    *rehearse.Latency
	}
	rows := []row{{"joining", &o.Joins}, {"acknowledged", &o.Acks}, {"to a dashboard", &o.Shown}, {"to a learner", &o.Told}}
	if o.Poll != nil {
		rows = append(rows, row{"voting", o.Poll.Votes})
	}
	gap := 11
	if t.Width < 60 {
		gap = 8
	}
	var b strings.Builder
	line := func(name, half, most, longest string) {
		fmt.Fprintf(&b, " %-14s%*s%*s%*s\n", name, gap, half, gap, most, gap, longest)
	}
	line("", "half", "99 %", "longest")
	for _, r := range rows {
		if r.l.Count() > 0 {
			line(r.name, milliseconds(r.l.Quantile(0.5)), milliseconds(r.l.Quantile(0.99)), milliseconds(r.l.Max()))
		}
	}
	return b.String()
}

// rehearsalCounts says in words what was lost and what failed.
func (a *app) rehearsalCounts(o *rehearse.Outcome) string {
	t := a.out
	say := []string{fmt.Sprintf("%d lost, %d doubled: every learner has asked the host and compared.", o.Lost, o.Doubled)}
	if o.Unverified > 0 {
		say[0] = fmt.Sprintf("%d lost, %d doubled, as far as learners could ask.", o.Lost, o.Doubled)
	}
	if o.Poll != nil {
		text := fmt.Sprintf("Poll: %d of %d voted, the tally is exact.", o.Poll.Votes.Count(), o.Poll.Listeners)
		if !o.Poll.Exact {
			text = fmt.Sprintf("Poll: %d of %d voted, the tally is wrong.", o.Poll.Votes.Count(), o.Poll.Listeners)
		}
		say = append(say, text)
	}
	if o.Host != nil && o.Host.RSS > 0 {
		say = append(say, fmt.Sprintf("Host: at most %d MB of memory, and %s waiting to be written.", o.Host.RSS>>20, counted(o.Host.Queue, "change")))
	}
	if n := o.Failures(); n == 0 {
		say = append(say, "No request failed.")
	} else {
		say = append(say, fmt.Sprintf("%s failed and came again:", counted(n, "request")))
	}
	var b strings.Builder
	for _, s := range say {
		fmt.Fprintf(&b, "%s\n", indent(s, t.Width))
	}
	for _, text := range o.Commonest()[:min(4, len(o.Errors))] {
		fmt.Fprintf(&b, "   %5d x %s\n", o.Errors[text], strings.Join(lessonterm.Wrap(lessonterm.Clean(text), t.Width-12), "\n           "))
	}
	if o.RefusedFor != "" {
		fmt.Fprintf(&b, "%s\n", indent("Refused: "+lessonterm.Clean(o.RefusedFor), t.Width))
	}
	return b.String()
}
