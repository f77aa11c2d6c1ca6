package soak

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Markdown writes the table as it stands in a README: for each condition a
// line and a Markdown table, then what the figures mean and come from.
func (t Table) Markdown(w io.Writer) error {
	var b strings.Builder
	for _, c := range t.Conditions {
		fmt.Fprintf(&b, "**%s**%s\n\n", escape(c.Condition), meaning(c.Condition))
		b.WriteString("| must get | trials | right | inconclusive | other reason | false pass | false fail | broken | time, parallel katas | time, other katas |\n")
		b.WriteString("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n")
		for _, r := range c.Rows {
			r.markdown(&b, className(r.Class), "")
		}
		c.Total.markdown(&b, "all", "**")
		b.WriteString("\n")
		if p := c.Predicted; p != nil {
			fmt.Fprintf(&b, "The predicted bounds hold the measured speed-up of the katas' solutions, right and wrong, in %d of %d trials: %s (%s to %s).\n\n",
				p.Count, p.Of, percent(float64(p.Count)/float64(p.Of)), percent(p.Low), percent(p.High))
		}
	}
	fmt.Fprintf(&b, "Inconclusive: share of the trials, with its two-sided %.0f %% interval. False pass, false fail: how many of the trials that must not pass (fail), and the one-sided %.0f %% upper bound of that rate. Both are exact (Clopper and Pearson) and take trials as independent. Time: median to the verdict, with its %.0f %% interval (order statistics).\n",
		100*t.Confidence, 100*t.Confidence, 100*t.Confidence)
	fmt.Fprintf(&b, "\n%s\n", t.origin())
	_, err := io.WriteString(w, b.String())
	return err
}

func (r Row) markdown(b *strings.Builder, name, mark string) {
	cells := []string{
		name, fmt.Sprint(r.Trials), fmt.Sprint(r.Right),
		fmt.Sprintf("%d (%s to %s)", r.Inconclusive.Count, percent(r.Inconclusive.Low), percent(r.Inconclusive.High)),
		fmt.Sprint(r.OtherReason), r.FalsePass.text(), r.FalseFail.text(), fmt.Sprint(r.Broken), r.Parallel.text(), r.Others.text(),
	}
	for _, c := range cells {
		if c != none {
			c = mark + c + mark
		}
		fmt.Fprintf(b, "| %s ", c)
	}
	b.WriteString("|\n")
}

// none stands where a row has no such figure.
const none = "–"

func (r *Rate) text() string {
	if r == nil {
		return none
	}
	return fmt.Sprintf("%d of %d (≤ %s)", r.Count, r.Of, percent(r.High))
}

func (d *Duration) text() string {
	seconds := func(ms int64) string { return fmt.Sprintf("%.1f", float64(ms)/1000) }
	switch {
	case d == nil:
		return none
	case d.Low == nil:
		return seconds(d.Median) + " s"
	}
	return fmt.Sprintf("%s s (%s to %s)", seconds(d.Median), seconds(*d.Low), seconds(*d.High))
}

// percent writes a rate with two decimals below 1 %, else with one.
func percent(rate float64) string {
	switch p := 100 * rate; {
	case p == 0 || p == 100:
		return fmt.Sprintf("%.0f %%", p)
	case p < 1:
		return fmt.Sprintf("%.2f %%", p)
	default:
		return fmt.Sprintf("%.1f %%", p)
	}
}

// className says what the programs of a class must get.
func className(class string) string {
	v := parseClass(class)
	switch {
	case len(v.Want) == 0:
		return "fail"
	case !v.MayFail():
		return "pass"
	}
	var words []string
	for _, r := range v.Want {
		if r == "ok" {
			words = append(words, "pass")
		} else {
			words = append(words, "fail: "+string(r))
		}
	}
	return escape(strings.Join(words, " or "))
}

func meaning(condition string) string {
	switch condition {
	case "quiet":
		return " (nothing else on purpose)"
	case "one":
		return " (beside one busy loop)"
	case "many":
		return " (beside one busy loop more than there are CPUs)"
	}
	return ""
}

// origin says what the figures come from.
func (t Table) origin() string {
	var programs, machines []string
	for _, p := range t.Programs {
		if p.Commit == "" {
			programs = with(programs, "program "+p.Hash)
		} else {
			programs = with(programs, "commit "+p.Commit)
		}
	}
	for _, m := range t.Machines {
		machines = with(machines, strings.TrimSpace(fmt.Sprintf("%d CPUs, judged at GOMAXPROCS=%d, %s %s/%s %s", m.CPUs, m.P, m.Go, m.OS, m.Arch, m.Kernel)))
	}
	day := func(at time.Time) string { return at.Format("2006-01-02 15:04") }
	text := fmt.Sprintf("From: %d trials, %s to %s UTC; %s; %s", t.Trials, day(t.From), day(t.To), strings.Join(programs, ", "), strings.Join(machines, "; "))
	if len(t.Labels) > 0 {
		text += "; labels: " + strings.Join(t.Labels, ", ")
	}
	return escape(text) + "."
}

// escape keeps the words of a log from ending a cell, and what cannot be
// printed from reaching a terminal.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '|':
			b.WriteString(`\|`)
		case !unicode.IsPrint(r):
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
