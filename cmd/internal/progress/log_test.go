package progress

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

// writer, in the environment, makes the test binary append events to a log
// instead of running tests.
const writer = "GOKATA_TEST_PROGRESS_WRITER"

func TestMain(m *testing.M) {
	if who := os.Getenv(writer); who != "" {
		log := Open(os.Args[1])
		for i := range 1000 {
			if err := log.Append(ShowedHint(who, i+1)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func at(second int) time.Time {
	return time.Date(2026, 3, 1, 12, 0, second, 0, time.UTC)
}

// oneOfEach holds an event of every kind.
func oneOfEach() []Event {
	speedup := 1.83
	events := []Event{
		ReadLesson("structure-and-execution"),
		AnsweredQuestion("two-words-1", false, 0.5, 0),
		StartedKata("parallel-sum"),
		CheckedKata("parallel-sum", "pass", "ok", &speedup, 1400*time.Millisecond),
		CheckedKata("parallel-sum", "fail", "serial", nil, time.Second),
		ShowedHint("parallel-sum", 2),
		ShowedSolution("parallel-sum"),
		ResetKata("parallel-sum"),
		BeganInterview("mock-1", 30, "mid", "", []string{"seed", "map-writes"}, "parallel-sum"),
		EndedInterview("mock-1", 20*time.Minute),
	}
	for i := range events {
		events[i].ID = fmt.Sprintf("%016x", i+1)
		events[i].At = at(i)
	}
	return events
}

func logOf(t *testing.T, text string) *Log {
	t.Helper()
	log := Open(t.TempDir())
	if err := os.MkdirAll(filepath.Dir(log.Path()), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(log.Path(), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return log
}

func textOf(t *testing.T, log *Log) string {
	t.Helper()
	src, err := os.ReadFile(log.Path())
	if err != nil {
		t.Fatal(err)
	}
	return string(src)
}

func TestWhatIsAppendedIsRead(t *testing.T) {
	log := Open(t.TempDir())
	if events, warnings, err := log.Read(); len(events)+len(warnings) > 0 || err != nil {
		t.Fatalf("a new log reads %v, %v, %v", events, warnings, err)
	}
	want := oneOfEach()
	for _, e := range want {
		if err := log.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	got, warnings, err := log.Read()
	if err != nil || len(warnings) > 0 {
		t.Fatal(warnings, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLinesNameTheFieldsOfTheirKindAndNoOthers(t *testing.T) {
	log := Open(t.TempDir())
	for _, e := range oneOfEach() {
		if err := log.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	want := `{"id":"0000000000000001","at":"2026-03-01T12:00:00Z","kind":"lesson-read","lesson":"structure-and-execution"}
{"id":"0000000000000002","at":"2026-03-01T12:00:01Z","kind":"question-answered","question":"two-words-1","right":false,"score":0.5}
{"id":"0000000000000003","at":"2026-03-01T12:00:02Z","kind":"kata-started","kata":"parallel-sum"}
{"id":"0000000000000004","at":"2026-03-01T12:00:03Z","kind":"kata-checked","kata":"parallel-sum","verdict":"pass","reason":"ok","speedup":1.83,"elapsed_ms":1400}
{"id":"0000000000000005","at":"2026-03-01T12:00:04Z","kind":"kata-checked","kata":"parallel-sum","verdict":"fail","reason":"serial","speedup":null,"elapsed_ms":1000}
{"id":"0000000000000006","at":"2026-03-01T12:00:05Z","kind":"hint-shown","kata":"parallel-sum","hint":2}
{"id":"0000000000000007","at":"2026-03-01T12:00:06Z","kind":"solution-shown","kata":"parallel-sum"}
{"id":"0000000000000008","at":"2026-03-01T12:00:07Z","kind":"reset","kata":"parallel-sum"}
{"id":"0000000000000009","at":"2026-03-01T12:00:08Z","kind":"interview-begun","interview":"mock-1","minutes":30,"questions":["seed","map-writes"],"level":"mid","kata":"parallel-sum"}
{"id":"000000000000000a","at":"2026-03-01T12:00:09Z","kind":"interview-ended","interview":"mock-1","elapsed_ms":1200000}
`
	if diff := cmp.Diff(want, textOf(t, log)); diff != "" {
		t.Error(diff)
	}
}

func TestAppendGivesIDAndTime(t *testing.T) {
	log := Open(t.TempDir())
	before := time.Now()
	for range 2 {
		if err := log.Append(ReadLesson("x")); err != nil {
			t.Fatal(err)
		}
	}
	events, _, err := log.Read()
	if err != nil || len(events) != 2 {
		t.Fatal(events, err)
	}
	if events[0].ID == "" || events[0].ID == events[1].ID {
		t.Errorf("ids %q and %q", events[0].ID, events[1].ID)
	}
	if events[0].At.Before(before.Add(-time.Second)) || events[0].At.Location() != time.UTC {
		t.Errorf("time %v", events[0].At)
	}
}

func TestAppendRefusesWhatReadWouldNotGiveBack(t *testing.T) {
	log := Open(t.TempDir())
	for _, e := range []Event{{}, {Kind: "party"}, ReadLesson(""), AnsweredQuestion("", true, 1, 0), StartedKata("")} {
		if err := log.Append(e); err == nil {
			t.Errorf("%+v was kept", e)
		}
	}
	if _, err := os.Stat(log.Path()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was made: %v", err)
	}
}

// A crash can cut the log anywhere.
func TestEveryCutKeepsTheEventsBeforeItAndTheNextOne(t *testing.T) {
	whole := Open(t.TempDir())
	for _, e := range oneOfEach() {
		if err := whole.Append(e); err != nil {
			t.Fatal(err)
		}
	}
	text := textOf(t, whole)
	for cut := range len(text) + 1 {
		log := logOf(t, text[:cut])
		// A line that lacks nothing but its newline is an event as well.
		complete := 0
		for end := 0; ; complete++ {
			n := strings.IndexByte(text[end:], '\n')
			if n < 0 || end+n > cut {
				break
			}
			end += n + 1
		}
		torn := cut > 0 && text[cut-1] != '\n' && (cut == len(text) || text[cut] != '\n')

		got, warnings, err := log.Read()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(oneOfEach()[:complete], append([]Event{}, got...)); diff != "" {
			t.Fatalf("cut at %d: %s", cut, diff)
		}
		if torn != (len(warnings) == 1) {
			t.Fatalf("cut at %d: warnings %v", cut, warnings)
		}

		next := StartedKata("bfs-queries")
		next.ID, next.At = "next", at(60)
		if err := log.Append(next); err != nil {
			t.Fatal(err)
		}
		got, _, err = log.Read()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(append(oneOfEach()[:complete], next), got); diff != "" {
			t.Fatalf("append after a cut at %d: %s", cut, diff)
		}
		if !strings.HasPrefix(textOf(t, log), text[:cut]) {
			t.Fatalf("append after a cut at %d changed what was there", cut)
		}
	}
}

func TestProcessesThatAppendAtOnceLoseNothing(t *testing.T) {
	dir := t.TempDir()
	var children []*exec.Cmd
	for i := range 8 {
		child := exec.Command(os.Args[0], dir)
		child.Env = append(os.Environ(), fmt.Sprintf("%s=kata-%d", writer, i))
		child.Stderr = os.Stderr
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		children = append(children, child)
	}
	for _, child := range children {
		if err := child.Wait(); err != nil {
			t.Error(err)
		}
	}
	events, warnings, err := Open(dir).Read()
	if err != nil || len(warnings) > 0 || len(events) != 8000 {
		t.Fatalf("%d events, %v, %v", len(events), warnings, err)
	}
	seen := map[string]int{}
	for _, e := range events {
		// Each process's own events keep their order.
		if e.Hint != seen[e.Kata]+1 {
			t.Fatalf("%s: hint %d after %d", e.Kata, e.Hint, seen[e.Kata])
		}
		seen[e.Kata] = e.Hint
	}
}

func TestFailedAppendNamesPathAndCure(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, dir, state string)
		cause error
		says  []string
	}{
		{"a file where the state folder should be", func(t *testing.T, dir, state string) {
			must(t, os.WriteFile(state, nil, 0o644))
		}, syscall.ENOTDIR, []string{".gokata", "a file stands where a folder is needed"}},
		{"a folder where the log should be", func(t *testing.T, dir, state string) {
			must(t, os.MkdirAll(filepath.Join(state, "progress.jsonl"), 0o755))
		}, syscall.EISDIR, []string{"progress.jsonl", "move it away"}},
		{"a folder where the lock should be", func(t *testing.T, dir, state string) {
			must(t, os.MkdirAll(filepath.Join(state, "lock"), 0o755))
		}, nil, []string{"lock"}},
		{"links that lead in a circle", func(t *testing.T, dir, state string) {
			must(t, os.MkdirAll(state, 0o755))
			must(t, os.Symlink("progress.jsonl", filepath.Join(state, "progress.jsonl")))
		}, syscall.ELOOP, []string{"progress.jsonl", "circle"}},
		{"a full disk", func(t *testing.T, dir, state string) {
			if _, err := os.Stat("/dev/full"); err != nil {
				t.Skip("this system has no /dev/full to stand for a full disk")
			}
			must(t, os.MkdirAll(state, 0o755))
			must(t, os.Symlink("/dev/full", filepath.Join(state, "progress.jsonl")))
		}, syscall.ENOSPC, []string{"progress.jsonl", "free some space"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if runtime.GOOS == "windows" {
				t.Skip("Windows says these with numbers of its own")
			}
			dir := t.TempDir()
			c.spoil(t, dir, filepath.Join(dir, ".gokata"))
			err := Open(dir).Append(ReadLesson("x"))
			if err == nil || c.cause != nil && !errors.Is(err, c.cause) {
				t.Fatalf("error %v, want %v", err, c.cause)
			}
			for _, want := range append(c.says, dir) {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Read must not need the lock file, which a read-only workspace may lack.
func TestReadMakesNoFile(t *testing.T) {
	log := logOf(t, `{"id":"1","at":"2026-03-01T12:00:00Z","kind":"kata-started","kata":"x"}`+"\n{torn")
	events, warnings, err := log.Read()
	if len(events) != 1 || len(warnings) != 1 || err != nil {
		t.Fatal(events, warnings, err)
	}
	files, err := os.ReadDir(filepath.Dir(log.Path()))
	if err != nil || len(files) != 1 {
		t.Errorf("files %v, %v", files, err)
	}
}

func TestReadOfAFolderIsAnError(t *testing.T) {
	log := logOf(t, "")
	must(t, os.Remove(log.Path()))
	must(t, os.Mkdir(log.Path(), 0o755))
	if _, _, err := log.Read(); err == nil || !strings.Contains(err.Error(), log.Path()) {
		t.Errorf("error %v", err)
	}
}

func TestReadSkipsWhatIsNoEvent(t *testing.T) {
	good := func(id string) string {
		return `{"id":"` + id + `","at":"2026-03-01T12:00:00Z","kind":"kata-started","kata":"x"}`
	}
	for _, c := range []struct {
		name, text string
		ids        string   // of the events read
		warnings   []string // line number and reason
	}{
		{"nothing", "", "", nil},
		{"blank lines", "\n \n\t\n" + good("a") + "\n\n", "a", nil},
		{"CRLF", good("a") + "\r\n" + good("b") + "\r\n", "a b", nil},
		{"a byte order mark", "\ufeff" + good("a") + "\n", "a", nil},
		{"no newline at the end", good("a") + "\n" + good("b"), "a b", nil},
		{"garbage", good("a") + "\nhello\n" + good("b") + "\n", "a b", []string{"2: it is no event"}},
		{"garbage in every tongue", "\xff\xfe\n[]\n17\nnull\n\"x\"\n{}\n" + good("a") + "\n", "a", []string{
			"1: it is no event", "2: it is no event", "3: it is no event", `4: it has no "kind"`, "5: it is no event", `6: it has no "kind"`}},
		{"two events in one line", good("a") + good("b") + "\n" + good("c") + "\n", "c", []string{"1: it is no event"}},
		{"zeros before an event", "\x00\x00" + good("a") + "\n", "a", nil},
		{"zeros alone", good("a") + "\n\x00\x00\x00\n" + good("b") + "\n", "a b", []string{"2: it holds only zeros"}},
		{"zeros in an event", good("a\x00") + "\n", "", []string{"1: it is no event"}},
		{"no id", `{"at":"2026-03-01T12:00:00Z","kind":"reset","kata":"x"}`, "", []string{`1: it has no "id"`}},
		{"no time", `{"id":"a","kind":"reset","kata":"x"}`, "", []string{`1: it has no "at"`}},
		{"a time that is none", `{"id":"a","at":"noon","kind":"reset","kata":"x"}`, "", []string{"1: it is no event"}},
		{"no kata", `{"id":"a","at":"2026-03-01T12:00:00Z","kind":"reset"}`, "", []string{`1: it names no "kata"`}},
		{"no lesson", `{"id":"a","at":"2026-03-01T12:00:00Z","kind":"lesson-read"}`, "", []string{`1: it names no "lesson"`}},
		{"no question", `{"id":"a","at":"2026-03-01T12:00:00Z","kind":"question-answered"}`, "", []string{`1: it names no "question"`}},
		{"a kind of a newer version", `{"id":"n","at":"2026-03-01T12:00:00Z","kind":"duel-won","against":["x"]}` + "\n" + good("a"), "n a", nil},
		{"a newer kind with other types", `{"id":7,"at":"x","kind":"duel-won","kata":{"a":1}}` + "\n" + good("a"), "a", nil},
		{"a newer field of a known kind", `{"id":"a","at":"2026-03-01T12:00:00Z","kind":"reset","kata":"x","why":"fun"}`, "a", nil},
		{"a line of 1 MB and more", good("a") + "\n" + strings.Repeat("x", longest+1) + "\n" + good("b") + "\n", "a b", []string{"2: it is longer than 1 MB"}},
		{"a long event below 1 MB", `{"id":"a","at":"2026-03-01T12:00:00Z","kind":"reset","kata":"` + strings.Repeat("x", 900<<10) + `"}` + "\n" + good("b"), "a b", nil},
		{"a last line of 1 MB and more", good("a") + "\n" + strings.Repeat("{", 3*longest), "a", []string{"2: it is longer than 1 MB"}},
		{"a last line without end", good("a") + "\n" + good("b")[:30], "a", []string{"2: it is no event"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := logOf(t, c.text)
			events, warnings, err := log.Read()
			if err != nil {
				t.Fatal(err)
			}
			var ids, said []string
			for _, e := range events {
				ids = append(ids, e.ID)
			}
			for _, w := range warnings {
				said = append(said, fmt.Sprintf("%d: %s", w.Line, w.Why))
				if len(w.String()) > len(w.Path)+200 || !strings.HasPrefix(w.String(), log.Path()+":") {
					t.Errorf("warning %q", w)
				}
			}
			if got := strings.Join(ids, " "); got != c.ids {
				t.Errorf("events %q, want %q", got, c.ids)
			}
			if diff := cmp.Diff(c.warnings, said); diff != "" {
				t.Error(diff)
			}
			if textOf(t, log) != c.text {
				t.Error("reading changed the file")
			}
		})
	}
}

func FuzzReadNeverFailsNorHidesAppends(f *testing.F) {
	f.Add([]byte(`{"id":"a","at":"2026-03-01T12:00:00Z","kind":"reset","kata":"x"}` + "\n"))
	f.Add([]byte("{\"id\":\"a\"\n\x00\x00\r\n\xff[]"))
	f.Add([]byte("{\"kind\":\"duel-won\"}\nnull"))
	f.Fuzz(func(t *testing.T, text []byte) {
		log := logOf(t, string(text))
		before, _, err := log.Read()
		if err != nil {
			t.Fatal(err)
		}
		if err := log.Append(ResetKata("x")); err != nil {
			t.Fatal(err)
		}
		after, _, err := log.Read()
		if err != nil || len(after) != len(before)+1 || after[len(before)].Kind != Reset {
			t.Fatalf("%d events, then %d, %v", len(before), len(after), err)
		}
	})
}

func BenchmarkRead100k(b *testing.B) {
	log := Open(b.TempDir())
	if err := os.MkdirAll(filepath.Dir(log.Path()), 0o755); err != nil {
		b.Fatal(err)
	}
	file, err := os.Create(log.Path())
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriter(file)
	for i := range 100_000 {
		e := oneOfEach()[i%10]
		e.ID, e.At = newID(), at(i)
		line, err := e.encode()
		if err != nil {
			b.Fatal(err)
		}
		out.Write(line)
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		events, warnings, err := log.Read()
		if err != nil || len(warnings) > 0 || len(events) != 100_000 {
			b.Fatal(len(events), warnings, err)
		}
		if s := Fold(events); s.Attempts("parallel-sum") != 20_000 {
			b.Fatal(s.Attempts("parallel-sum"))
		}
	}
}
