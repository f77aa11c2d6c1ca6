package verdict

import (
	"fmt"
	"strings"

	"gokata/checker/evidence"
)

// doubts are what the figures of a benchmark do not say, and why; s is nil
// where nothing could be judged.
func doubts(b evidence.Bench, m evidence.Machine, s *subject) []Remark {
	var list []Remark
	add := func(format string, args ...any) {
		list = append(list, Remark{Topic: Doubt, Text: fmt.Sprintf(format, args...)})
	}
	good, throttled := 0, 0
	for _, r := range b.Rounds {
		if r.Discarded == "" {
			good++
		} else {
			throttled++
		}
	}
	if throttled > 0 {
		add("%d of %d rounds do not count: in them this process was stopped by its CPU quota.", throttled, len(b.Rounds))
	}
	if b.Odd > 0 {
		add("%d samples were left out: their CPU time was none, or more than all CPUs have.", b.Odd)
	}
	if good > 0 && good < Quorum {
		add("An interval takes %d rounds; there are %d (--count and --time say how many).", Quorum, good)
	}
	if above := aboveCPUs(b, m); above != "" {
		add("GOMAXPROCS=%s is above the %.3g CPUs that there are: no speed-up can come from it.", above, cpusOf(m))
	}
	if Paused(b) {
		add("It stops its timer while it works on. CPU time and traces cover that too, so that they tell of more than the time per operation does.")
	}
	if s == nil {
		return list
	}
	if one := s.one; one != nil && one.Busy != nil && one.Busy.atLeast(1.15) {
		add("At GOMAXPROCS=1 it keeps %.2f CPUs busy: something runs beside Go, such as cgo or another process. The speed-up does not show that.", one.Busy.Mid)
	}
	switch {
	case b.NoTrace != "":
		add("There is no trace: %s.", b.NoTrace)
	case s.trace == nil && s.setup > 1-covered:
		add("Of the traced run %.0f %% was preparation, so that the trace says nothing of the iterations.", 100*s.setup)
	}
	return list
}

// aboveCPUs lists the values of GOMAXPROCS above the number of CPUs.
func aboveCPUs(b evidence.Bench, m evidence.Machine) string {
	var above []string
	for _, p := range b.Procs {
		if float64(p) > cpusOf(m) && m.CPUs > 0 {
			above = append(above, fmt.Sprint(p))
		}
	}
	return strings.Join(above, ", ")
}
