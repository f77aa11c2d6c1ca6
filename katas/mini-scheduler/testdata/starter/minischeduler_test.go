package minischeduler

import (
	"slices"
	"testing"
)

func TestSmallGraphs(t *testing.T) {
	tests := []struct {
		name  string
		p     int
		tasks []Task
		want  Trace
	}{
		{"no tasks", 2, nil, Trace{}},
		{
			"five tasks on one processor: 4 is in the slot, 0 to 3 in the queue",
			1, []Task{{Cost: 1}, {Cost: 1}, {Cost: 1}, {Cost: 1}, {Cost: 1}},
			Trace{
				Runs:   []Run{{0, 1}, {0, 2}, {0, 3}, {0, 4}, {0, 0}},
				Rounds: 5,
			},
		},
		{
			"processor 1 steals 0 and 1 of 0 to 3",
			2, []Task{{Cost: 1}, {Cost: 1}, {Cost: 1}, {Cost: 1}, {Cost: 2}},
			Trace{
				Runs:   []Run{{1, 0}, {1, 1}, {0, 2}, {1, 2}, {0, 0}},
				Rounds: 3, Steals: 2,
			},
		},
		{
			"task 2 has to wait for both of the others",
			2, []Task{{Cost: 1}, {Cost: 3}, {Cost: 1, After: []int{0, 1}}},
			Trace{
				Runs:   []Run{{1, 0}, {0, 0}, {0, 3}},
				Rounds: 4, Steals: 1,
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Simulate(tt.p, tt.tasks)
			if !slices.Equal(got.Runs, tt.want.Runs) || got.Rounds != tt.want.Rounds || got.Steals != tt.want.Steals {
				t.Errorf("Simulate(%d, %v):\n got %+v,\nwant %+v", tt.p, tt.tasks, got, tt.want)
			}
		})
	}
}
