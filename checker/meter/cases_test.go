package meter

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"gokata/checker/evidence"
	"gokata/checker/probe"
	"gokata/checker/spec"
)

// result is what the harness makes of an output.
func result(text string) probe.Result {
	sum := sha256.Sum256([]byte(text))
	return probe.Result{Text: text[:min(len(text), probe.MaxText)], Digest: hex.EncodeToString(sum[:]), Length: len(text)}
}

func TestWhenTwoOutputsAreOneAnswer(t *testing.T) {
	long := strings.Repeat("x", 2*probe.MaxText)
	for _, w := range []struct {
		compare spec.Compare
		got     string
		want    string
		first   string // of the solution's own; empty: got
		same    bool
	}{
		{spec.Equal, "a", "a", "", true},
		{spec.Equal, "", "", "", true},
		{spec.Equal, "a", "b", "", false},
		{spec.Equal, "a", "a ", "", false},
		{spec.Equal, "1.0", "1", "", false},
		{spec.Equal, long + "a", long + "a", "", true},
		{spec.Equal, long + "a", long + "b", "", false},

		{spec.Near, "1", "1", "", true},
		{spec.Near, "1", "1.0000000001", "", true},
		{spec.Near, "1", "1.00000001", "", false},
		{spec.Near, "1e300", "1.0000000001e300", "", true},
		{spec.Near, "-1", "1", "", false},
		{spec.Near, "0", "0", "", true},
		{spec.Near, "0", "-0", "", true},
		{spec.Near, "1e-300", "0", "", false},
		{spec.Near, "0", "1e-300", "", false},
		{spec.Near, "NaN", "NaN", "", true},
		{spec.Near, "NaN", "1", "", false},
		{spec.Near, "1", "NaN", "", false},
		{spec.Near, "+Inf", "+Inf", "", true},
		{spec.Near, "-Inf", "+Inf", "", false},
		{spec.Near, "1", "+Inf", "", false},
		{spec.Near, "+Inf", "1", "", false},
		{spec.Near, "NaN", "+Inf", "", false},
		{spec.Near, "2", "2", "2.0000000000000004", false}, // other bits on another run
		{spec.Near, "2.0000000000000004", "2", "2.0000000000000004", true},
		{spec.Near, "0", "0", "-0", false},
		{spec.Near, "5 calls of kernel", "3.5", "", false},
		{spec.Near, "3.5", "5 calls of kernel", "", false},
		{spec.Near, "no number", "no number", "", true},
		{spec.Near, "no number", "another", "", false},
		{spec.Near, "", "0", "", false},
		{spec.Near, long + "a", long + "b", "", false},
	} {
		first := w.first
		if first == "" {
			first = w.got
		}
		wrong := Differs(w.compare, result(w.got), result(w.want), result(first))
		if (wrong == nil) != w.same {
			t.Errorf("%s: got %.20q, want %.20q, first %.20q: %+v", w.compare, w.got, w.want, first, wrong)
			continue
		}
		switch {
		case wrong == nil:
		case wrong.Failed != evidence.WrongAnswer || wrong.Got != result(w.got).Text:
			t.Errorf("%+v", wrong)
		case (wrong.Detail != "") != (w.first != ""):
			t.Errorf("got %q, first %q: detail %q", w.got, w.first, wrong.Detail)
		case w.first != "" && wrong.Want != w.first:
			t.Errorf("other bits: want %q, should be the first run's %q", wrong.Want, w.first)
		}
	}
}

func TestReadingOfAMeterKata(t *testing.T) {
	wall, cpu, err := reading(probe.Result{Text: "12 34"})
	if wall != 12 || cpu != 34 || err != nil {
		t.Errorf("%d, %d, %v", wall, cpu, err)
	}
	for _, text := range []string{"", "12", "12 ", " 12", "12 x", "1.5 2", "12 34 56", "99999999999999999999 1"} {
		if _, _, err := reading(probe.Result{Text: text}); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
