package soak

import (
	"context"
	"errors"
	"testing"

	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/katas"
)

func TestAVerdictIsRightFalseOrLeftOpen(t *testing.T) {
	starter, solution := Variant{}, Variant{Pass: true, Reason: verdict.OK}
	wrong := Variant{Reason: verdict.Serial}
	for _, c := range []struct {
		name    string
		variant Variant
		outcome verdict.Outcome
		reason  verdict.Reason
		want    Kind
	}{
		{"the reference passes", solution, verdict.Pass, verdict.OK, Right},
		{"the reference fails", solution, verdict.Fail, verdict.Serial, False},
		{"the starter fails for any reason", starter, verdict.Fail, verdict.WrongAnswer, Right},
		{"the starter passes", starter, verdict.Pass, verdict.OK, False},
		{"a wrong solution fails for its reason", wrong, verdict.Fail, verdict.Serial, Right},
		{"a wrong solution fails for another reason", wrong, verdict.Fail, verdict.Race, OtherReason},
		{"a wrong solution passes", wrong, verdict.Pass, verdict.OK, False},
		{"noise is no verdict", wrong, verdict.Inconclusive, verdict.NoisyMachine, Inconclusive},
		{"nor is it for the reference", solution, verdict.Inconclusive, verdict.NoisyMachine, Inconclusive},
		{"an error is no verdict", wrong, verdict.Error, verdict.Internal, Inconclusive + 2},
	} {
		if got := c.variant.Judge(verdict.Verdict{Outcome: c.outcome, Reason: c.reason}); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestRunCountsEveryTrial(t *testing.T) {
	k, err := katas.Load("parallel-sum")
	if err != nil {
		t.Fatal(err)
	}
	variants := Variants(k)
	if len(variants) != 2+len(k.Wrong) || !variants[1].Pass {
		t.Fatalf("variants: %+v", variants)
	}
	n := 0
	tallies, err := Run(context.Background(), variants, 3, func(_ context.Context, v Variant) (report.Report, error) {
		if v.Name == katas.Starter {
			return report.Report{}, errors.New("broken")
		}
		return report.Report{Verdict: verdict.Verdict{Outcome: verdict.Pass, Reason: verdict.OK}}, nil
	}, func(Trial) { n++ })
	if err != nil || n != 3*len(variants) {
		t.Fatalf("%d trials, %v", n, err)
	}
	if s := tallies[0]; s.Counts[Broken] != 3 || s.Bad() != 3 || len(s.Odd) != 3 {
		t.Errorf("starter: %+v", s)
	}
	if s := tallies[1]; s.Counts[Right] != 3 || s.Bad() != 0 {
		t.Errorf("solution: %+v", s)
	}
	if s := tallies[2]; s.Counts[False] != 3 || s.Bad() != 3 {
		t.Errorf("wrong: %+v", s)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	variants := []Variant{{}, {}, {}}
	n := 0
	_, err := Run(ctx, variants, 100, func(context.Context, Variant) (report.Report, error) {
		if n++; n == 5 {
			cancel()
		}
		return report.Report{}, nil
	}, func(Trial) {})
	if !errors.Is(err, context.Canceled) || n != 5 {
		t.Errorf("%d checks, %v", n, err)
	}
}
