package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gokata/checker"
	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/cmd/internal/cli"
	"gokata/content"
	"gokata/katas"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestMain makes the test binary stand in for the programs that scripts run:
// gokata itself, and gokata with a checker that measures nothing.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"gokata": main, "gokata-said": said})
}

// said is gokata whose checker believes what the source says of itself.
func said() {
	env := cli.System(cli.Standard())
	env.Checker = believer{}
	os.Exit(cli.Run(context.Background(), env, os.Args[1:]))
}

// believer is a checker for what surrounds a check. A solution with the line
// "// said: fail serial" gets that verdict; "// said: panic" panics.
type believer struct{}

func (believer) Check(ctx context.Context, r checker.Request) (report.Report, error) {
	outcome, reason := "pass", "ok"
	for _, src := range r.Solution {
		_, after, found := strings.Cut(string(src), "// said: ")
		if found {
			line, _, _ := strings.Cut(after, "\n")
			outcome, reason, _ = strings.Cut(strings.TrimSpace(line), " ")
		}
	}
	r.Progress(checker.Progress{Stage: checker.Building, Note: "for the first time"})
	switch outcome {
	case "panic":
		panic("the checker is broken")
	case "wait":
		<-ctx.Done()
		return report.Report{}, ctx.Err()
	case "break":
		return report.Report{}, fmt.Errorf("the disk is on fire")
	}
	speedup := 1.5
	return report.Report{
		Evidence: evidence.Evidence{Spec: r.Spec, Machine: evidence.Machine{CPUs: 2, P: 2}},
		Verdict: verdict.Verdict{
			Outcome: verdict.Outcome(outcome), Reason: verdict.Reason(reason),
			Explanation: "It was said so.", Figures: verdict.Figures{Speedup: &speedup},
		},
		Elapsed: time.Second,
	}, nil
}

// Trace shows a run that was made up: two goroutines side by side for 10 ms, one
// of which waits for 2 ms at line 3. A solution that says of itself to fail has
// no trace.
func (b believer) Trace(ctx context.Context, r checker.Request) (report.Tracing, error) {
	checked, err := b.Check(ctx, r)
	t := report.Tracing{Report: checked}
	if err != nil || checked.Verdict.Outcome != verdict.Pass {
		return t, err
	}
	const ms = 1_000_000
	at := evidence.Position{File: r.Spec.Package + ".go", Line: 3}
	t.Trace = evidence.Trace{
		Role: evidence.You, Procs: 2, Work: 18 * ms, Span: 9 * ms, Busy: 10 * ms, Wall: 10 * ms, Goroutines: 2, Valid: true,
		Waits: map[string]int64{"lock": 2 * ms}, Blocked: []evidence.Block{{Reason: "sync", At: at, Total: 2 * ms, Count: 1}},
		Histogram: []int64{0, 2 * ms, 8 * ms}, Handovers: 1,
		Path: []evidence.Step{
			{Func: "main", How: "start", Ran: 1 * ms},
			{Func: r.Spec.Package + ".work", How: "go", At: at, Ran: 8 * ms},
		},
	}
	t.Timeline = evidence.Timeline{Procs: 2, Wall: 10 * ms, Slices: []evidence.Slice{
		{Proc: 0, From: 0, To: 10 * ms, What: evidence.Yours, Goroutine: 7, Func: r.Spec.Package + ".work"},
		{Proc: 1, From: 0, To: 8 * ms, What: evidence.Yours, Goroutine: 8, Func: r.Spec.Package + ".work"},
	}}
	t.Predicted = map[int]verdict.Bounds{2: {Low: 1.7, High: 2}, 16: {Low: 1.9, High: 2}}
	return t, nil
}

func (believer) Machine(context.Context) (evidence.Machine, string, error) {
	load := 0.1
	return evidence.Machine{
		OS: "linux", Arch: "amd64", Go: "go1.26.0", CPUs: 2, P: 2, Load: &load,
		CPUClock: "clock_gettime(process)", WaitClock: true, RaceDetector: true,
	}, "", nil
}

func (believer) Warm(context.Context, checker.Request) error { return nil }

