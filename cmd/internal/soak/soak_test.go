package soak

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gokata/checker/report"
	"gokata/checker/verdict"
	"gokata/katas"
)

// loaded is a kata with its variants.
func loaded(t testing.TB, slug string) (*katas.Kata, []Variant) {
	t.Helper()
	k, err := katas.Load(slug)
	if err != nil {
		t.Fatal(err)
	}
	return k, Variants(k)
}

func passed(context.Context, Variant) (report.Report, error) {
	return report.Report{Verdict: verdict.Verdict{Outcome: verdict.Pass, Reason: verdict.OK}}, nil
}

func nothing(Trial) error { return nil }

func TestRunCountsEveryTrial(t *testing.T) {
	k, variants := loaded(t, "parallel-sum")
	if len(variants) != 2+len(k.Wrong) || !variants[1].MayPass() {
		t.Fatalf("variants: %+v", variants)
	}
	for _, atOnce := range []int{0, 1, 3} {
		n := 0
		tallies, err := Run(t.Context(), variants, Plan{Repeat: 3, AtOnce: atOnce}, func(ctx context.Context, v Variant) (report.Report, error) {
			switch v.Name {
			case katas.Starter:
				return report.Report{}, errors.New("broken")
			case katas.WrongVariant(k.Wrong[1].Name):
				panic("gone wrong")
			}
			return passed(ctx, v)
		}, func(Trial) error { n++; return nil })
		if err != nil || n != 3*len(variants) {
			t.Fatalf("%d trials, %v", n, err)
		}
		for i, want := range []Kind{Broken, Right, FalsePass, Broken} {
			s := tallies[i]
			if s.Counts[want] != 3 || s.Trials != 3 || s.Bad() != 3-s.Counts[Right] {
				t.Errorf("%d at once, %s: %+v, want 3 %s", atOnce, s.Name, s, want)
			}
		}
		if odd := strings.Join(tallies[3].Odd, " "); !strings.Contains(odd, "gone wrong") {
			t.Errorf("a panic left %q", odd)
		}
	}
}

func TestSoManyChecksRunAtOnceAndNoMore(t *testing.T) {
	const atOnce = 3
	var inside, most atomic.Int64
	var meet sync.WaitGroup // as many checks as may be under way must meet
	meet.Add(atOnce)
	var first atomic.Int64
	_, err := Run(t.Context(), make([]Variant, 12), Plan{Repeat: 2, AtOnce: atOnce}, func(ctx context.Context, v Variant) (report.Report, error) {
		n := inside.Add(1)
		defer inside.Add(-1)
		for {
			m := most.Load()
			if n <= m || most.CompareAndSwap(m, n) {
				break
			}
		}
		if first.Add(1) <= atOnce {
			meet.Done()
			meet.Wait()
		}
		return passed(ctx, v)
	}, nothing)
	if err != nil || most.Load() != atOnce {
		t.Errorf("%d at once, want %d; %v", most.Load(), atOnce, err)
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	n, told := 0, 0
	_, err := Run(ctx, make([]Variant, 3), Plan{Repeat: 100}, func(context.Context, Variant) (report.Report, error) {
		if n++; n == 5 {
			cancel()
		}
		return report.Report{}, nil
	}, func(Trial) error { told++; return nil })
	if !errors.Is(err, context.Canceled) || n != 5 || told != 4 {
		t.Errorf("%d checks, %d told, %v; the trial that was cut off must not count", n, told, err)
	}
}

func TestRunEndsWithTheFirstTrialThatCannotBeNoted(t *testing.T) {
	full := errors.New("disk full")
	n := 0
	_, err := Run(t.Context(), make([]Variant, 3), Plan{Repeat: 100}, passed, func(Trial) error {
		if n++; n == 4 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || n != 4 {
		t.Errorf("%d trials, %v", n, err)
	}
}

// The first trial lasts until after the end: it counts, and is the last.
func TestNoTrialBeginsAfterTheEndAndThoseUnderWayCount(t *testing.T) {
	n := 0
	until := time.Now().Add(100 * time.Millisecond)
	tallies, err := Run(t.Context(), make([]Variant, 2), Plan{Repeat: 1_000_000, Until: until}, func(ctx context.Context, v Variant) (report.Report, error) {
		for !time.Now().After(until) {
			time.Sleep(time.Millisecond)
		}
		return passed(ctx, v)
	}, func(Trial) error { n++; return nil })
	if err != nil || n > 1 || tallies[0].Trials+tallies[1].Trials != n {
		t.Errorf("%d trials, %v", n, err)
	}
}

func TestEachRepeatTakesEveryVariantInAnotherOrder(t *testing.T) {
	variants := make([]Variant, 8)
	for i := range variants {
		variants[i].Name = katas.Variant('a' + rune(i))
	}
	orders := map[int]string{}
	_, err := Run(t.Context(), variants, Plan{Repeat: 20}, passed, func(tr Trial) error {
		orders[tr.Repeat] += string(tr.Variant.Name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	different := map[string]bool{}
	for n, order := range orders {
		different[order] = true
		letters := []byte(order)
		slices.Sort(letters)
		if string(letters) != "abcdefgh" {
			t.Errorf("repeat %d: %s", n, order)
		}
	}
	if len(different) < 2 { // 20 equal orders of 8: one in 10^87
		t.Errorf("always the same order: %v", orders)
	}
}
