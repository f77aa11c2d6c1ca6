package lint

import (
	"errors"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"gokata/cmd/internal/lint/overlay"
)

// root is the source tree.
var root = os.DirFS("../../..")

func TestTheCourseHasNoMistake(t *testing.T) {
	tree := &Tree{Root: root, Goroot: goroot(t)}
	found, err := Run(tree)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		t.Error(p)
	}
	if testing.Short() {
		t.Log("starters are not built: -short")
		return
	}
	found, err = Starters(t.Context(), t.TempDir(), tree.Katas())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range found {
		t.Error(p)
	}
}

// goroot is the source of the toolchain that runs this test.
func goroot(t *testing.T) fs.FS {
	t.Helper()
	dir := runtime.GOROOT() //nolint:staticcheck // the tests run where they are built
	fsys := os.DirFS(dir)
	if _, err := fs.Stat(fsys, "src/runtime/proc.go"); err != nil {
		t.Fatalf("no source of Go in %q: %v", dir, err)
	}
	return fsys
}

const (
	lessonFile = "content/01-two-words/01-structure-and-execution.md"
	quizFile   = "content/01-two-words/quiz.md"
	kataFile   = "katas/letter-frequency/kata.md"
)

func TestMistakesAreNamedWithFileLineAndCure(t *testing.T) {
	for _, c := range []struct{ name, file, old, change, want string }{
		{"front matter", lessonFile, "minutes:", "minuets:", lessonFile + ":4: "},
		{"a kata that is not there", lessonFile, "katas: [", "katas: [no-such-kata, ", "no-such-kata"},
		{"an id twice", quizFile, "{#seed ", "{#wall-and-cpu-time ", `id "wall-and-cpu-time" is taken by content/01-two-words/02-wall-and-cpu-time.md`},
		{"too long", lessonFile, "\n## ", "\n" + strings.Repeat("word ", 1500) + "\n\n## ", "words: a lesson has 600 to 1500"},
		{"a source that Go lacks", quizFile, "`src/runtime/preempt.go`", "`src/runtime/no-such.go`", "the source of Go has no src/runtime/no-such.go"},
		{"a function that Go lacks", quizFile, "`func goschedImpl`", "`func goschedImplicit`", "src/runtime/proc.go has no func goschedImplicit"},
		{"no source", quizFile, "> Source: `src/sync/waitgroup.go`, `func (*WaitGroup) Go`\n> Source: `src/runtime/netpoll.go`, `func netpollblock`\n", "", quizFile + ":61: the source is missing"},
		{"a kata in words that is not there", kataFile, "## Hint 1", "See kata `letter-frequenzy`.\n## Hint 1", "there is no kata `letter-frequenzy`"},
		{"a lesson in words that is not there", kataFile, "## Hint 1", "See lesson `no-lesson`.\n## Hint 1", "there is no lesson `no-lesson`"},
		{"a relative link", kataFile, "## Hint 1", "See [this](../x.md).\n## Hint 1", `link to "../x.md"`},
		{"no hint", kataFile, "## Hint 3", "## Hint 4", `section "Hint 4"`},
		{"a wrong solution without a folder", kataFile, "  spinner: spinning\n", "  spinner: spinning\n  missing: serial\n", "katas/letter-frequency/testdata/wrong/missing/letterfrequency.go:1: the file is missing"},
		{"a folder that nobody names", kataFile, "  spinner: spinning\n", "", "katas/letter-frequency/testdata/wrong/spinner/letterfrequency.go:1: a stray file"},
		{"a stale claim", lessonFile, "\n## ", "\n\nGoroutines are scheduled cooperatively, all of them.\n\n## ", "stale (misconception 1)"},
		{"a stale call", lessonFile, "\n## ", "\n```go\nruntime.GOMAXPROCS(runtime.NumCPU())\n```\n\n## ", "stale (misconception 8)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src, err := fs.ReadFile(root, c.file)
			if err != nil {
				t.Fatal(err)
			}
			changed := strings.Replace(string(src), c.old, c.change, 1)
			if changed == string(src) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			found, err := Run(&Tree{Root: overlay.FS{Base: root, Over: fstest.MapFS{c.file: {Data: []byte(changed)}}}, Goroot: goroot(t)})
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, p := range found {
				all = append(all, p.Error())
			}
			if got := strings.Join(all, "\n"); !strings.Contains(got, c.want) {
				t.Errorf("got:\n%s\nwant %q", got, c.want)
			}
		})
	}
}

