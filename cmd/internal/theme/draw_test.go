package theme

import "testing"

func TestBarIsFullOnlyWhenAllIsDone(t *testing.T) {
	tests := []struct {
		done, of int
		want     string
		percent  int
	}{
		{0, 0, "░░░░░░░░░░", 0},
		{0, 5, "░░░░░░░░░░", 0},
		{1, 3, "▓▓▓░░░░░░░", 33},
		{199, 200, "▓▓▓▓▓▓▓▓▓░", 99},
		{5, 5, "▓▓▓▓▓▓▓▓▓▓", 100},
	}
	for _, tt := range tests {
		if got := (Theme{}).Bar(tt.done, tt.of); got != tt.want {
			t.Errorf("Bar(%d, %d) = %s, want %s", tt.done, tt.of, got, tt.want)
		}
		if got := Percent(tt.done, tt.of); got != tt.percent {
			t.Errorf("Percent(%d, %d) = %d, want %d", tt.done, tt.of, got, tt.percent)
		}
	}
}

func TestSparkline(t *testing.T) {
	for _, c := range []struct {
		values []int
		most   int
		want   string
	}{
		{nil, 0, ""},
		{[]int{0, 0}, 0, "▁▁"},
		{[]int{0, 1, 50, 99, 100, 101, -1}, 100, "▁▁▅███▁"},
	} {
		if got := (Theme{}).Sparkline(c.values, c.most); got != c.want {
			t.Errorf("%v of %d: %s, want %s", c.values, c.most, got, c.want)
		}
	}
}

func TestNothingIsDrawnWhereNothingCanBe(t *testing.T) {
	d := Theme{Dumb: true}
	if got := d.Bar(1, 2) + d.Stripe(5); got != "" {
		t.Errorf("drawn: %q", got)
	}
	if got := d.Sparkline([]int{1, 20}, 20); got != "1 20" {
		t.Errorf("%q", got)
	}
	if d.Sign("✓", "passed") != "passed" || (Theme{}).Sign("✓", "passed") != "✓" {
		t.Error("the word stands for the sign where nothing is drawn, and only there")
	}
}
