package cli

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gokata/checker"
	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/checker/verdict"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// scripted is a checker that does what a test says.
type scripted func() (report.Report, error)

func (s scripted) Check(context.Context, checker.Request) (report.Report, error) { return s() }

func (s scripted) Trace(context.Context, checker.Request) (report.Tracing, error) {
	r, err := s()
	return report.Tracing{Report: r}, err
}

func (scripted) Machine(context.Context) (evidence.Machine, string, error) {
	return evidence.Machine{}, "", nil
}

func (scripted) Warm(context.Context, checker.Request) error { return nil }

// world is an environment without terminal, with a home folder of its own.
func world(t testing.TB, c Checker) (env Env, out, errs *bytes.Buffer) {
	t.Helper()
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	home := t.TempDir()
	return Env{
		Streams: Streams{In: strings.NewReader(""), Out: out, Err: errs},
		Getenv:  func(string) string { return "" },
		Dir:     home, Home: home, Now: time.Now, Checker: c,
	}, out, errs
}

const reference = "../../../katas/parallel-sum/testdata/solution"

func TestTheExitCodeIsTheVerdict(t *testing.T) {
	for outcome, want := range map[verdict.Outcome]int{
		verdict.Pass: 0, verdict.Fail: 1, verdict.Inconclusive: 3, verdict.Error: 4,
	} {
		env, _, errs := world(t, scripted(func() (report.Report, error) {
			return report.Report{Verdict: verdict.Verdict{Outcome: outcome}}, nil
		}))
		env.Dir = "."
		if got := Run(context.Background(), env, []string{"check", "parallel-sum", "--dir", reference}); got != want {
			t.Errorf("%s: exit code %d, want %d; %s", outcome, got, want, errs)
		}
	}
}

func TestAPanicIsOneLineAndExitCode4(t *testing.T) {
	env, out, errs := world(t, scripted(func() (report.Report, error) { panic("broken") }))
	env.Dir = "."
	if got := Run(context.Background(), env, []string{"check", "parallel-sum", "--dir", reference}); got != ExitInternal {
		t.Errorf("exit code %d, want %d", got, ExitInternal)
	}
	if strings.Count(errs.String(), "\n") != 1 || !strings.HasPrefix(errs.String(), "gokata: unexpected state: broken.") {
		t.Errorf("stderr: %q", errs)
	}
	if out.Len() > 0 {
		t.Errorf("stdout: %q", out)
	}
}

func TestACancelledCheckIsNoMistakeOfOurs(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	env, _, errs := world(t, scripted(func() (report.Report, error) {
		cancel()
		return report.Report{}, errors.New("killed: signal")
	}))
	env.Dir = "."
	got := Run(ctx, env, []string{"check", "parallel-sum", "--dir", reference})
	if got != ExitUsage || errs.String() != "gokata: interrupted; nothing lost\n" {
		t.Errorf("exit code %d, stderr %q", got, errs)
	}
}

func TestAFullDiskUnderTheCheckerIsNoMistakeOfOurs(t *testing.T) {
	for _, err := range []error{syscall.ENOSPC, syscall.EROFS, syscall.EACCES, errors.New("failed to build: write x: no space left on device")} {
		if code, line := explain(checkError(err)); code != ExitUsage || !strings.Contains(line, "TMPDIR") {
			t.Errorf("%v: exit code %d, %s", err, code, line)
		}
	}
}

// full is a writer on a full disk.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestOutputThatCannotBeWrittenIsAnError(t *testing.T) {
	env, _, errs := world(t, nil)
	env.Out = full{}
	if got := Run(context.Background(), env, []string{"list"}); got != ExitUsage {
		t.Errorf("exit code %d, want %d", got, ExitUsage)
	}
	if !strings.Contains(errs.String(), "failed to write to standard output: no space left on device") {
		t.Errorf("stderr: %q", errs)
	}
}

func TestEveryCommandSaysWhatItDoes(t *testing.T) {
	env, out, _ := world(t, nil)
	for _, cmd := range newApp(env, nil).commands() {
		if cmd.Short == "" || cmd.Long == "" {
			t.Errorf("%s: no description", cmd.Name())
		}
		out.Reset()
		if got := Run(context.Background(), env, []string{cmd.Name(), "--help"}); got != 0 || !strings.Contains(out.String(), "Usage") {
			t.Errorf("%s --help: exit code %d\n%s", cmd.Name(), got, out)
		}
		for line := range strings.Lines(out.String()) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > 80 {
				t.Errorf("%s --help: %d columns: %s", cmd.Name(), n, line)
			}
		}
	}
}

func BenchmarkNextWithoutATerminal(b *testing.B) {
	env, _, errs := world(b, nil)
	env.Out = io.Discard
	for b.Loop() {
		if code := Run(context.Background(), env, []string{"next"}); code != 0 {
			b.Fatal(errs)
		}
	}
}

func BenchmarkList(b *testing.B) {
	env, _, errs := world(b, nil)
	env.Out = io.Discard
	for b.Loop() {
		if code := Run(context.Background(), env, []string{"list", "--json"}); code != 0 {
			b.Fatal(errs)
		}
	}
}
