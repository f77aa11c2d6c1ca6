package snippet

import (
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"gokata/lessons"
)

// timed is a course of one time question: two goroutines that each compute for
// 40 ms, with these cells, and this text in the place of another.
func timed(t *testing.T, cells, old, change string) (*lessons.Course, fstest.MapFS) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"01-a/chapter.md": "---\ntitle: A\n---\n",
		"01-a/01-b.md":    "---\ntitle: B\nquestion: Q\nminutes: 1\n---\nText.\n",
		"01-a/quiz.md":    "## Q {#two kind=time level=mid topics=x}\n\n| | T | C |\n|---|---|---|\n" + cells + "\n> So.\n> Source: x\n",
		"01-a/testdata/two.go": `package main

import (
	"sync"
	"time"
)

func scenario() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { compute(40 * time.Millisecond) })
	}
	wg.Wait()
}
`,
	} {
		if changed := strings.Replace(text, old, change, 1); changed != "" {
			fsys[name] = &fstest.MapFile{Data: []byte(changed)}
		}
	}
	c, err := lessons.Load(fsys, nil)
	if err != nil {
		t.Fatal(err)
	}
	return c, fsys
}

// No noise makes a run shorter, or lets it use less CPU time than it has to: so
// an answer above that is a mistake on every machine, and one at it or below is
// a mistake on none. (Two goroutines of 40 ms at P=2 take 40 ms of wall time
// with two free CPUs, and up to 80 ms without: only 40 ms is never a mistake.)
func TestAnAnswerIsHeldAgainstTheClocks(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a CPU clock for each thread")
	}
	for _, test := range []struct{ name, cells, want, doubt string }{
		{"right at P=1", "| P=1 | [80 ms] | [80 ms] |\n", "", ""},
		{"CPU time that does not grow with P", "| P=2 | [40 ms] | [40 ms] |\n", "", "P=2 C: the answer says 40ms"},
		{"less CPU time than is used", "| P=2 | [40 ms] | [160 ms] |\n", "P=2 C: the answer says 160ms, and a run took", ""},
		{"longer than it can take", "| P=1 | [30 s] | [80 ms] |\n", "P=1 T: the answer says 30s, and a run took", ""},
		{"shorter than it can take", "| P=1 | [40 ms] | [80 ms] |\n", "", "P=1 T: the answer says 40ms, and the shortest of 20 runs took"},
		{"another column", "| P=1 | [80 ms] | [80 ms] |\n| two | [1 ms] | |\n", `cell "two T": want rows P=1, P=2`, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c, fsys := timed(t, test.cells, "\x00", "")
			doubts, err := Check(t.Context(), c, fsys, t.TempDir(), 1)
			if got := strings.Join(mistakes(t, err), "\n"); test.want == "" && got != "" || !strings.Contains(got, test.want) {
				t.Errorf("mistakes %q, want %q", got, test.want)
			}
			all := ""
			for _, d := range doubts {
				all += d.String() + "\n"
			}
			if !strings.Contains(all, test.doubt) {
				t.Errorf("doubts %q, want %q", all, test.doubt)
			}
		})
	}
}

func TestATimeQuestionHasAProgramThatPrintsNothing(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux has a CPU clock for each thread")
	}
	const cells = "| P=1 | [80 ms] | [80 ms] |\n"
	for _, test := range []struct{ name, old, change, want string }{
		{"no scenario", "func scenario()", "func main()", "content/01-a/testdata/two.go:1: there is no func scenario()"},
		{"another name", "{#two", "{#three", "content/01-a/quiz.md:1: its times are measured by no program: write content/01-a/testdata/three.go"},
		{"it prints", "\t\"time\"\n)\n", "\t\"os\"\n\t\"time\"\n)\n\nfunc init() { os.Stdout.WriteString(\"x\") }\n", `content/01-a/quiz.md:1: question two: its program printed "x`},
		{"it does not compile", "wg.Wait", "wg.Weit", "content/01-a/testdata/two.go:13: does not compile: wg.Weit undefined"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, fsys := timed(t, cells, test.old, test.change)
			_, err := Check(t.Context(), c, fsys, t.TempDir(), 1)
			if got := strings.Join(mistakes(t, err), "\n"); !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
