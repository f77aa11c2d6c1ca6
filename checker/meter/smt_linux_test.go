package meter

import (
	"fmt"
	"slices"
	"testing"
)

// tree is a fake /sys/devices/system/cpu.
type tree map[string]string

func (t tree) read(file string) string { return t[file] }

// siblings makes a tree in which each CPU names its siblings.
func siblings(lists ...string) tree {
	t := tree{}
	for cpu, list := range lists {
		t[fmt.Sprintf("cpu%d/topology/thread_siblings_list", cpu)] = list + "\n"
	}
	return t
}

func TestCPUsThatNameTheSameSiblingsAreOneCore(t *testing.T) {
	laptop := siblings("0,4", "1,5", "2,6", "3,7", "0,4", "1,5", "2,6", "3,7")
	hybrid := siblings("0-1", "0-1", "2-3", "2-3", "4", "5", "6", "7") // performance and efficiency cores
	for _, w := range []struct {
		name string
		tree tree
		cpus []int
		want int
	}{
		{"no SMT", siblings("0", "1"), []int{0, 1}, 2},
		{"all of a laptop", laptop, []int{0, 1, 2, 3, 4, 5, 6, 7}, 4},
		{"taskset on two siblings", laptop, []int{1, 5}, 1},
		{"taskset on two cores", laptop, []int{1, 6}, 2},
		{"one CPU", laptop, []int{0}, 1},
		{"performance and efficiency cores", hybrid, []int{0, 1, 2, 3, 4, 5, 6, 7}, 6},
		{"two threads of one", hybrid, []int{2, 3}, 1},
		{"hidden", tree{}, []int{0, 1}, 0},
		{"half hidden", siblings("0"), []int{0, 1}, 0},
		{"mask not known", laptop, nil, 0},
	} {
		if got := coresOf(w.cpus, w.tree.read); got != w.want {
			t.Errorf("%s: %d cores, want %d", w.name, got, w.want)
		}
	}
}

func TestTheGovernorOfTheAllowedCPUsIsNamed(t *testing.T) {
	files := tree{
		"cpu0/cpufreq/scaling_governor": "powersave\n",
		"cpu1/cpufreq/scaling_governor": "powersave\n",
		"cpu2/cpufreq/scaling_governor": "performance\n",
	}
	for _, w := range []struct {
		cpus []int
		want string
	}{
		{[]int{0, 1}, "powersave"},
		{[]int{2}, "performance"},
		{[]int{0, 1, 2}, "performance, powersave"},
		{[]int{3}, ""},
		{nil, ""},
	} {
		if got := governorOf(w.cpus, files.read); got != w.want {
			t.Errorf("%v: %q, want %q", w.cpus, got, w.want)
		}
	}
}

func TestAListOfCPUsIsReadAsTheKernelWritesIt(t *testing.T) {
	for list, want := range map[string][]int{
		"0\n":               {0},
		"0-1\n":             {0, 1},
		"0-2,5,8-9\n":       {0, 1, 2, 5, 8, 9},
		"":                  nil,
		"\n":                nil,
		"a-b":               nil,
		"3-1":               nil,
		"-1":                nil,
		"0-9999999":         nil,
		"0,":                nil,
		"0-3,99999999999-1": nil,
	} {
		if got := cpuList(list); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", list, got, want)
		}
	}
}

func FuzzCPUList(f *testing.F) {
	for _, seed := range []string{"0-1", "0-2,5", "0-16383,0-16383", "9-", ","} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, list string) {
		for _, cpu := range cpuList(list) {
			if cpu < 0 || cpu >= mostCPUs {
				t.Fatalf("%q: CPU %d", list, cpu)
			}
		}
	})
}

func TestThisMachineHasNoMoreCoresThanCPUs(t *testing.T) {
	m := Look()
	if m.Cores > m.CPUs || m.Online != 0 && m.Online < m.CPUs {
		t.Errorf("%d cores, %d CPUs of %d online", m.Cores, m.CPUs, m.Online)
	}
	if n := len(allowed()); n != m.CPUs {
		t.Errorf("%d CPUs in the mask, the runtime counts %d", n, m.CPUs)
	}
}

func BenchmarkLook(b *testing.B) {
	for b.Loop() {
		if m := Look(); m.P < 1 {
			b.Fatal(m)
		}
	}
}