// Calibrate finds a quiet machine.
func (believer) Calibrate(_ context.Context, r checker.Request) (evidence.Calibration, error) {
	busy, inflation, noise, low, high := 1.95, 1.01, 0.02, 1.82, 1.9
	return evidence.Calibration{
		Kata: r.Spec.Kata, P: 2, Rounds: 12, Elapsed: time.Second, Busy: &busy, Inflation: &inflation, Noise: &noise,
		Speedup: &evidence.Estimate{Median: 1.86, Low: &low, High: &high},
	}, nil
}

func TestScripts(t *testing.T) {
	cache, err := exec.Command("go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatalf("go env GOCACHE: %v", err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			home := env.WorkDir + "/home"
			env.Setenv("HOME", home)
			env.Setenv("USERPROFILE", home)
			env.Setenv("GOCACHE", strings.TrimSpace(string(cache))) // shared: a cold one costs minutes
			env.Setenv("XDG_CACHE_HOME", env.WorkDir+"/cache")
			env.Setenv("LOCALAPPDATA", env.WorkDir+"/cache")
			env.Setenv("TERM", "xterm")
			bin, _, _ := strings.Cut(env.Getenv("PATH"), string(filepath.ListSeparator))
			env.Setenv("BIN", bin) // holds gokata and no go command
			env.Setenv("NO_COLOR", "1")
			env.Values[hosting{}] = &hosting{}
			return os.MkdirAll(home, 0o755)
		},
		Condition: func(cond string) (bool, error) {
			if cond == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("no condition is called %q", cond)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":      exitStatus,
			"answers":     writeAnswers,
			"big":         writeBig,
			"binary":      writeBinary,
			"append":      appendText,
			"join":        appendFile,
			"mockanswers": mockAnswers,
			"walk":        walk,
			"workshop":    hostInScript,
			"act":         actInScript,
			"recorded":    recorded,
			"exported":    exported,
			"until":       until,
		},
	})
}

// exitStatus runs a program and requires an exit code, or one of several where
// the machine decides: status 2 gokata list x, status 0|3 gokata check.
// What it printed is compared with stdout and stderr as after exec.
func exitStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status CODE program [args...]")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		exit, ok := err.(*exec.ExitError)
		if !ok {
			ts.Fatalf("%s: %v", args[1], err)
		}
		code = fmt.Sprint(exit.ExitCode())
	}
	if !slices.Contains(strings.Split(args[0], "|"), code) {
		ts.Fatalf("exit code %s, want %s\nstdout: %s\nstderr: %s", code, args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

// writeAnswers writes the right answers of a lesson's or a chapter's questions:
// answers ID FILE. Items to put in order are given as they stand.
func writeAnswers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: answers LESSON|CHAPTER FILE")
	}
	questions, err := questionsOf(args[0])
	ts.Check(err)
	writeJSON(ts, args[1], rightAnswers(questions))
}

func writeJSON(ts *testscript.TestScript, file string, v any) {
	text, err := json.MarshalIndent(v, "", "  ")
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(file), text, 0o644))
}

func rightAnswers(questions []*quiz.Question) map[string]any {
	answers := map[string]any{}
	for _, q := range questions {
		model := q.Model()
		chosen := []int{}
		for _, c := range model.Choices {
			chosen = append(chosen, c+1)
		}
		switch q.Kind {
		case quiz.Time, quiz.Fill:
			answers[q.ID] = model.Texts
		case quiz.Explain:
			for i := range q.Rubric {
				chosen = append(chosen, i+1)
			}
			answers[q.ID] = chosen
		case quiz.Order:
			chosen = nil
			for i := range q.Options {
				chosen = append(chosen, i+1)
			}
			answers[q.ID] = chosen
		default:
			answers[q.ID] = chosen
		}
	}
	return answers
}

