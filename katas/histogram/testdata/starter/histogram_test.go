package histogram

import (
	"bytes"
	"testing"
)

func TestHistogramOfAFewBytes(t *testing.T) {
	tests := []struct {
		data string
		want map[byte]int
	}{
		{"", nil},
		{"a", map[byte]int{'a': 1}},
		{"banana", map[byte]int{'a': 3, 'b': 1, 'n': 2}},
		{"\x00\xff\x00", map[byte]int{0: 2, 255: 1}},
	}
	for _, tt := range tests {
		got := Histogram([]byte(tt.data))
		for b, n := range got {
			if n != tt.want[byte(b)] {
				t.Errorf("Histogram(%q)[%d] = %d, want %d", tt.data, b, n, tt.want[byte(b)])
			}
		}
	}
}

func TestHistogramOfManyBytes(t *testing.T) {
	data := append(bytes.Repeat([]byte("xyz"), 333_333), '!')
	got := Histogram(data)
	for b, want := range map[byte]int{'x': 333_333, 'y': 333_333, 'z': 333_333, '!': 1, 'a': 0} {
		if got[b] != want {
			t.Errorf("Histogram of %d bytes: %q occurs %d times, want %d", len(data), b, got[b], want)
		}
	}
}
