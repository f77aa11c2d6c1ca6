package report

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
)

func traceText(t testing.TB, tr Tracing, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := TraceText(&b, tr, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTraceTextIsTheGoldenScreen(t *testing.T) {
	for name, tr := range tracings() {
		t.Run(name, func(t *testing.T) {
			for _, width := range []int{40, 80, 120} {
				golden(t, fmt.Sprintf("%s.%d.txt", name, width), traceText(t, tr, Options{Width: width}))
			}
			golden(t, name+".plain.txt", traceText(t, tr, Options{Width: 80, Plain: true}))
		})
	}
}

func TestNoLineOfATraceIsWiderThanTheScreen(t *testing.T) {
	for name, tr := range tracings() {
		for width := narrowest; width <= widest; width++ {
			for _, plain := range []bool{false, true} {
				checkWidth(t, name, traceText(t, tr, Options{Width: width, Plain: plain}), width)
			}
		}
	}
}

func TestColourOnlyAddsStylesToATrace(t *testing.T) {
	for name, tr := range tracings() {
		without := traceText(t, tr, Options{Width: 80})
		if strings.Contains(without, "\x1b") {
			t.Errorf("%s: an escape without colour", name)
		}
		with := traceText(t, tr, Options{Width: 80, Color: true})
		if !strings.Contains(with, "\x1b[") {
			t.Errorf("%s: no style with colour", name)
		}
		if diff := cmp.Diff(without, unstyled(with)); diff != "" {
			t.Errorf("%s: colour changes the text:\n%s", name, diff)
		}
		for _, c := range []byte(traceText(t, tr, Options{Width: 80, Plain: true})) {
			if c >= utf8.RuneSelf || c < ' ' && c != '\n' {
				t.Fatalf("%s: byte %#x in plain text", name, c)
			}
		}
	}
}

func TestEveryPThatRanHasARow(t *testing.T) {
	for name, tr := range tracings() {
		if !tr.Traced() {
			continue
		}
		ran, _ := totals(tr.Timeline)
		for width := narrowest; width <= widest; width += 20 {
			screen := traceText(t, tr, Options{Width: width})
			for procs := range ran {
				if procs < 0 || procs >= mostLanes {
					continue
				}
				row := ""
				for line := range strings.Lines(screen) {
					if strings.HasPrefix(line, fmt.Sprintf(" P%d ", procs)) {
						row = line
					}
				}
				if !strings.ContainsAny(row, "▏▎▍▌▋▊▉█▒!─") {
					t.Errorf("%s at %d: P%d ran, and its row is %q", name, width, procs, row)
				}
			}
		}
	}
}

func TestTheLegendHoldsTheSignsThatOccurAndNoOthers(t *testing.T) {
	for name, tr := range tracings() {
		if !tr.Traced() {
			continue
		}
		rows, legend := "", ""
		for line := range strings.Lines(traceText(t, tr, Options{Width: 120})) {
			switch {
			case strings.HasPrefix(line, " P"):
				rows += line
			case strings.Contains(line, "your goroutines") && legend == "":
				legend = line
			}
		}
		for sign, means := range map[string]string{
			"█": "your goroutines", "·": "idle", "▒": "GC", "!": "preempted", "─": "the harness",
		} {
			if strings.Contains(rows, sign) != strings.Contains(legend, sign+" "+means) && sign != "█" {
				t.Errorf("%s: %q is in the rows: %t; legend %q", name, sign, strings.Contains(rows, sign), legend)
			}
		}
	}
}

func TestTheCellsOfALaneHoldAllOfItsTime(t *testing.T) {
	for name, tr := range tracings() {
		if name == "trace-hostile" {
			continue // its slices overlap
		}
		each, _ := totals(tr.Timeline)
		for _, cells := range []int{1, 7, 33, 115} {
			lanes, _ := lanesOf(tr.Timeline, 100, cells)
			for i, l := range lanes {
				var got spent
				for _, c := range l {
					got.Yours, got.GC, got.Other = got.Yours+c.yours, got.GC+c.gc, got.Other+c.other
				}
				got.Preempted = each[i].Preempted
				if got != each[i] {
					t.Errorf("%s, %d cells: P%d %+v, want %+v", name, cells, i, got, each[i])
				}
			}
		}
	}
}

func TestTicksAreRoundAndFit(t *testing.T) {
	for _, length := range []int64{0, 1, 7, 999, 1_999_999, 2_000_000, 22_137_664, 1_000_000_000, 36e11, 1 << 62} {
		for most := 2; most < 20; most++ {
			ticks, unit := ticksOf(length, most)
			if len(ticks) < 1 || len(ticks) > most || ticks[0].At != 0 || unit == "" {
				t.Fatalf("%d ns, at most %d: %v %s", length, most, ticks, unit)
			}
			for _, tick := range ticks {
				if len(strings.Trim(strings.ReplaceAll(tick.Label, ".", ""), "0")) > 3 {
					t.Errorf("%d ns, at most %d: %q is not round", length, most, tick.Label)
				}
			}
		}
	}
	ticks, unit := ticksOf(22_137_664, 6)
	if fmt.Sprint(ticks) != "[{0 0} {5000000 5} {10000000 10} {15000000 15} {20000000 20}]" || unit != "ms" {
		t.Errorf("%v %s", ticks, unit)
	}
}

func TestAmdahlsLineTendsToTheParallelism(t *testing.T) {
	tr := Tracing{Trace: evidence.Trace{Work: 1300, Span: 100, Busy: 650}}
	f := tr.serialShare()
	if got := amdahl(f, 1); got != 1 {
		t.Errorf("on 1 CPU: %v", got)
	}
	if got := amdahl(f, 1<<40); got < 12.99 || got > 13 {
		t.Errorf("on all CPUs of the world: %v, want 13", got)
	}
	// Brent: T(P) = span + (work - span)/P.
	if got, want := amdahl(f, 8), 1300/(100+1200.0/8); got < want-1e-9 || got > want+1e-9 {
		t.Errorf("on 8 CPUs: %v, want %v", got, want)
	}
	tr.Wide = &evidence.Trace{Work: 2000, Span: 100}
	if got := tr.serialShare(); got != 0.05 {
		t.Errorf("with a wide trace of parallelism 20: %v", got)
	}
	low, high := tr.parallelism()
	if low != 2 || high != 13 {
		t.Errorf("parallelism %v to %v, want 2 to 13", low, high)
	}
}

func TestTheHistogramLosesNoTime(t *testing.T) {
	for _, length := range []int{1, 2, 3, 17, 18, 33, 65} {
		x := evidence.Trace{Procs: 2, Histogram: make([]int64, length)}
		want := int64(0)
		for k := range x.Histogram {
			x.Histogram[k] = int64(k + 1)
			want += int64(k + 1)
		}
		got, next := int64(0), 0
		bins := histogram(x)
		for _, b := range bins {
			if b.From != next {
				t.Errorf("%d entries: a bin from %d, want %d", length, b.From, next)
			}
			got, next = got+b.Total, b.To+1
		}
		if got != want || len(bins) > mostBins+1 {
			t.Errorf("%d entries: %d ns in %d bins, want %d", length, got, len(bins), want)
		}
		if last := bins[len(bins)-1].label(); strings.HasSuffix(last, "+") != (length == 65) {
			t.Errorf("%d entries: the last is %q", length, last)
		}
	}
}

func TestTheShownStepsAreTheLongestInTheirOrder(t *testing.T) {
	tr := broad()
	steps, others, left := pathOf(tr, mostSteps)
	if len(steps) != mostSteps || others != len(tr.Trace.Path)-mostSteps {
		t.Fatalf("%d steps, %d others", len(steps), others)
	}
	sum, shown := left, 0
	for _, s := range steps {
		sum += s.Ran
	}
	for _, s := range tr.Trace.Path {
		sum -= s.Ran
		if shown < len(steps) && steps[shown].Ran == s.Ran && steps[shown].At == s.At {
			shown++
		}
	}
	if sum != 0 || shown != len(steps) {
		t.Errorf("%d ns lost, %d of %d steps in order", sum, shown, len(steps))
	}
}
