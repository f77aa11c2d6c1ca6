package meter

import (
	"os"
	"strconv"
	"testing"

	"golang.org/x/sys/unix"
)

func TestSpreadHoldsTheBusiestThreadsApart(t *testing.T) {
	var own unix.CPUSet
	if err := unix.SchedGetaffinity(0, &own); err != nil {
		t.Fatal(err)
	}
	if own.Count() < 2 {
		t.Skip("one CPU: there is nothing to hold apart")
	}
	c := begin(t, "burns", 2)
	if _, err := c.Run(t.Context(), c.task(t, "burn in 3"), runTime); err != nil {
		t.Fatal(err)
	}
	pid, used := c.group.PID(), map[int]int64{}
	if !spread(pid, 2, used) {
		t.Fatal("no two threads were told apart")
	}
	threads, err := os.ReadDir("/proc/" + strconv.Itoa(pid) + "/task")
	if err != nil {
		t.Fatal(err)
	}
	held := map[int]int{} // threads by the one CPU that they are held on
	free := 0
	for _, th := range threads {
		id, err := strconv.Atoi(th.Name())
		if err != nil {
			t.Fatal(err)
		}
		var set unix.CPUSet
		if err := unix.SchedGetaffinity(id, &set); err != nil {
			continue // it ended
		}
		switch cpus := list(set); {
		case len(cpus) == 1:
			held[cpus[0]]++
		case set == own:
			free++
		default:
			t.Errorf("thread %d may use %v", id, cpus)
		}
		if used[id] == 0 && len(list(set)) == 1 {
			t.Errorf("thread %d is held, and has done nothing", id)
		}
	}
	if len(held) != 2 || held[list(own)[0]] != 1 || held[list(own)[1]] != 1 || free == 0 {
		t.Errorf("held %v, %d free: want one thread on each of two CPUs, and the others free", held, free)
	}
	if out, err := c.Run(t.Context(), c.task(t, "burn in 3"), runTime); err != nil || out.Sample.CPU == 0 {
		t.Errorf("a run after it: %+v, %v", out.Sample, err)
	}
	if spread(0, 2, used) {
		t.Error("threads of no process were told apart")
	}
}
