package checker

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/verdict"
	"gokata/katas"
)

// cheats is where the programs stand that must not pass, in folders by what
// has to stop them: refused (nothing of it is ever run), answers (its answers
// and its end decide, no clock), measured (clocks and traces decide, which may
// also be undecided), open (nothing stops it; CHEATS.md says why).
const cheats = "testdata/cheats"

// folder is what is wanted of a folder that cannot be checked as it is.
const folder = "folder"

// cheat is one of them.
type cheat struct {
	name string // group/folder
	kata string
	want []string // reasons; folder
	make func(t *testing.T, dir string)
}

// TestNoCheatPasses checks each cheat as gokata check does, and holds that it
// does not pass, does not hang, and leaves nothing behind.
func TestNoCheatPasses(t *testing.T) {
	slow(t)
	tool, err := build.Find(t.Context())
	if err != nil {
		skip(t, err.Error())
	}
	t.Setenv("TMPDIR", t.TempDir())
	all := slices.Concat(stored(t), made())
	for _, group := range []string{"measured", "open", "refused", "answers"} {
		var mu sync.Mutex
		undecided := 0
		n := 0
		for _, c := range all {
			if strings.HasPrefix(c.name, group+"/") {
				n++
			}
		}
		t.Run(group, func(t *testing.T) {
			for _, c := range all {
				if path, name, _ := strings.Cut(c.name, "/"); path == group {
					t.Run(name, func(t *testing.T) {
						if group == "refused" || group == "answers" {
							t.Parallel()
						}
						if slices.Equal(c.want, []string{"race"}) && tool.CC == "" {
							skip(t, "no race detector: "+tool.NoCC)
						}
						if c.check(t, group) == verdict.Inconclusive {
							mu.Lock()
							defer mu.Unlock()
							undecided++
						}
					})
				}
			}
		})
		if n == 0 {
			t.Errorf("no cheats in %s/%s", cheats, group)
		}
		t.Logf("%s: %d programs, %d undecided", group, n, undecided)
		nothingRuns(t)
		if left := listing(t, os.TempDir()); len(left) > 0 {
			t.Errorf("%s: on disk: %v", group, slices.Collect(maps.Keys(left)))
		}
	}
}

