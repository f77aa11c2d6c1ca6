package meter

import (
	"bytes"
	"cmp"
	"os"
	"slices"
	"strconv"

	"golang.org/x/sys/unix"
)

// spread puts the threads of a process that have used the most CPU time since
// the last call, one for each P, on CPUs of their own, and lets the others go
// where they like. Beside busy neighbours the system often runs all threads of
// a program on one CPU, by turns, where goroutines that fight for memory do
// not get in each other's way: spread out, they do. Used is what each thread
// had used before, by thread; it is brought up to date. It says whether as many
// threads as CPUs were told apart.
func spread(pid, procs int, used map[int]int64) bool {
	var own unix.CPUSet
	if err := unix.SchedGetaffinity(0, &own); err != nil {
		return false
	}
	dir := "/proc/" + strconv.Itoa(pid) + "/task"
	tasks, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	type thread struct {
		id  int
		ran int64 // since the last call, ns
	}
	var threads []thread
	for _, t := range tasks {
		id, err1 := strconv.Atoi(t.Name())
		b, err2 := os.ReadFile(dir + "/" + t.Name() + "/schedstat")
		fields := bytes.Fields(b)
		if err1 != nil || err2 != nil || len(fields) == 0 {
			continue // it ended in between
		}
		ran, err := strconv.ParseInt(string(fields[0]), 10, 64)
		if err != nil {
			return false
		}
		threads = append(threads, thread{id, ran - used[id]})
		used[id] = ran
	}
	slices.SortFunc(threads, func(a, b thread) int { return cmp.Compare(b.ran, a.ran) })
	cpus := list(own)
	apart := min(procs, len(cpus), len(threads))
	for i, t := range threads {
		set := own
		if i < apart {
			set.Zero()
			set.Set(cpus[i])
		}
		if err := unix.SchedSetaffinity(t.id, &set); err != nil && i < apart {
			return false
		}
	}
	return apart >= min(procs, len(cpus))
}

// list gives the CPUs of a set, ascending.
func list(set unix.CPUSet) (cpus []int) {
	for i := 0; len(cpus) < set.Count(); i++ {
		if set.IsSet(i) {
			cpus = append(cpus, i)
		}
	}
	return cpus
}
