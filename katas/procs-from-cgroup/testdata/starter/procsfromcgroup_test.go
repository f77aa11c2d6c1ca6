package procsfromcgroup

import "testing"

func TestDefault(t *testing.T) {
	tests := []struct {
		name           string
		ncpu, affinity int
		cpuMax         string
		want           int
	}{
		{"no cgroup", 8, 8, "", 8},
		{"no limit", 8, 8, "max 100000\n", 8},
		{"a mask of four CPUs", 8, 4, "max 100000\n", 4},
		{"three CPUs", 8, 8, "300000 100000\n", 3},
		{"two and a half", 8, 8, "250000 100000\n", 3},
		{"half a CPU", 8, 8, "50000 100000\n", 2},
		{"more than there are", 4, 4, "800000 100000\n", 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Default(tt.ncpu, tt.affinity, tt.cpuMax); got != tt.want {
				t.Errorf("Default(%d, %d, %q) = %d, want %d", tt.ncpu, tt.affinity, tt.cpuMax, got, tt.want)
			}
		})
	}
}
