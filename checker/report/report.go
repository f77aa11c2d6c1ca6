// Package report shows what a check found: to a person in a terminal (Text) and
// to a program (JSON). It decides nothing; all it says stands in the evidence
// and in the verdict.
//
// Text goes from the verdict to its grounds: a headline, bars of wall and CPU
// time, the figures against their limits, what it means, the learner's own
// line, the next step, and last what each of the three witnesses says.
//
//	Report -> page (wrapped, escaped, styled lines) -> writer
package report

import (
	"cmp"
	"slices"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// Report is all that a check has to say.
type Report struct {
	Evidence evidence.Evidence
	Verdict  verdict.Verdict
	Elapsed  time.Duration // of the whole check; 0 means Evidence.Elapsed
	// Files are the learner's files as they were checked, by name, so that
	// lines can be quoted. A file that is missing here is not quoted.
	Files map[string]string
}

func (r Report) elapsed() time.Duration { return cmp.Or(r.Elapsed, r.Evidence.Elapsed) }

// counted gives the rounds that count.
func (r Report) counted() []evidence.Round {
	var rounds []evidence.Round
	for _, round := range r.Evidence.Rounds {
		if round.Discarded == "" {
			rounds = append(rounds, round)
		}
	}
	return rounds
}

// role picks the runs of one role from a round.
func role(round evidence.Round, who evidence.Role) map[int]evidence.Sample {
	if who == evidence.Ref {
		return round.Ref
	}
	return round.You
}

// procs gives the values of GOMAXPROCS that were measured, least first.
func procs(rounds []evidence.Round) []int {
	seen := map[int]bool{}
	var all []int
	for _, round := range rounds {
		for _, who := range []evidence.Role{evidence.You, evidence.Ref} {
			for p := range role(round, who) {
				if !seen[p] {
					seen[p] = true
					all = append(all, p)
				}
			}
		}
	}
	slices.Sort(all)
	return all
}

// median gives the median of what pick takes from the runs of who at p; ok is
// false if there are none.
func median[T cmp.Ordered](rounds []evidence.Round, who evidence.Role, p int, pick func(evidence.Sample) (T, bool)) (mid T, ok bool) {
	var all []T
	for _, round := range rounds {
		if sample, ran := role(round, who)[p]; ran {
			if value, known := pick(sample); known {
				all = append(all, value)
			}
		}
	}
	if len(all) == 0 {
		return mid, false
	}
	slices.Sort(all)
	return all[len(all)/2], true
}

func wall(s evidence.Sample) (int64, bool) { return s.Wall, true }
func cpu(s evidence.Sample) (int64, bool)  { return s.CPU, true }

// fact picks a figure that the harness counted.
func fact(name string) func(evidence.Sample) (float64, bool) {
	return func(s evidence.Sample) (float64, bool) {
		value, ok := s.Facts[name]
		return value, ok
	}
}

// witnesses gives the verdict's witnesses as wall, cpu, trace; one that was not
// heard is unavailable.
func witnesses(v verdict.Verdict) [3]verdict.Witness {
	var three [3]verdict.Witness
	for i, name := range []string{"wall", "cpu", "trace"} {
		three[i] = verdict.Witness{Name: name, Says: unavailable}
		for _, w := range v.Witnesses {
			if w.Name == name {
				three[i] = w
			}
		}
	}
	return three
}

// What a witness may say.
const (
	parallel    = "parallel"
	unavailable = "unavailable"
)
