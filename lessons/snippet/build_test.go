package snippet

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gokata/lessons"
	"gokata/lessons/quiz"
)

func run(name, body string) Program {
	src, header := quiz.Complete("func main() {\n" + body + "\n}\n")
	return Program{Name: name, File: "a.md", Line: 10, Source: src, Header: header, Runs: true}
}

func wrap(name, src string) Program {
	p := Wrap(src)
	p.Name, p.File, p.Line = name, "a.md", 20
	return p
}

func TestProgramsPrintAndFragmentsCompile(t *testing.T) {
	built, err := Build(t.Context(), t.TempDir(), []Program{
		run("hello", `fmt.Println("hello", runtime.GOMAXPROCS(0))`),
		run("panics", `fmt.Print("before"); var m map[int]int; m[1] = 2`),
		run("deadlock", `var c chan int; <-c`),
		run("exits", `fmt.Println("x"); os.Exit(3)`),
		run("sets", `runtime.GOMAXPROCS( 3); fmt.Print(runtime.GOMAXPROCS(0))`),
		run("asks", `fmt.Print(runtime.GOMAXPROCS(0))`),
		wrap("declarations", "type T struct{ mu sync.Mutex }\n\nfunc main() {}"),
		wrap("statements", "x := time.Now()\nvar y int"),
		wrap("whole", "package other\n\nimport \"fmt\"\n\nfunc F() { fmt.Print() }"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name  string
		procs int
		want  string
	}{
		{"hello", 1, "hello 1\n"},
		{"hello", 4, "hello 4\n"},
		{"panics", 0, "before\npanic: assignment to entry in nil map\n"},
		{"deadlock", 0, "fatal error: all goroutines are asleep - deadlock!\n"},
		{"exits", 0, "x\nexit status 3\n"},
	} {
		if got, err := built.Run(t.Context(), test.name, test.procs); got != test.want || err != nil {
			t.Errorf("%s prints %q, %v; want %q", test.name, got, err, test.want)
		}
	}
	for name, want := range map[string]map[string]int{
		"sets": {"3": 6},
		"asks": {"1": 2, "2": 2, "4": 2},
	} {
		got, err := built.Observe(t.Context(), name, 6)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v, %s", name, err, diff)
		}
	}
	if _, err := built.Run(t.Context(), "statements", 0); err == nil {
		t.Error("a fragment runs")
	}
}

func TestEveryLineThatDoesNotCompileIsReported(t *testing.T) {
	_, err := Build(t.Context(), t.TempDir(), []Program{
		run("program", "x := 1\nfmt.Nothing()"),
		wrap("statements", "unused := 1\nmissing()"),
		wrap("declarations", "func f() int {\n}\n"),
		wrap("no Go", "this is no Go"),
	})
	got := strings.Join(mistakes(t, err), "\n")
	for _, want := range []string{
		"a.md:11: does not compile: declared and not used: x",
		"a.md:12: does not compile: undefined: fmt.Nothing",
		"a.md:21: does not compile: undefined: missing (a fragment that can not compile says compile=no why=\"...\")",
		"a.md:21: does not compile: missing return",
		"a.md:20: does not compile: syntax error",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not reported, only:\n%s", want, got)
		}
	}
	if strings.Contains(got, "unused") {
		t.Errorf("an unused variable of a statement is reported:\n%s", got)
	}
}

