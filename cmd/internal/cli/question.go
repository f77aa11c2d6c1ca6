package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"gokata/cmd/internal/theme"
	"gokata/lessons/quiz"
	lessonterm "gokata/lessons/term"
)

// printQuestion writes a question without options and answer. Number and of
// say which of how many it is; of 0 leaves that out.
func printQuestion(w io.Writer, t theme.Theme, q *quiz.Question, number, of int) error {
	o := t.Markdown()
	head := q.ID + " · " + q.Level
	if of > 0 {
		head = fmt.Sprintf("Question %d of %d · %s", number, of, head)
	}
	fmt.Fprintf(w, " %s\n", t.Dim(head))
	for _, line := range lessonterm.Wrap(lessonterm.Inline(q.Title, o), t.Width-1) {
		fmt.Fprintf(w, " %s\n", t.Bold(line))
	}
	fmt.Fprintln(w)
	if len(q.Body) == 0 {
		return nil
	}
	if err := lessonterm.Render(w, q.Body, o); err != nil {
		return internal(fmt.Errorf("showing question %s: %w", q.ID, err))
	}
	fmt.Fprintln(w)
	return nil
}

// printOptions numbers the options, or the items to put in order, from 1.
func printOptions(w io.Writer, t theme.Theme, q *quiz.Question) {
	for i := range q.Options {
		place := i
		if q.Kind == quiz.Order {
			place = shuffled(q)[i]
		}
		printItem(w, t, strconv.Itoa(i+1), q.Options[place].Text)
	}
	if len(q.Options) > 0 {
		fmt.Fprintln(w)
	}
}

// printItem writes a marked line of Markdown, wrapped under itself.
func printItem(w io.Writer, t theme.Theme, mark, text string) {
	for _, line := range lessonterm.Wrap(lessonterm.Inline(text, t.Markdown()), t.Width-6) {
		fmt.Fprintf(w, "  %s %s\n", theme.Pad(mark, 2), line)
		mark = ""
	}
}

// printResult says whether an answer was right, why, and where to read on. The
// model answer of an explain question is shown while it is asked, in a
// terminal; graded from a file, it is shown here.
func printResult(w io.Writer, t theme.Theme, q *quiz.Question, r quiz.Result, model bool) error {
	verdict := t.Good(t.Sign("✓ ", "") + "Right.")
	switch {
	case q.Kind == quiz.Explain && r.Right:
		verdict = t.Good(t.Sign("✓ ", "") + "A good answer.")
	case !r.Right:
		verdict = t.Bad(t.Sign("✗ ", "") + "Not yet.")
	}
	fmt.Fprintf(w, "%s\n", indent(t.Bold(verdict)+" "+sentence(r.Detail), t.Width))
	if !r.Right && q.Kind == quiz.Order {
		fmt.Fprintf(w, " The order:\n")
		for i, o := range q.Options {
			printItem(w, t, strconv.Itoa(i+1), o.Text)
		}
	}
	if model {
		fmt.Fprintln(w)
		if err := lessonterm.Render(w, q.Explanation, t.Markdown()); err != nil {
			return internal(fmt.Errorf("showing question %s: %w", q.ID, err))
		}
	}
	if len(q.Sources) > 0 {
		source := lessonterm.Inline(strings.Join(q.Sources, "; "), t.Markdown())
		fmt.Fprintf(w, "\n%s\n", indent(t.Dim("Source")+"    "+source, t.Width))
	}
	if q.Lesson != "" {
		fmt.Fprintf(w, " %s   %s\n", t.Dim("Read on"), t.Command("gokata lesson "+q.Lesson))
	}
	return nil
}

// sentence begins with a capital letter and ends with a full stop.
func sentence(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(s[size:], ".") + "."
}
