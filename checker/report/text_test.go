package report

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

var update = flag.Bool("update", false, "rewrite golden files")

func text(t testing.TB, r Report, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Text(&b, r, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func TestTextIsTheGoldenScreen(t *testing.T) {
	for name, r := range reports() {
		t.Run(name, func(t *testing.T) {
			golden(t, name+".80.txt", text(t, r, Options{Width: 80}))
			golden(t, name+".40.txt", text(t, r, Options{Width: 40}))
			golden(t, name+".plain.txt", text(t, r, Options{Width: 80, Plain: true}))
		})
	}
}

func TestNoLineIsWiderThanTheScreen(t *testing.T) {
	for name, r := range reports() {
		for width := narrowest; width <= widest; width++ {
			for _, plain := range []bool{false, true} {
				checkWidth(t, name, text(t, r, Options{Width: width, Plain: plain}), width)
			}
		}
	}
}

func checkWidth(t *testing.T, name, screen string, width int) {
	t.Helper()
	for line := range strings.SplitSeq(screen, "\n") {
		if w := uniseg.StringWidth(line); w > width {
			t.Errorf("%s: %d columns of %d: %q", name, w, width, line)
		}
	}
}

func TestAWidthOutOfBoundsIsHeldWithin(t *testing.T) {
	r := serialised()
	for width, as := range map[int]int{-5: 40, 1: 40, 39: 40, 0: 80, 121: 120, 10000: 120} {
		if diff := cmp.Diff(text(t, r, Options{Width: as}), text(t, r, Options{Width: width})); diff != "" {
			t.Errorf("width %d is not as %d:\n%s", width, as, diff)
		}
	}
}

func TestPlainIsASCII(t *testing.T) {
	for name, r := range reports() {
		for _, width := range []int{40, 80} {
			for _, c := range []byte(text(t, r, Options{Width: width, Plain: true})) {
				if c >= utf8.RuneSelf || c < ' ' && c != '\n' {
					t.Fatalf("%s: byte %#x in plain text", name, c)
				}
			}
		}
	}
}

func TestColourOnlyAddsStyles(t *testing.T) {
	for name, r := range reports() {
		without := text(t, r, Options{Width: 80})
		if strings.Contains(without, "\x1b") {
			t.Errorf("%s: an escape without colour", name)
		}
		with := text(t, r, Options{Width: 80, Color: true})
		if !strings.Contains(with, "\x1b[") {
			t.Errorf("%s: no style with colour", name)
		}
		if diff := cmp.Diff(without, unstyled(with)); diff != "" {
			t.Errorf("%s: colour changes the text:\n%s", name, diff)
		}
	}
}

// unstyled removes SGR sequences.
func unstyled(s string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "\x1b[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, s, _ = strings.Cut(after, "m")
	}
}

func TestTheFirstLineIsTheVerdict(t *testing.T) {
	want := map[string]string{
		"pass":            "✓ PARALLEL · 1.83 x on 2 CPUs (1.87 possible here)",
		"pass-under-load": "✓ PARALLEL · the wall clock could not testify",
		"serialised":      "✗ NOT PARALLEL · serialised",
		"slow-baseline":   "✗ TOO SLOW · slow-baseline",
		"noisy":           "? INCONCLUSIVE · noisy-machine",
		"too-few-cores":   "? INCONCLUSIVE · too-few-cores",
		"build":           "✗ DOES NOT BUILD · 5 errors",
		"forbidden":       "✗ FORBIDDEN",
		"wrong-answer":    "✗ WRONG ANSWER · one text is longer than all others",
		"panic":           "✗ PANIC · no texts",
		"race":            "✗ DATA RACE",
		"overlap-pass":    "✓ OVERLAPPING",
		"overlap-fail":    "✗ NOT OVERLAPPING",
		"meter-fail":      "✗ WRONG",
		"counted-pass":    "✓ PROVED",
		"counted-fail":    "✗ OVER THE LIMIT · unbounded",
		"internal":        "! OUR OWN FAULT",
	}
	all := reports()
	for name, headline := range want {
		first, _, _ := strings.Cut(text(t, all[name], Options{Width: 80}), "\n")
		left, _, _ := strings.Cut(first, "  ")
		if left != headline {
			t.Errorf("%s: %q, want %q", name, left, headline)
		}
	}
}

func TestEveryReasonHasAWord(t *testing.T) {
	reasons := []verdict.Reason{
		verdict.Build, verdict.Vet, verdict.Forbidden, verdict.WrongAnswer, verdict.Panic, verdict.Deadlock,
		verdict.Timeout, verdict.Race, verdict.Leak, verdict.Serial, verdict.Serialised, verdict.Imbalanced,
		verdict.Contended, verdict.Overhead, verdict.Spinning, verdict.SlowBaseline, verdict.NotOverlapping,
		verdict.Unbounded, verdict.Underused, verdict.Tampered, verdict.Internal,
	}
	for _, reason := range reasons {
		for _, outcome := range []verdict.Outcome{verdict.Fail, verdict.Error} {
			for width := narrowest; width <= 80; width += 40 {
				r := Report{Verdict: verdict.Verdict{Outcome: outcome, Reason: reason}}
				screen := text(t, r, Options{Width: width})
				first, _, _ := strings.Cut(screen, "\n")
				if len(first) < 5 || strings.Contains(screen, "NaN") || strings.Contains(screen, "%!") {
					t.Errorf("%s: %q", reason, screen)
				}
			}
		}
	}
}

func TestABarIsAsLongAsItsShare(t *testing.T) {
	tests := []struct {
		value, largest int64
		unicode, ascii string
	}{
		{100, 100, "████████", "########"},
		{50, 100, "████", "####"},
		{99, 100, "███████▉", "########"},
		{1, 64, "▏", "#"},
		{1, 1 << 60, "▏", "#"},
		{0, 100, "", ""},
		{-3, 100, "", ""},
		{3, 0, "", ""},
		{200, 100, "████████", "########"},
	}
	for _, tt := range tests {
		if got := unicodeSymbols().bar(tt.value, tt.largest, 8); got != tt.unicode {
			t.Errorf("%d of %d: %q, want %q", tt.value, tt.largest, got, tt.unicode)
		}
		if got := asciiSymbols().bar(tt.value, tt.largest, 8); got != tt.ascii {
			t.Errorf("%d of %d in ASCII: %q, want %q", tt.value, tt.largest, got, tt.ascii)
		}
	}
}

func TestMillisFitTheEye(t *testing.T) {
	for ns, want := range map[int64]string{
		0: "0.0 ms", 1: "<0.1 ms", 41_230_000: "41.2 ms", 99_940_000: "99.9 ms", 99_960_000: "100 ms",
		1_013_400_000: "1013 ms", 12_340_000_000: "12.3 s",
	} {
		if got := millis(ns); got != want {
			t.Errorf("%d ns: %q, want %q", ns, got, want)
		}
	}
}

func TestBlanksThatDifferAreVisible(t *testing.T) {
	r := measured(verdict.Fail, verdict.WrongAnswer)
	r.Evidence.Cases = []evidence.CaseRun{{Name: "n", Got: "a  b", Want: "a b ", Failed: evidence.WrongAnswer}}
	screen := text(t, r, Options{Width: 80})
	if !strings.Contains(screen, `"a  b"`) || !strings.Contains(screen, `"a b "`) {
		t.Errorf("the blanks cannot be seen:\n%s", screen)
	}
}

// FuzzTextShowsOnlyWhatIsSafe feeds strings of the learner into every place
// that shows one.
func FuzzTextShowsOnlyWhatIsSafe(f *testing.F) {
	f.Add("plain", 80, 3)
	f.Add("\x1b[31m\x00\u202e\xff\tx", 40, 1)
	f.Add("長い 言葉\nin lines", 57, 9)
	f.Add(strings.Repeat("e\u0301", 99), 41, 120)
	f.Fuzz(func(t *testing.T, s string, width, column int) {
		at := evidence.Position{File: s, Line: 1, Column: column}
		found := []evidence.Finding{{Position: at, Message: s, Source: s}}
		run := evidence.CaseRun{Name: s, Procs: 2, Input: s, Got: s, Want: s + "x", Detail: s, At: &at, Failed: evidence.WrongAnswer}
		for _, reason := range []verdict.Reason{verdict.Build, verdict.Race, verdict.WrongAnswer} {
			r := measured(verdict.Fail, reason)
			r.Verdict.Explanation, r.Verdict.Try, r.Verdict.Lesson, r.Verdict.At = s, s, s, &at
			r.Evidence.Compile = found
			r.Evidence.Races = []evidence.Race{{At: at, Other: at, Detail: s}}
			r.Evidence.Cases = []evidence.CaseRun{run}
			r.Files = map[string]string{s: s}
			for _, plain := range []bool{false, true} {
				screen := text(t, r, Options{Width: width, Plain: plain})
				checkWidth(t, string(reason), screen, min(max(width, narrowest), max(80, min(width, widest))))
				for _, c := range screen {
					if c < ' ' && c != '\n' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == utf8.RuneError || c == '\u202e' {
						t.Fatalf("%q shows %q", s, c)
					}
				}
			}
		}
	})
}

func BenchmarkText(b *testing.B) {
	r := serialised()
	b.ReportAllocs()
	for b.Loop() {
		if err := Text(io.Discard, r, Options{Width: 80, Color: true}); err != nil {
			b.Fatal(err)
		}
	}
}