func TestADraftMayBeShort(t *testing.T) {
	src, err := fs.ReadFile(root, lessonFile)
	if err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(strings.TrimPrefix(string(src), "---\n"), "---\n")
	for draft, short := range map[string]bool{"": true, "draft: true\n": false, "draft: false\n": true} {
		page := "---\n" + head + draft + "---\nTwo words.\n"
		found, err := Run(&Tree{Root: overlay.FS{Base: root, Over: fstest.MapFS{lessonFile: {Data: []byte(page)}}}})
		if err != nil {
			t.Fatal(err)
		}
		said := false
		for _, p := range found {
			said = said || strings.Contains(p.Error(), "2 words: a lesson has 600 to 1500")
		}
		if said != short {
			t.Errorf("%q: said %v: %v", draft, said, found)
		}
	}
}

func TestWhatIsNoTreeIsAnError(t *testing.T) {
	if _, err := Run(&Tree{Root: os.DirFS(t.TempDir())}); !errors.Is(err, ErrNoTree) {
		t.Errorf("%v", err)
	}
}

// Each claim is told from what holds: said, it is found; quoted or denied, not.
func TestClaimsAreFoundWhereTheyAreMade(t *testing.T) {
	for number, text := range map[int]string{
		1:  "The Go scheduler is simple: the model is cooperative.",
		4:  "With four Ps, four goroutines run on four cores.",
		5:  "GOMAXPROCS sets the number of threads.",
		6:  "The default of GOMAXPROCS is runtime.NumCPU().",
		7:  "With a quota of 0.5, GOMAXPROCS is 1.",
		11: "A system call yields the P immediately.",
		12: "Every blocking I/O operation holds a thread.",
		13: "A P is a CPU core.",
		14: "An idle P steals work from the tail.",
		15: "The global queue is checked last.",
		17: "GOMAXPROCS=1 prevents data races.",
		18: "The stack is always 2 KB.",
		19: "The number of threads is unlimited.",
		20: "The closures share the same loop variable.",
		21: "In a loop, time.After leaks.",
		22: "Timer channels have a capacity of 1.",
		24: "The package synctest is experimental.",
		27: "The race detector proves that there are none.",
		28: "A Mutex is FIFO.",
		29: "Recursive RLock is fine.",
		30: "You can recover from a concurrent map write.",
		31: "The runtime detects all deadlocks.",
		32: "When two are ready, select prefers the first.",
		36: "iter.Pull runs the generator in parallel.",
	} {
		hits := func(body string) int {
			name := "katas/overlap-waits/kata.md"
			src, err := fs.ReadFile(root, name)
			if err != nil {
				t.Fatal(err)
			}
			tree := &Tree{Root: overlay.FS{Base: root, Over: fstest.MapFS{
				name: {Data: []byte(strings.Replace(string(src), "## Hint 1\n", "## Hint 1\n"+body+"\n\n", 1))},
			}}}
			found, err := Run(tree)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, p := range found {
				if p.File == name && strings.Contains(p.Msg, "stale (misconception ") {
					n++
				}
			}
			return n
		}
		if hits(text) == 0 {
			t.Errorf("misconception %d is not found: %s", number, text)
		}
		for _, harmless := range []string{`People say: "` + text + `" It is not so.`, "> [!MYTH]\n> " + text, "It is wrong that " + text} {
			if hits(harmless) > 0 {
				t.Errorf("misconception %d is found where nobody makes it: %s", number, harmless)
			}
		}
		found := false
		for _, c := range claims {
			found = found || c.number == number
		}
		if !found {
			t.Errorf("no claim has the number %d", number)
		}
	}
}
