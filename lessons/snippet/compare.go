package snippet

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"gokata/lessons/quiz"
)

// figure is a number, with its unit of time where that follows at once, as
// time.Duration prints it, or a letter with a number, which is a name.
var figure = sync.OnceValue(func() *regexp.Regexp {
	const number = `\d+(?:\.\d+)?`
	return regexp.MustCompile(`\pL\d+|(?:(?:^|\s)-)?` + number + `(?:(?:h|m|s|ms|us|µs|μs|ns)(?:` + number + `(?:m|s|ms))*\b)?`)
})

// Shape is a line with a # for each number and one space for each run of space:
// what stays the same from run to run of a program that prints times. Padding
// before a number does not matter. Numbers right after a letter, as in a1 and
// P0, belong to a name and stay.
func Shape(line string) string {
	return squeeze(figure().ReplaceAllStringFunc(line, func(s string) string {
		if first := strings.TrimLeft(s, " \t-"); first[0] < '0' || first[0] > '9' {
			return s // a name
		}
		return " # "
	}))
}

// SameShape compares what a page shows with what a program printed, line by
// line. It returns what differs, or "". Line is the first differing line of
// shown, from 0.
func SameShape(shown, printed string) (difference string, line int) {
	at, ok := elided(shapes(printed), shapes(shown))
	if ok {
		return "", 0
	}
	lines := textLines(shown)
	if at >= len(lines) {
		return fmt.Sprintf("the page shows no output, but the program prints:\n%s", printed), 0
	}
	return fmt.Sprintf("the page shows %q, but the program prints:\n%s", lines[at], printed), at
}

func shapes(text string) string {
	lines := textLines(text)
	for i := range lines {
		lines[i] = Shape(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Elides reports whether an output leaves lines out, so that it can not be
// replaced by what a program prints.
func (p Printed) Elides() bool { return slices.ContainsFunc(textLines(p.Text), isEllipsis) }

// Replace puts what a program printed in the place of an output in its page.
func (p Printed) Replace(page []byte, printed string) ([]byte, error) {
	lines := strings.SplitAfter(string(page), "\n")
	old := strings.SplitAfter(strings.TrimSuffix(p.Text, "\n"), "\n")
	start, end := p.Line-1, p.Line-1+len(old)
	if p.Text == "" {
		end = start
	}
	if start < 0 || end > len(lines) || strings.TrimSuffix(strings.Join(lines[start:end], ""), "\n") != strings.TrimSuffix(p.Text, "\n") {
		return nil, mistake(p.File, p.Line, "this output can not be replaced where it stands: move it out of the list or quote")
	}
	printed = strings.Join(textLines(printed), "\n") + "\n"
	return []byte(strings.Join(lines[:start], "") + printed + strings.Join(lines[end:], "")), nil
}

// unseen begins a line of an explanation, which then argues why an output that
// is marked right is possible though no test shows it.
const unseen = "Not seen in a test, yet possible:"

// Judge compares the options of an output question with what its program was
// observed to print, squeezed, and how often. Outputs that no marked option
// names are mistakes always; marked options that were not observed are, unless
// the explanation argues for them.
func Judge(q *quiz.Question, seen map[string]int) []error {
	var errs []error
	argued := false
	for line := range strings.Lines(string(q.Explanation)) {
		argued = argued || strings.HasPrefix(line, unseen)
	}
	runs := 0
	left := map[string]bool{}
	for out, n := range seen {
		runs += n
		left[out] = true
	}
	for _, o := range q.Options {
		text := optionText(o)
		n := seen[text]
		delete(left, text)
		switch {
		case n > 0 && !o.Correct:
			errs = append(errs, mistake(q.File, o.Line, fmt.Sprintf("printed in %d of %d runs: mark it [x]", n, runs)))
		case n == 0 && o.Correct && !argued:
			errs = append(errs, mistake(q.File, o.Line, fmt.Sprintf(
				"not printed in %d runs: unmark it, or argue in the explanation, on a line that begins %q", runs, unseen)))
		}
	}
	for _, out := range slices.Sorted(maps.Keys(left)) {
		errs = append(errs, mistake(q.File, q.Line, fmt.Sprintf("printed %q in %d of %d runs, which is no option: add it", out, seen[out], runs)))
	}
	return errs
}

// missing reports whether a marked option has not been observed yet.
func missing(q *quiz.Question, seen map[string]int) bool {
	return slices.ContainsFunc(q.Options, func(o quiz.Option) bool { return o.Correct && seen[optionText(o)] == 0 })
}

// optionText is the output that an option names.
func optionText(o quiz.Option) string { return squeeze(strings.Trim(o.Text, "`")) }