func TestJudgeWantsExactlyThePossibleOutputs(t *testing.T) {
	q := &quiz.Question{File: "q.md", Line: 1, Explanation: []byte("So.\n"), Options: []quiz.Option{
		{Text: "`1 2`", Correct: true, Line: 2},
		{Text: "`2 1`", Line: 3},
		{Text: "nothing, or `x`", Line: 4},
		{Text: "`panic: send on closed channel`", Correct: true, Line: 5},
	}}
	const boom = "panic: send on closed channel"
	tests := []struct {
		name    string
		seen    map[string]int
		argued  bool
		want    []string
		missing bool
	}{
		{"exactly", map[string]int{"1 2": 3, boom: 1}, false, nil, false},
		{"one is missing", map[string]int{"1 2": 4}, false, []string{`q.md:5: not printed in 4 runs: unmark it, or argue in the explanation, on a line that begins "Not seen in a test, yet possible:"`}, true},
		{"one is missing, with reason", map[string]int{"1 2": 4}, true, nil, true},
		{"unmarked", map[string]int{"1 2": 3, boom: 1, "2 1": 2}, false, []string{"q.md:3: printed in 2 of 6 runs: mark it [x]"}, false},
		{"unmarked, whatever is argued", map[string]int{"1 2": 3, boom: 1, "2 1": 2}, true, []string{"q.md:3: printed in 2 of 6 runs: mark it [x]"}, false},
		{"no option", map[string]int{"1 2": 3, boom: 1, "3": 1}, false, []string{`q.md:1: printed "3" in 1 of 5 runs, which is no option: add it`}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			asked := *q
			if test.argued {
				asked.Explanation = []byte("So.\n\nNot seen in a test, yet possible: it is rare.\n")
			}
			var got []string
			for _, err := range Judge(&asked, test.seen) {
				got = append(got, mistakes(t, err)...)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if missing(&asked, test.seen) != test.missing {
				t.Errorf("missing is %v", !test.missing)
			}
		})
	}
}

// course is one chapter whose lesson and question tell the truth, but for what
// change replaces.
func course(t *testing.T, old, change string) (*lessons.Course, fstest.MapFS) {
	t.Helper()
	texts := map[string]string{
		"01-a/chapter.md": "---\ntitle: A\n---\n",
		"01-a/01-b.md": "---\ntitle: B\nquestion: Q\nminutes: 1\n---\n" +
			fence("go run=four.go show=main", "func main() {\n\t…\n}") + fence("output of=four.go", "four 5 ms"),
		"01-a/testdata/four.go": "package main\n\nfunc main() {\n\tos.Stdout.WriteString(\"four 4 ms\\n\")\n}\n",
		"01-a/quiz.md": "## Q {#q kind=output level=mid topics=x}\n" + fence("go run", "func main() {\n\tfmt.Print(rand.IntN(3))\n}") +
			"- [x] 0\n- [x] 1\n- [x] 2\n- [ ] 3\n\n> So.\n> Source: x\n",
	}
	texts["01-a/testdata/four.go"] = strings.Replace(texts["01-a/testdata/four.go"], "package main\n", "package main\n\nimport \"os\"\n", 1)
	fsys := fstest.MapFS{}
	for name, text := range texts {
		fsys[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, old, change, 1))}
	}
	c, err := lessons.Load(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, fsys
}

func TestCheckFindsUntruthsAnywhereInACourse(t *testing.T) {
	tests := []struct{ name, old, change, want string }{
		{"none", "\x00", "", ""},
		{"output of another shape", "four 5 ms", "five 5 ms", `12: the page shows "five 5 ms", but the program prints:` + "\nfour 4 ms\n"},
		{"an option that is no output", "- [ ] 3", "- [x] 3", "content/01-a/quiz.md:10: not printed in 120 runs: unmark it, or argue in the explanation"},
		{"an output that is no option", "rand.IntN(3)", "4", `content/01-a/quiz.md:1: printed "4"`},
		{"a program that does not compile", "fmt.Print", "fmt.Prin", "content/01-a/quiz.md:4: does not compile: undefined: fmt.Prin"},
		{"a program that nobody shows", "run=four.go", "run=five.go", "content/01-a/testdata/four.go:1: no lesson of the chapter shows this file"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, fsys := course(t, test.old, test.change)
			_, err := Check(t.Context(), c, fsys, t.TempDir(), 12)
			got := strings.Join(mistakes(t, err), "\n")
			if test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