// mockAnswers writes answers to the questions of the latest mock interview:
// mockanswers right|wrong FILE. Of the wrong ones all are wrong.
func mockAnswers(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mockanswers right|wrong FILE")
	}
	log := ts.ReadFile("home/gokata/.gokata/progress.jsonl")
	var event struct{ Questions []string }
	begun := log[strings.LastIndex(log, `"kind":"interview-begun"`):]
	line := log[strings.LastIndex(log[:len(log)-len(begun)], "\n")+1:]
	line, _, _ = strings.Cut(line, "\n")
	ts.Check(json.Unmarshal([]byte(line), &event))
	course, err := course()
	ts.Check(err)
	var asked []*quiz.Question
	for _, ch := range course.Chapters {
		all, err := ch.Questions()
		ts.Check(err)
		asked = append(asked, slices.DeleteFunc(slices.Clone(all), func(q *quiz.Question) bool { return !slices.Contains(event.Questions, q.ID) })...)
	}
	answers := rightAnswers(asked)
	for _, q := range asked {
		if args[0] == "right" {
			break
		}
		switch q.Kind {
		case quiz.Time:
			answers[q.ID] = slices.Repeat([]string{"9 h"}, len(q.Blanks))
		case quiz.Fill:
			answers[q.ID] = slices.Repeat([]string{"x"}, len(q.Blanks))
		case quiz.Explain:
			answers[q.ID] = []int{}
		case quiz.One:
			answers[q.ID] = 1 + slices.IndexFunc(q.Options, func(o quiz.Option) bool { return !o.Correct })
		case quiz.Many, quiz.Output:
			answers[q.ID] = []int{}
		case quiz.Order: // the order in which they are shown is never the right one
		}
	}
	writeJSON(ts, args[1], answers)
}

// appendFile appends a file to another: join FILE MORE.
func appendFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: join FILE MORE")
	}
	appendText(ts, false, []string{args[0], ts.ReadFile(args[1])})
}

// walk goes through the course, however long it is, and passes no kata: it
// answers all questions right, has all solutions shown, and reads all lessons.
func walk(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 0 {
		ts.Fatalf("usage: walk")
	}
	course, err := course()
	ts.Check(err)
	steps, err := course.Steps()
	ts.Check(err)
	answered := map[string]bool{}
	for _, s := range steps {
		switch s.Kind {
		case lessons.StepLesson:
			ts.Check(ts.Exec("gokata", "next", "--done"))
		case lessons.StepKata:
			ts.Check(ts.Exec("gokata", "solution", s.ID, "--yes"))
		default: // a quiz is of a whole chapter
			if !answered[s.Chapter] {
				writeAnswers(ts, false, []string{s.Chapter, "answers.json"})
				ts.Check(ts.Exec("gokata", "quiz", s.Chapter, "--answers", "answers.json"))
			}
			answered[s.Chapter] = true
		}
	}
}

// questionsOf lists the questions of a lesson or of a chapter.
func questionsOf(id string) ([]*quiz.Question, error) {
	course, err := course()
	if err != nil {
		return nil, err
	}
	if ch := course.Chapter(id); ch != nil {
		return ch.Questions()
	}
	l := course.Lesson(id)
	if l == nil {
		return nil, fmt.Errorf("no lesson or chapter is called %q", id)
	}
	all, err := course.Chapter(l.Chapter).Questions()
	return slices.DeleteFunc(slices.Clone(all), func(q *quiz.Question) bool { return q.Lesson != id }), err
}

// course is the course that gokata carries.
func course() (*lessons.Course, error) {
	var refs []lessons.KataRef
	for _, slug := range katas.Slugs() {
		k, err := katas.Load(slug)
		if err != nil {
			return nil, err
		}
		refs = append(refs, lessons.KataRef{Slug: slug, Chapter: k.Chapter, Lesson: k.Lesson, File: slug})
	}
	return lessons.Load(content.FS, refs)
}

// writeBig writes a file of spaces: big MEGABYTES FILE.
func writeBig(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: big MEGABYTES FILE")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	file := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.WriteFile(file, bytes.Repeat([]byte{' '}, n<<20), 0o644))
}

// writeBinary writes bytes that are no text: binary FILE.
func writeBinary(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: binary FILE")
	}
	file := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(file), 0o755))
	ts.Check(os.WriteFile(file, []byte("package x\x00\xff\xfe"), 0o644))
}

// appendText appends text without a newline: append FILE TEXT.
func appendText(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE TEXT")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = f.WriteString(args[1])
	ts.Check(err)
	ts.Check(f.Close())
}
