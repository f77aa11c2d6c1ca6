package snippet

import (
	"strings"
	"testing"
)

const program = `package main

// wait sleeps.
func wait() { time.Sleep(1) }

type (
	pair  struct{ a, b int }
	other int
)

var x, y = 1, 2

func (p pair) four(f func()) {
	a()
	b()

	c()
}
`

func TestDeclarationsAreFoundByName(t *testing.T) {
	tests := []struct {
		names      string
		documented bool
		want       string
	}{
		{"wait", false, "func wait() { time.Sleep(1) }"},
		{"wait", true, "// wait sleeps.\nfunc wait() { time.Sleep(1) }"},
		{"y", false, "var x, y = 1, 2"},
		{"other,wait", false, "type (\n\tpair  struct{ a, b int }\n\tother int\n)\n\nfunc wait() { time.Sleep(1) }"},
		{"four", false, "func (p pair) four(f func()) {\n\ta()\n\tb()\n\n\tc()\n}"},
	}
	for _, test := range tests {
		got, err := declarations(program, strings.Split(test.names, ","), test.documented)
		if got != test.want || err != nil {
			t.Errorf("%s: got %q, %v", test.names, got, err)
		}
	}
	if _, err := declarations(program, []string{"nothing"}, false); err == nil || !strings.Contains(err.Error(), "declares no nothing") {
		t.Errorf("unknown name: %v", err)
	}
	if _, err := declarations("package", []string{"x"}, false); err == nil {
		t.Error("source that does not parse declares something")
	}
}

func TestShownTextIsTheFullOneWithRunsOfLinesLeftOut(t *testing.T) {
	const full = "a\n  b\nc\nb\nd"
	for _, shown := range []string{
		full, full + "\n", "…", "a\n…", "…\nd", "a\n…\nd", "…\nc\n…", "a\n  // …\nb\n…", "a\n  b\n…\nb\nd", "…\nb\nd", "a  \n  b\t\nc\nb\nd", "…\n…\nd",
	} {
		if at, ok := elided(full, shown); !ok {
			t.Errorf("%q does not show %q, from line %d", shown, full, at)
		}
	}
	for shown, line := range map[string]int{
		"":                   0,
		"a":                  0,
		"b\n…":               0,
		"a\nb\n…":            1,
		"a\n…\nc":            2,
		"a\n…\nd\n…\nb\n…":   4,
		"a\n  b\nc\nb\nd\ne": 5,
		"…\nx":               1,
		"…\nc\nd\n…":         2,
	} {
		if at, ok := elided(full, shown); ok || at != line {
			t.Errorf("%q: fits %v from line %d, want a misfit on line %d", shown, ok, at, line)
		}
	}
}

func TestShapesForgetNumbersOnly(t *testing.T) {
	tests := []struct{ a, b string }{
		{"P=1  4 x wait   wall   50 ms  CPU    0 ms", "P=2  4 x wait  wall  121 ms  CPU  0 ms"},
		{"took 1.5ms", "took 999.9µs"},
		{"took 1m2.5s.", "took 3s."},
		{"by -0.5 %", "by 12 %"},
		{"T=40 ms", "T=  40 ms"},
		{"[1 2 3]", "[11 22 33]"},
	}
	for _, test := range tests {
		if Shape(test.a) != Shape(test.b) {
			t.Errorf("%q has shape %q, but %q has %q", test.a, Shape(test.a), test.b, Shape(test.b))
		}
	}
	for _, test := range []struct{ a, b string }{
		{"a1 b1", "a1 b2"}, {"1 2", "1 2 3"}, {"wall 1 ms", "cpu 1 ms"}, {"1 ms", "1 s"}, {"x 1", "x one"},
	} {
		if Shape(test.a) == Shape(test.b) {
			t.Errorf("%q and %q have the same shape %q", test.a, test.b, Shape(test.a))
		}
	}
}

func TestSameShapeNamesTheFirstLineThatDiffers(t *testing.T) {
	const printed = "wait  50 ms\nthink 121 ms\n"
	for _, shown := range []string{printed, "wait 7 ms\nthink 8 ms", "…\nthink  1 ms\n"} {
		if difference, _ := SameShape(shown, printed); difference != "" {
			t.Errorf("%q: %s", shown, difference)
		}
	}
	for shown, line := range map[string]int{"wait 1 ms\nthought 1 ms\n": 1, "think 1 ms\n": 0, "wait 1 ms\n": 0, "": 0} {
		if difference, at := SameShape(shown, printed); difference == "" || at != line {
			t.Errorf("%q: %q on line %d, want line %d", shown, difference, at, line)
		}
	}
}
