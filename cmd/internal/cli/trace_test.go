package cli

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/checker/verdict"
)

func TestAPageIsWrittenWholeOrNotAtAll(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "page.html")
	h := outFile{flag: "--html", name: "page.html", path: path}
	fill := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			io.WriteString(w, text)
			return err
		}
	}
	if err := h.write(fill("first", nil)); err != nil {
		t.Fatal(err)
	}
	err := h.write(fill(strings.Repeat("torn", 10_000), syscall.ENOSPC))
	if code, line := explain(err); code != ExitUsage || !strings.HasPrefix(line, "gokata: failed to write page.html: no space left on device. ") {
		t.Errorf("exit code %d, %s", code, line)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "first" {
		t.Errorf("after a write that failed: %.20q, %v", got, err)
	}
	if err := h.write(fill("second", nil)); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "second" {
		t.Errorf("%.20q, %v", got, err)
	}
	if all, err := os.ReadDir(dir); err != nil || len(all) != 1 {
		t.Errorf("left in the folder: %v, %v", all, err)
	}
	gone := outFile{flag: "--html", name: "x/page.html", path: filepath.Join(dir, "x", "page.html")}
	if _, line := explain(gone.write(fill("", nil))); strings.Contains(line, ".gokata-") || !strings.Contains(line, "x/page.html") {
		t.Errorf("a folder that went away: %s", line)
	}
	if err := (outFile{}).write(func(io.Writer) error { return errors.New("called") }); err != nil {
		t.Errorf("without the flag: %v", err)
	}
}

func TestNothingIsMeasuredForAPageThatCannotBe(t *testing.T) {
	for _, command := range []string{"check", "trace"} {
		for _, file := range []string{"", "-", ".", filepath.Join("no", "such", "folder.html")} {
			env, out, errs := world(t, scripted(func() (report.Report, error) {
				t.Errorf("%s --html %q was measured", command, file)
				return report.Report{}, nil
			}))
			env.Dir = "."
			got := Run(context.Background(), env, []string{command, "parallel-sum", "--dir", reference, "--html", file})
			if got != ExitUsage || out.Len() > 0 || strings.Count(errs.String(), "\n") != 1 {
				t.Errorf("%s --html %q: exit code %d, stdout %q, stderr %q", command, file, got, out, errs)
			}
		}
	}
}

func TestTheExitCodeOfATraceSaysWhetherThereIsOne(t *testing.T) {
	seen := evidence.Trace{Work: 1, Span: 1}
	for _, test := range []struct {
		trace   evidence.Trace
		outcome verdict.Outcome
		want    int
	}{
		{seen, verdict.Fail, 0}, // of a few rounds: it is not asked
		{seen, verdict.Inconclusive, 0},
		{evidence.Trace{}, verdict.Fail, ExitFailed},
		{evidence.Trace{}, verdict.Error, ExitInternal},
		{evidence.Trace{}, verdict.Inconclusive, ExitInconclusive},
		{evidence.Trace{Work: 1, Truncated: true}, verdict.Inconclusive, ExitInconclusive},
	} {
		tracing := report.Tracing{Trace: test.trace}
		tracing.Verdict.Outcome = test.outcome
		if got, _ := explain(exitOfTrace(tracing)); got != test.want {
			t.Errorf("%+v, %s: exit code %d, want %d", test.trace, test.outcome, got, test.want)
		}
	}
}
