package review

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// TestAgreesWithAnotherImplementation replays histories that ts-fsrs 5.4.2 has
// gone through; testdata/reference.mjs writes them. It rounds to 8 decimals at
// each step, hence the tolerance.
func TestAgreesWithAnotherImplementation(t *testing.T) {
	b, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var histories [][]struct {
		Days, Interval                int
		Grade                         Grade
		Recall, Stability, Difficulty float64
	}
	if err := json.Unmarshal(b, &histories); err != nil {
		t.Fatal(err)
	}
	if len(histories) < 50 {
		t.Fatalf("%d histories: they are gone", len(histories))
	}
	alike := func(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(1, math.Abs(b)) }
	for i, steps := range histories {
		var m Memory
		for n, s := range steps {
			if r := m.Recall(float64(s.Days)); !alike(r, s.Recall) {
				t.Errorf("history %d, step %d: recall %v, want %v", i, n, r, s.Recall)
			}
			m = m.Next(s.Days, s.Grade)
			if !alike(m.Stability, s.Stability) || !alike(m.Difficulty, s.Difficulty) {
				t.Fatalf("history %d, step %d: %+v, want %+v", i, n, m, s)
			}
			if got := m.Interval(0.9); got != s.Interval {
				t.Errorf("history %d, step %d: interval %d, want %d", i, n, got, s.Interval)
			}
		}
	}
}

func TestWhatMustHoldOfEveryMemory(t *testing.T) {
	for g := Again; g <= Easy; g++ {
		m := Memory{}.Next(0, g)
		for range 40 {
			for next := Again; next <= Easy; next++ {
				for _, days := range []int{0, 1, 30, 100_000} {
					n := m.Next(days, next)
					if !(n.Stability >= leastStability && n.Stability <= mostStability && n.Difficulty >= 1 && n.Difficulty <= 10) {
						t.Fatalf("%+v after %d days, grade %d: %+v", m, days, next, n)
					}
					if next >= Hard && n.Stability < m.Stability {
						t.Errorf("%+v was known after %d days, and is less stable: %+v", m, days, n)
					}
					if next == Again && n.Stability > m.Stability {
						t.Errorf("%+v was not known after %d days, and is more stable: %+v", m, days, n)
					}
				}
			}
			if r := m.Recall(m.Stability); math.Abs(r-0.9) > 1e-9 {
				t.Errorf("%+v: recall %v after as many days as its stability", m, r)
			}
			if near, far := m.Interval(0.95), m.Interval(0.8); near > far {
				t.Errorf("%+v: due after %d days for 95 %%, and after %d for 80 %%", m, near, far)
			}
			m = m.Next(m.Interval(0.9), g)
		}
	}
	if r := (Memory{}).Recall(3); r != 0 {
		t.Errorf("what was never asked is known with %v", r)
	}
}
