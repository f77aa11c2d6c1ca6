package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"

	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/cmd/internal/junit"
	"gokata/cmd/internal/theme"
	"gokata/katas"
)

// checkAll checks every kata of the workspace that was begun, and says in a
// line how each went. Its exit code is that of the worst: an error of ours, a
// fail, inconclusive.
func (a *app) checkAll(ctx context.Context, asJSON bool, out outFile) error {
	j, err := a.journey(noting)
	if err != nil {
		return err
	}
	begun, err := a.begunKatas(j)
	if err != nil {
		return err
	}
	start := a.env.Now()
	var reports []json.RawMessage
	var cases []junit.Case
	count := map[verdict.Outcome]int{}
	for _, k := range begun {
		r, err := a.measure(ctx, k, j.ws.Kata(k.Chapter, k.Spec.Kata))
		if err != nil {
			return err
		}
		a.keep(j, k, r)
		count[r.Verdict.Outcome]++
		cases = append(cases, junitCase(k, r))
		if !asJSON {
			a.printf("%s\n", a.checkedLine(k, r))
			continue
		}
		var b bytes.Buffer
		if err := report.JSON(&b, r); err != nil {
			return err
		}
		reports = append(reports, b.Bytes())
	}
	if asJSON {
		enc := json.NewEncoder(a.stdout)
		enc.SetIndent("", "  ")
		err = enc.Encode(struct {
			Schema int               `json:"schema"`
			Checks []json.RawMessage `json:"checks"`
		}{1, append([]json.RawMessage{}, reports...)})
		if err != nil {
			return err
		}
	} else {
		a.printf("\n %d passed, %d failed, %d inconclusive of %s\n",
			count[verdict.Pass], count[verdict.Fail], count[verdict.Inconclusive], counted(len(begun), "kata"))
	}
	if err := out.write(func(w io.Writer) error { return junit.Write(w, "gokata", start, cases) }); err != nil {
		return err
	}
	for _, o := range []verdict.Outcome{verdict.Error, verdict.Fail, verdict.Inconclusive} {
		if count[o] > 0 {
			return exitOf(o)
		}
	}
	return nil
}

// begunKatas are those with a folder in the workspace, in the order of the course.
func (a *app) begunKatas(j *journey) ([]*katas.Kata, error) {
	if j.ws == nil {
		return nil, usage("gokata next makes it.", "there is no workspace yet")
	}
	all, err := a.katas()
	if err != nil {
		return nil, err
	}
	var begun []*katas.Kata
	for _, ch := range j.course.Chapters {
		for _, slug := range ch.Katas {
			if k := all[slug]; isThere(j.ws.Kata(k.Chapter, slug)) {
				begun = append(begun, k)
			}
		}
	}
	if len(begun) == 0 {
		return nil, usage("gokata next leads to the first one.", "no kata is begun yet")
	}
	return begun, nil
}

// checkedLine says in a line how a check went.
func (a *app) checkedLine(k *katas.Kata, r report.Report) string {
	mark, words := a.mark(r.Verdict.Outcome), string(r.Verdict.Reason)
	if s := r.Verdict.Figures.Speedup; r.Verdict.Outcome == verdict.Pass {
		words = "passed"
		if s != nil {
			words += fmt.Sprintf(", %.2f x", *s)
		}
	}
	line := fmt.Sprintf(" %s %s  %s", mark, theme.Pad(k.Spec.Kata, 18), words)
	return spread(line, a.out.Dim(fmt.Sprintf("%.1f s", r.Elapsed.Seconds())), a.out.Width)
}

// mark is the sign of an outcome.
func (a *app) mark(o verdict.Outcome) string {
	switch o {
	case verdict.Pass:
		return a.out.Good(a.out.Sign("✓", "pass"))
	case verdict.Fail:
		return a.out.Bad(a.out.Sign("✗", "fail"))
	case verdict.Inconclusive:
		return a.out.Unsure(a.out.Sign("?", "inconclusive"))
	}
	return a.out.Bad(a.out.Sign("!", "error"))
}

// junitCase is a report as a build server shows it.
func junitCase(k *katas.Kata, r report.Report) junit.Case {
	v := r.Verdict
	c := junit.Case{Group: k.Chapter, Name: k.Spec.Kata, Took: r.Elapsed, Message: string(v.Reason)}
	c.Text = v.Explanation
	if v.Try != "" {
		c.Text += "\n" + v.Try
	}
	switch v.Outcome {
	case verdict.Pass:
		c.Message, c.Text = "", ""
	case verdict.Fail:
		c.Outcome = junit.Failed
	case verdict.Inconclusive:
		c.Outcome = junit.Skipped
	default:
		c.Outcome = junit.Broken
	}
	return c
}
