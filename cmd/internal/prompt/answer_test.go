package prompt

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseChoices(t *testing.T) {
	for _, c := range []struct {
		text string
		want []int // nil: refused
	}{
		{"1", []int{0}},
		{" 3 , 1 ", []int{0, 2}},
		{"1 2;3", []int{0, 1, 2}},
		{"2,2,2", []int{1}},
		{"1.", []int{0}},
		{"", nil},
		{",", nil},
		{"0", nil},
		{"4", nil},
		{"1,4", nil},
		{"-1", nil},
		{"1-3", nil},
		{"one", nil},
		{"99999999999999999999", nil},
	} {
		got, err := parseChoices(c.text, 3)
		if diff := cmp.Diff(c.want, got); diff != "" || (err == nil) != (c.want != nil) {
			t.Errorf("%q: %v %s", c.text, err, diff)
		}
	}
}

func FuzzChoicesAreWithinTheOptions(f *testing.F) {
	f.Add("1,3", 3)
	f.Add("3 2 1 0", 5)
	f.Add("", 0)
	f.Fuzz(func(t *testing.T, text string, n int) {
		got, err := parseChoices(text, n)
		if (err == nil) == (len(got) == 0) {
			t.Fatalf("%v, %v", got, err)
		}
		if !slices.IsSorted(got) || len(slices.Compact(slices.Clone(got))) != len(got) {
			t.Fatalf("%v does not rise", got)
		}
		if len(got) > 0 && (got[0] < 0 || got[len(got)-1] >= n) {
			t.Fatalf("%v of %d", got, n)
		}
		one, err := parseChoice(text, n)
		if err == nil && !slices.Equal(got, []int{one}) {
			t.Fatalf("one %d, several %v", one, got)
		}
	})
}

func TestParseYesNo(t *testing.T) {
	for text, want := range map[string]bool{"y": true, " Yes ": true, "n": false, "NO": false} {
		for _, def := range []bool{true, false} {
			if got, err := parseYesNo(text, def); err != nil || got != want {
				t.Errorf("%q: %v, %v", text, got, err)
			}
		}
	}
	for _, text := range []string{"yep", "1", "ny", "y n"} {
		if _, err := parseYesNo(text, true); err == nil {
			t.Errorf("%q was taken", text)
		}
	}
}