// check checks one cheat and returns its outcome.
func (c cheat) check(t *testing.T, group string) verdict.Outcome {
	dir := t.TempDir()
	c.make(t, dir)
	before := listing(t, dir)
	defer func() {
		if !maps.Equal(before, listing(t, dir)) {
			t.Error("the folder of the solution has changed")
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Minute) // longer than a build may take
	defer cancel()
	files, err := ReadDir(dir)
	if err != nil {
		if !errors.Is(err, ErrSource) || !slices.Contains(c.want, folder) {
			t.Errorf("cannot be read: %v; want %v", err, c.want)
		}
		return verdict.Fail
	}
	start := time.Now()
	rep, err := Check(ctx, request(t, c.kata, files))
	if err != nil {
		t.Errorf("after %v: %v", time.Since(start).Round(time.Second), err)
		return verdict.Error
	}
	v := rep.Verdict
	say := fmt.Sprintf("%s, %s, after %.1f s and %d rounds: %s", v.Outcome, v.Reason, time.Since(start).Seconds(), len(rep.Evidence.Rounds), v.Explanation)
	switch {
	case v.Outcome == verdict.Error, group == "open" && v.Outcome == verdict.Pass && !slices.Contains(c.want, string(v.Reason)):
		t.Errorf("%s; want %v", say, c.want)
	case group == "open", group == "measured" && v.Outcome == verdict.Inconclusive:
		t.Log(say)
	case group == "answers" && v.Outcome == verdict.Inconclusive && slices.ContainsFunc(rep.Evidence.Cases, starvedRun):
		t.Log(say) // counted above as undecided
	case group == "measured" && v.Outcome == verdict.Fail && disturbed(v):
		t.Log(say) // which of its faults shows first, the neighbours decide
	case v.Outcome != verdict.Fail || !slices.Contains(c.want, string(v.Reason)):
		t.Errorf("%s; want %v\n%+v", say, c.want, v.Witnesses)
	case v.Reason != verdict.Forbidden:
		t.Log(say)
	}
	if group == "refused" && rep.Evidence.Ran > 0 {
		t.Errorf("%d runs of what was to be refused", rep.Evidence.Ran)
	}
	return v.Outcome
}

// starvedRun says that the machine gave a run hardly any CPU time.
func starvedRun(c evidence.CaseRun) bool { return c.Failed == evidence.Starved }

// disturbed says whether the machine was too busy for the wall clock.
func disturbed(v verdict.Verdict) bool {
	return slices.ContainsFunc(v.Witnesses, func(w verdict.Witness) bool {
		return w.Name == "wall" && w.Says == verdict.Unavailable
	})
}

// request is a check of some files, as the solution of a kata of the course.
func request(t *testing.T, slug string, files map[string][]byte) Request {
	t.Helper()
	k, err := katas.Load(slug)
	if err != nil {
		t.Fatal(err)
	}
	r := Request{Spec: k.Spec, Solution: files}
	for v, into := range map[katas.Variant]*map[string][]byte{katas.Hidden: &r.Hidden, katas.Solution: &r.Reference, katas.Starter: &r.Starter} {
		if *into, err = k.Files(v); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// stored reads the cheats that stand in folders. A file NAME.go.txt, which the
// go command or gofmt could not read, is NAME.go in the solution.
func stored(t *testing.T) (all []cheat) {
	t.Helper()
	folders, err := filepath.Glob(cheats + "/*/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no cheats: %v", err)
	}
	for _, dir := range folders {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		c := cheat{name: filepath.ToSlash(strings.TrimPrefix(dir, cheats+"/"))}
		for _, e := range entries {
			src, err := os.ReadFile(filepath.Join(dir, e.Name()))
			if err != nil {
				t.Fatal(err)
			}
			files[strings.TrimSuffix(e.Name(), ".txt")] = src
			c.header(t, e.Name(), src)
		}
		if c.kata == "" || len(c.want) == 0 {
			t.Errorf("%s: no file begins with // kata: and // want:", c.name)
			continue
		}
		c.make = func(t *testing.T, dir string) {
			for name, src := range files {
				put(t, dir, name, src)
			}
		}
		all = append(all, c)
	}
	return all
}

// header reads the comment at the top of a file: lines "// key: value", and a
// sentence on what is tried.
func (c *cheat) header(t *testing.T, file string, src []byte) {
	t.Helper()
	key := regexp.MustCompile(`^// ([a-z]+): (.*)$`)
	says := ""
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if !bytes.HasPrefix(src, []byte("// kata: ")) {
		return // it stands beside the one that says so
	}
	for line := range strings.Lines(string(src)) {
		line = strings.TrimRight(line, "\r\n")
		if !strings.HasPrefix(line, "// ") {
			break
		}
		m := key.FindStringSubmatch(line)
		switch {
		case m == nil:
			says += line
		case m[1] == "kata":
			c.kata = m[2]
		case m[1] == "want":
			c.want = strings.Split(m[2], "|")
		default:
			t.Errorf("%s/%s: a key %q that nobody knows", c.name, file, m[1])
		}
	}
	if says == "" {
		t.Errorf("%s/%s does not say what it tries", c.name, file)
	}
}

func put(t *testing.T, dir, name string, src []byte) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, src, 0o600); err != nil {
		t.Fatal(err)
	}
}

