package soak

import (
	"fmt"
	"slices"
	"time"

	"gokata/checker/report"
)

// Tally counts the trials of one variant.
type Tally struct {
	Variant
	Trials  int
	Counts  map[Kind]int
	Elapsed []time.Duration
	Odd     []string // what was not right, in words, at most five
}

// False is the number of trials with the opposite of the expected verdict.
func (t *Tally) False() int { return t.Counts[FalsePass] + t.Counts[FalseFail] }

// Bad is the number of trials that must not happen.
func (t *Tally) Bad() int { return t.Counts[OtherReason] + t.False() + t.Counts[Broken] }

// Median is the middle of the times to verdict, 0 without trials.
func (t *Tally) Median() time.Duration {
	if len(t.Elapsed) == 0 {
		return 0
	}
	s := slices.Sorted(slices.Values(t.Elapsed))
	return s[len(s)/2]
}

func (t *Tally) add(r report.Report, err error) Kind {
	t.Trials++
	kind := Broken
	note := ""
	if err == nil {
		kind = t.Judge(r.Verdict)
		t.Elapsed = append(t.Elapsed, r.Elapsed)
		note = fmt.Sprintf("%s, %s after %d rounds: %s", r.Verdict.Outcome, r.Verdict.Reason, len(r.Evidence.Rounds), r.Verdict.Explanation)
	} else {
		note = err.Error()
	}
	if t.Counts == nil {
		t.Counts = map[Kind]int{}
	}
	t.Counts[kind]++
	if kind != Right && len(t.Odd) < 5 {
		t.Odd = append(t.Odd, note)
	}
	return kind
}
