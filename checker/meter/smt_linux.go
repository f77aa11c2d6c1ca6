package meter

import (
	"os"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

const system = "/sys/devices/system/cpu"

// topology looks at the CPUs of the system and at those that this process may
// use; see evidence.Machine for what it gives.
func topology() (online, cores int, governor string) {
	read := func(file string) string {
		b, err := os.ReadFile(path.Join(system, file))
		if err != nil {
			return ""
		}
		return string(b)
	}
	may := allowed()
	return len(cpuList(read("online"))), coresOf(may, read), governorOf(may, read)
}

// allowed lists the CPUs of this process's affinity mask; none where there are
// more than the mask holds.
func allowed() (cpus []int) {
	var set unix.CPUSet
	if err := unix.SchedGetaffinity(0, &set); err != nil {
		return nil
	}
	const size = 1024 // CPU_SETSIZE
	for i := range size {
		if set.IsSet(i) {
			cpus = append(cpus, i)
		}
	}
	return cpus
}

// coresOf counts the physical cores behind some CPUs: CPUs of one core name
// the same siblings. It is 0 where one of them names none.
func coresOf(cpus []int, read func(file string) string) int {
	var seen []string
	for _, cpu := range cpus {
		siblings := strings.TrimSpace(read(path.Join("cpu"+strconv.Itoa(cpu), "topology/thread_siblings_list")))
		if siblings == "" {
			return 0
		}
		if !slices.Contains(seen, siblings) {
			seen = append(seen, siblings)
		}
	}
	return len(seen)
}

// governorOf names what chooses the frequency of some CPUs: "powersave", or all
// names where they differ: "performance, powersave". A virtual machine has none.
func governorOf(cpus []int, read func(file string) string) string {
	var seen []string
	for _, cpu := range cpus {
		name := strings.TrimSpace(read(path.Join("cpu"+strconv.Itoa(cpu), "cpufreq/scaling_governor")))
		if name != "" && !slices.Contains(seen, name) {
			seen = append(seen, name)
		}
	}
	slices.Sort(seen)
	return strings.Join(seen, ", ")
}

// mostCPUs bounds a list of CPUs; Linux itself knows 8192.
const mostCPUs = 1 << 14

// cpuList reads a list of CPUs as the kernel writes it: "0-3,8,10-11". What is
// malformed gives none.
func cpuList(list string) (cpus []int) {
	for part := range strings.SplitSeq(strings.TrimSpace(list), ",") {
		from, to, isRange := strings.Cut(part, "-")
		if !isRange {
			to = from
		}
		first, err1 := strconv.Atoi(from)
		last, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || first < 0 || last < first || last >= mostCPUs {
			return nil
		}
		for cpu := first; cpu <= last; cpu++ {
			cpus = append(cpus, cpu)
		}
		if len(cpus) > mostCPUs {
			return nil
		}
	}
	return cpus
}