// made lists the cheats that are too large, no files, or named so that tools which
// split at spaces trip over them, and so are made here.
func made() []cheat {
	const honest = "package parallelsum\n\nfunc Sum(xs []float64, kernel func(float64) float64) float64 { return 0 }\n"
	file := func(text string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { put(t, dir, "parallelsum.go", []byte(text)) }
	}
	sum := func(name, want string, make func(t *testing.T, dir string)) cheat {
		return cheat{name: name, kata: "parallel-sum", want: strings.Split(want, "|"), make: make}
	}
	return []cheat{
		sum("refused/symbolic-link", folder, func(t *testing.T, dir string) {
			put(t, dir, "sum.txt", []byte(honest))
			if err := os.Symlink("sum.txt", filepath.Join(dir, "sum.go")); err != nil {
				t.Fatal(err)
			}
		}),
		sum("answers/space-in-name", "wrong-answer", func(t *testing.T, dir string) {
			put(t, dir, "my sum (1).go", []byte(honest))
		}),
		sum("refused/ten-megabytes", folder, file(honest+strings.Repeat("// a comment\n", 10<<20/13))),
		sum("refused/ten-thousand-files", "forbidden", func(t *testing.T, dir string) {
			for i := range 10_000 {
				put(t, dir, "f"+strconv.Itoa(i)+".go", []byte("package parallelsum\n"))
			}
		}),
		sum("refused/nested-brackets", "build", file("package parallelsum\n\nvar x = "+strings.Repeat("(", 500_000)+"1"+strings.Repeat(")", 500_000)+"\n")),
		sum("refused/one-long-sum", "build", file("package parallelsum\n\nvar x = 1"+strings.Repeat("+1", 400_000)+"\n")),
		sum("refused/many-directives", "forbidden", file(honest+strings.Repeat("//go:x\n", 140_000))),
		sum("refused/package-of-its-own", "forbidden", func(t *testing.T, dir string) {
			put(t, dir, "sum.go", []byte("package parallelsum\n\nimport \"check/solution/internal/total\"\n\nvar Sum = total.Sum\n"))
			put(t, dir, "internal/total/total.go", []byte(strings.Replace(honest, "parallelsum", "total", 1)))
		}),
		sum("refused/module-of-its-own", "forbidden", func(t *testing.T, dir string) {
			put(t, dir, "sum.go", []byte("package parallelsum\n\nimport \"example.com/total\"\n\nvar Sum = total.Sum\n"))
			put(t, dir, "go.mod", []byte("module check\n\ngo 1.26\n\nrequire example.com/total v1.0.0\n\nreplace example.com/total => ./vendor/total\n"))
			put(t, dir, "vendor/total/total.go", []byte(strings.Replace(honest, "parallelsum", "total", 1)))
		}),
	}
}

// listing is what stands in a folder, by path: kind, rights, and a digest.
func listing(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		said := info.Mode().String()
		if info.Mode().IsRegular() {
			src, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			said += fmt.Sprintf(" %x", sha256.Sum256(src))
		}
		all[path] = said
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return all
}

// nothingRuns holds that no process is left that this one has started, or that
// names the cache or the temporary folder among its arguments.
func nothingRuns(t *testing.T) {
	t.Helper()
	running := func() []string {
		return append(about(t, os.Getenv("GOKATA_CACHE"), os.TempDir()), children(t)...)
	}
	if !eventually(func() bool { return len(running()) == 0 }) {
		t.Errorf("still running: %v", running())
	}
}

// children lists the processes whose parent is this one.
func children(t *testing.T) (all []string) {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			continue // it has ended meanwhile
		}
		_, rest, _ := strings.Cut(string(b), ") ") // the name may hold anything
		if state := strings.Fields(rest); len(state) > 1 && state[1] == strconv.Itoa(os.Getpid()) {
			all = append(all, string(b))
		}
	}
	return all
}

// TestCheatsAreDocumented holds the table of CHEATS.md against the folders.
func TestCheatsAreDocumented(t *testing.T) {
	text, err := os.ReadFile("CHEATS.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+/[a-z0-9-]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		rows[m[1]]++
	}
	for _, c := range slices.Concat(stored(t), made()) {
		if rows[c.name] != 1 {
			t.Errorf("%s has %d rows in CHEATS.md, want 1", c.name, rows[c.name])
		}
		delete(rows, c.name)
	}
	for name := range rows {
		t.Errorf("CHEATS.md: there is no cheat %s", name)
	}
}

// TestHonestProgramsAreNotRefused holds that no rule against cheats hits the
// references of the katas or the honest programs among the recorded classes.
func TestHonestProgramsAreNotRefused(t *testing.T) {
	accepted := func(name string, r Request) {
		if found, syntax := build.Refuse(r.Spec, r.Solution); len(found) > 0 || syntax {
			t.Errorf("%s: %+v", name, found)
		}
	}
	for _, slug := range katas.Slugs() {
		r := request(t, slug, nil)
		r.Solution = r.Reference
		accepted(slug, r)
	}
	folders, err := filepath.Glob("testdata/classes/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no classes: %v", err)
	}
	for _, dir := range folders {
		files, err := ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		accepted(dir, request(t, "letter-frequency", files))
	}
}
