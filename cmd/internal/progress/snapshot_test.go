package progress

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gokata/lessons/review"
)

// draw makes n events as people make them, with ids from first on.
func draw(t *testing.T, r *rand.Rand, first, n int, from time.Time) string {
	t.Helper()
	var b strings.Builder
	kinds := oneOfEach()
	for i := range n {
		e := kinds[r.IntN(len(kinds))]
		e.ID, e.At = fmt.Sprintf("%08d", first+i), from.Add(time.Duration(i)*time.Minute)
		e.Right, e.Hint = r.IntN(2) == 0, 1+r.IntN(3)
		if e.Kind == QuestionAnswered {
			e.Question = fmt.Sprintf("q%d", r.IntN(5))
		}
		if e.Kind == InterviewBegun || e.Kind == InterviewEnded {
			e.Interview = fmt.Sprintf("mock-%d", r.IntN(4))
		}
		line, err := e.encode()
		if err != nil {
			t.Fatal(err)
		}
		b.Write(line)
	}
	return b.String()
}

// same requires that the log gives the State that all of its lines give.
func same(t *testing.T, log *Log, when string) {
	t.Helper()
	got, warnings, err := log.State()
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	events, want, err := log.Read()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, warnings); diff != "" {
		t.Fatalf("%s: warnings: %s", when, diff)
	}
	all := Fold(events)
	for _, m := range []map[string][]review.Answer{all.answers, all.solved, got.answers, got.solved} {
		for id := range m { // only the last ones count
			m[id] = lastOnes(m[id])
		}
	}
	if diff := cmp.Diff(all, got, cmp.AllowUnexported(State{})); diff != "" {
		t.Fatalf("%s: %s", when, diff)
	}
}

// TestASnapshotChangesNothing lets a log grow, by appends, damage and events of
// other machines, and asks after each step that the State is that of all lines.
func TestASnapshotChangesNothing(t *testing.T) {
	for seed := range uint64(8) {
		r := rand.New(rand.NewPCG(seed, 1))
		log := logOf(t, "")
		log.worth = 1 + r.IntN(20)
		next, now, doubled := 0, at(0), false
		for step := range 20 {
			what := fmt.Sprintf("seed %d, step %d", seed, step)
			text := textOf(t, log)
			n := r.IntN(200)
			switch r.IntN(8) {
			case 0: // of another machine, from before
				text += draw(t, r, next, n, at(0).Add(-time.Duration(r.IntN(1000))*time.Hour))
				what += ", older events"
			case 1:
				text += "\x00\x00\n{\"id\":\n" + draw(t, r, next, n, now)
				what += ", damage"
			case 2:
				text = strings.TrimSuffix(text, "\n")
				what += ", torn"
			case 3:
				// Of two copies that differ, neither is the right one.
				if at := strings.Index(text, `"right":true`); at >= 0 && !doubled {
					text = text[:at] + `"right":false` + text[at+len(`"right":true`):]
				}
				what += ", changed by hand"
			case 4:
				text += text
				doubled = true
				what += ", twice"
			case 5:
				must(t, os.WriteFile(log.snapshotPath(), []byte(`{"version":1,"size":9`), 0o644))
				what += ", a damaged snapshot"
			default:
				if text != "" && !strings.HasSuffix(text, "\n") {
					text += "\n"
				}
				text += draw(t, r, next, n, now)
			}
			next, now = next+n, now.Add(time.Duration(n)*time.Minute)
			if len(text) > 1<<20 {
				text, doubled = "", false
			}
			must(t, os.WriteFile(log.Path(), []byte(text), 0o644))
			same(t, log, what)
			same(t, log, what+", again")
		}
	}
}

func TestALongLogIsAddedUpOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	log := logOf(t, draw(t, r, 0, worthwhile, at(0)))
	same(t, log, "at first")
	src, err := os.ReadFile(log.snapshotPath())
	if err != nil {
		t.Fatal(err)
	}
	must(t, log.Append(ReadLesson("another")))
	s, _, err := log.State()
	if err != nil || !s.LessonRead("another") {
		t.Errorf("what came after the snapshot is missing: %v", err)
	}
	if again, err := os.ReadFile(log.snapshotPath()); err != nil || string(again) != string(src) {
		t.Error("one event made a new snapshot")
	}
}

func TestNoSnapshotIsNoMisfortune(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	log := logOf(t, draw(t, r, 0, worthwhile, at(0)))
	must(t, os.Mkdir(log.snapshotPath(), 0o755)) // it cannot be written
	same(t, log, "a folder stands there")
	entries, err := os.ReadDir(filepath.Dir(log.Path()))
	if err != nil || len(entries) != 2 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}

func BenchmarkState100k(b *testing.B) {
	log := Open(b.TempDir())
	if err := os.MkdirAll(filepath.Dir(log.Path()), 0o755); err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	for i := range 100_000 {
		e := oneOfEach()[i%8]
		e.ID, e.At = fmt.Sprintf("%016x", i), at(0).Add(time.Duration(i)*time.Minute)
		if e.Kind == QuestionAnswered {
			e.Question = fmt.Sprintf("q%d", i%300)
		}
		line, err := e.encode()
		if err != nil {
			b.Fatal(err)
		}
		text.Write(line)
	}
	if err := os.WriteFile(log.Path(), []byte(text.String()), 0o644); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if s, _, err := log.State(); err != nil || s.Attempts("parallel-sum") != 25_000 {
			b.Fatal(err)
		}
	}
}
