package letterfrequency

import (
	"maps"
	"strings"
	"testing"
)

func TestConcurrentFrequencyAgreesWithFrequency(t *testing.T) {
	tests := []struct {
		name  string
		texts []string
	}{
		{"no texts", nil},
		{"an empty text", []string{""}},
		{"two short texts", []string{"Freude, schöner", "Götterfunken"}},
		{"one text longer than the others together", []string{"a", strings.Repeat("Ode to joy, 歓喜の歌. ", 10_000), "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ConcurrentFrequency(tt.texts)
			// A space never becomes part of another letter, so it is safe to join
			// with, and easy to take away again.
			want := Frequency(strings.Join(tt.texts, " "))
			if want[' '] -= max(0, len(tt.texts)-1); want[' '] <= 0 {
				delete(want, ' ')
			}
			if !maps.Equal(got, want) {
				t.Errorf("ConcurrentFrequency: got %v, want %v", got, want)
			}
		})
	}
}
