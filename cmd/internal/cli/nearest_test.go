package cli

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNearestNamesTheOnesMeant(t *testing.T) {
	katas := []string{"cpu-vs-wall", "overlap-waits", "parallel-sum", "letter-frequency", "bfs-queries"}
	commands := []string{"next", "check", "list", "show", "lesson", "quiz", "hint", "solution", "reset", "doctor"}
	tests := []struct {
		word  string
		names []string
		want  []string
	}{
		{"paralel-sum", katas, []string{"parallel-sum"}},
		{"letter", katas, []string{"letter-frequency"}},
		{"Letter-Frequency", katas, []string{"letter-frequency"}},
		{"bfs-quereis", katas, []string{"bfs-queries"}},
		{"zebra", katas, nil},
		{"chekc", commands, []string{"check"}},
		{"lst", commands, []string{"list"}},
		{"", commands, nil},
		{"checks", commands, []string{"check"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, nearest(tt.word, tt.names)); diff != "" {
			t.Errorf("nearest(%q):\n%s", tt.word, diff)
		}
	}
}

func TestDistanceIsAMetricOnSmallWords(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "list", "lits", "last", "öst"}
	for _, a := range words {
		for _, b := range words {
			d := distance(a, b)
			if d != distance(b, a) {
				t.Errorf("distance(%q, %q) is not symmetric", a, b)
			}
			if (d == 0) != (a == b) {
				t.Errorf("distance(%q, %q) = %d", a, b, d)
			}
		}
	}
	if d := distance("list", "lits"); d != 1 {
		t.Errorf("a swap of neighbours costs %d, want 1", d)
	}
}
