// Package hidden holds the cases of procs-from-cgroup: a table, and limits
// drawn at random. Numbers stay within what the kernel writes.
package hidden

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"check/probe"
	procsfromcgroup "check/solution"
)

// Suite lists the table first, so that the first failure is one short call.
func Suite() probe.Suite {
	cases := []probe.Case{
		{Name: "no cgroup", New: one(8, 8, "")},
		{Name: "no limit", New: one(8, 8, "max 100000\n")},
		{Name: "no limit, one CPU", New: one(1, 1, "max 100000\n")},
		{Name: "a mask smaller than the machine", New: one(64, 6, "max 100000\n")},
		{Name: "a mask smaller than the limit", New: one(64, 6, "1200000 100000\n")},
		{Name: "a mask larger than the machine", New: one(4, 16, "max 100000\n")},
		{Name: "a whole number of CPUs", New: one(16, 16, "500000 100000\n")},
		{Name: "two and a half CPUs", New: one(16, 16, "250000 100000\n")},
		{Name: "a little more than two CPUs", New: one(16, 16, "201000 100000\n")},
		{Name: "a little more than three CPUs", New: one(16, 16, "300001 100000\n")},
		{Name: "a little less than four CPUs", New: one(16, 16, "399999 100000\n")},
		{Name: "exactly two CPUs", New: one(16, 16, "200000 100000\n")},
		{Name: "one and a half CPUs", New: one(16, 16, "150000 100000\n")},
		{Name: "exactly one CPU", New: one(16, 16, "100000 100000\n")},
		{Name: "half a CPU", New: one(16, 16, "50000 100000\n")},
		{Name: "a hundredth of a CPU", New: one(16, 16, "1000 100000\n")},
		{Name: "half a CPU where there is one", New: one(1, 1, "50000 100000\n")},
		{Name: "half a CPU and a mask of one", New: one(16, 1, "50000 100000\n")},
		{Name: "one and a half CPUs where there is one", New: one(1, 4, "150000 100000\n")},
		{Name: "a limit larger than the machine", New: one(4, 4, "1600000 100000\n")},
		{Name: "a short period", New: one(16, 16, "3000 1000\n")},
		{Name: "a long period", New: one(16, 16, "7300000 1000000\n")},
		{Name: "an odd period", New: one(16, 16, "33333 8191\n")},
		{Name: "the largest quota", New: one(256, 256, "1000000000000 1000000\n")},
		{Name: "a line without its end", New: one(8, 8, "300000 100000")},
		{Name: "a quota alone", New: one(8, 8, "300000\n")},
		{Name: "an empty line", New: one(8, 8, "\n")},
		{Name: "a quota with a unit", New: one(8, 8, "300000us 100000\n")},
		{Name: "a period with a unit", New: one(8, 8, "300000 100000us\n")},
		{Name: "two spaces", New: one(8, 8, "300000  100000\n")},
		{Name: "three numbers", New: one(8, 8, "300000 100000 100000\n")},
		{Name: "words", New: one(8, 8, "three CPUs\n")},
		{Name: "80 limits drawn at random", New: random(anything)},
		{Name: "80 limits close to a whole number", New: random(nearWhole)},
		{Name: "80 small limits", New: random(small)},
	}
	return probe.Suite{Cases: cases}
}

// call is one question to Default.
type call struct {
	ncpu, affinity int
	cpuMax         string
}

func (c call) String() string {
	return fmt.Sprintf("Default(%d, %d, %q)", c.ncpu, c.affinity, c.cpuMax)
}

func (c call) ask() int { return procsfromcgroup.Default(c.ncpu, c.affinity, c.cpuMax) }

func one(ncpu, affinity int, cpuMax string) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		c, got := call{ncpu, affinity, cpuMax}, 0
		return probe.Task{
			Input:  c.String(),
			Run:    func() { got = c.ask() },
			Output: func() string { return strconv.Itoa(got) },
		}
	}
}

// random makes cases of 80 calls, with a line for each, so that a message can
// name the first that is wrong.
func random(limit func(r *rand.Rand, procs int) (quota, period int)) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		calls, got := make([]call, 80), make([]int, 80)
		for i := range calls {
			ncpu := 1 + r.IntN(128)
			affinity := 1 + r.IntN(128)
			quota, period := limit(r, min(ncpu, affinity))
			calls[i] = call{ncpu, affinity, fmt.Sprintf("%d %d\n", max(1000, quota), period)}
		}
		return probe.Task{
			Input: "80 calls",
			Run: func() {
				for i, c := range calls {
					got[i] = c.ask()
				}
			},
			Output: func() string {
				lines := make([]string, len(calls))
				for i, c := range calls {
					lines[i] = fmt.Sprintf("%v = %d", c, got[i])
				}
				return strings.Join(lines, "\n")
			},
		}
	}
}

// period is 100 ms, as almost everywhere, or what somebody else has set.
func period(r *rand.Rand) int {
	if r.IntN(2) == 0 {
		return 100_000
	}
	return 1000 + r.IntN(999_001)
}

// anything limits to up to a quarter more than there is.
func anything(r *rand.Rand, procs int) (quota, length int) {
	length = period(r)
	return r.IntN(length*procs*5/4 + 1), length
}

// nearWhole is a microsecond or none beside a whole number of CPUs.
func nearWhole(r *rand.Rand, procs int) (quota, length int) {
	length = period(r)
	return (1+r.IntN(procs))*length + r.IntN(3) - 1, length
}

func small(r *rand.Rand, _ int) (quota, length int) {
	length = period(r)
	return r.IntN(3 * length), length
}
