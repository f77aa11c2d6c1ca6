// Package soak checks katas against their own variants, again and again: the
// starter and every wrong solution must fail, the reference must pass. It
// counts what the checker says, and what it says falsely.
//
//	katas -> trials, interleaved -> check -> outcome -> tally
package soak

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/katas"
)

// Variant is one folder of a kata and the verdict that it must get.
type Variant struct {
	Kata   *katas.Kata
	Name   katas.Variant
	Pass   bool
	Reason verdict.Reason // of a fail; empty: any
}

// Variants lists what a kata has to show for itself.
func Variants(k *katas.Kata) []Variant {
	all := []Variant{
		{Kata: k, Name: katas.Starter},
		{Kata: k, Name: katas.Solution, Pass: true, Reason: verdict.OK},
	}
	for _, w := range k.Wrong {
		all = append(all, Variant{Kata: k, Name: katas.WrongVariant(w.Name), Reason: verdict.Reason(w.Reason)})
	}
	return all
}

// Want is the expected verdict in words.
func (v Variant) Want() string {
	switch {
	case v.Pass:
		return "pass"
	case v.Reason == "":
		return "fail"
	}
	return "fail, " + string(v.Reason)
}

// Kind says what one trial turned out to be.
type Kind int

const (
	Right        Kind = iota
	Inconclusive      // allowed, and counted
	OtherReason       // a fail as expected, explained wrongly
	False             // a pass that must fail, or a fail that must pass
	Broken            // the check itself failed
)

// Judge compares a verdict with what the variant must get.
func (v Variant) Judge(got verdict.Verdict) Kind {
	switch {
	case got.Outcome == verdict.Inconclusive:
		return Inconclusive
	case (got.Outcome == verdict.Pass) != v.Pass, got.Outcome == verdict.Error:
		return False
	case v.Reason != "" && got.Reason != v.Reason:
		return OtherReason
	}
	return Right
}

// Tally counts the trials of one variant.
type Tally struct {
	Variant
	Trials  int
	Counts  [Broken + 1]int
	Elapsed []time.Duration
	Odd     []string // what was not right, in words, at most five
}

// Bad is the number of trials that must not happen.
func (t *Tally) Bad() int { return t.Counts[OtherReason] + t.Counts[False] + t.Counts[Broken] }

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
	t.Counts[kind]++
	if kind != Right && len(t.Odd) < 5 {
		t.Odd = append(t.Odd, note)
	}
	return kind
}

// Trial is one check as it ends.
type Trial struct {
	Variant Variant
	Repeat  int // counts from 1
	Kind    Kind
	Report  report.Report
	Err     error
}

// Run checks every variant repeat times, the variants interleaved, so that a
// minute of noise falls on all of them. It ends early only with the context.
func Run(ctx context.Context, variants []Variant, repeat int,
	check func(context.Context, Variant) (report.Report, error), done func(Trial)) ([]*Tally, error) {
	tallies := make([]*Tally, len(variants))
	for i, v := range variants {
		tallies[i] = &Tally{Variant: v}
	}
	for n := range repeat {
		for _, t := range tallies {
			r, err := check(ctx, t.Variant)
			if ctx.Err() != nil {
				return tallies, ctx.Err()
			}
			kind := t.add(r, err)
			done(Trial{Variant: t.Variant, Repeat: n + 1, Kind: kind, Report: r, Err: err})
		}
	}
	return tallies, nil
}
