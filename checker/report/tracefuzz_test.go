package report

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"gokata/checker/evidence"
)

// FuzzTraceShowsOnlyWhatIsSafe feeds strings of the learner, and times that
// cannot be, into every place of a trace that shows one.
func FuzzTraceShowsOnlyWhatIsSafe(f *testing.F) {
	f.Add("plain", 80, int64(5_000_000), 1)
	f.Add("\x1b[31m\x00\u202e\xff\tx", 40, int64(-1), -4)
	f.Add("</title></svg><script>", 120, int64(1<<62), 70)
	f.Add("長い 言葉\nin lines", 57, int64(999), 9)
	f.Fuzz(func(t *testing.T, s string, width int, time int64, proc int) {
		tr := merged()
		at := evidence.Position{File: s, Line: 1}
		tr.Evidence.Spec.Kata, tr.Files = s, map[string]string{s: s}
		tr.Trace.Waits = map[string]int64{s: time}
		tr.Trace.Blocked = []evidence.Block{{Reason: s, At: at, Total: time}}
		tr.Trace.Path = []evidence.Step{{Func: s, How: "go", At: at, Ran: time}, {Func: s, How: s, Ran: 1}}
		tr.Timeline.Wall = time
		tr.Timeline.Slices = append(tr.Timeline.Slices,
			evidence.Slice{Proc: proc % 100, From: time / 2, To: time, What: evidence.What(s), Func: s},
			evidence.Slice{Proc: 1, From: time, To: time / 3, What: evidence.Yours, Func: s, Preempted: true},
		)
		for _, plain := range []bool{false, true} {
			screen := traceText(t, tr, Options{Width: width, Plain: plain})
			checkWidth(t, "trace", screen, min(max(width, narrowest), max(80, min(width, widest))))
			for _, c := range screen {
				if c < ' ' && c != '\n' || c == 0x7f || c >= 0x80 && c < 0xa0 || c == utf8.RuneError || c == '\u202e' {
					t.Fatalf("%q shows %q", s, c)
				}
			}
		}
		var page bytes.Buffer
		if err := TraceHTML(&page, tr); err != nil {
			t.Fatal(err)
		}
		if _, err := parsePage(page.String()); err != nil || strings.Contains(page.String(), "<script") {
			t.Fatalf("%q: the page is not well-formed: %v", s, err)
		}
	})
}
