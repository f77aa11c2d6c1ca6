package meter

import (
	"testing"
	"time"

	"gokata/checker/evidence"
)

func TestTheAnswerIsTakenAsItStandsWhenTheRunReturns(t *testing.T) {
	t.Parallel()
	c := begin(t, "adds-later", 2)
	for range 5 {
		out, err := c.run(t, t.Context(), "adds later", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if out.Result.Text == "false" {
			return
		}
		t.Logf("a delay of 20 ms between the return and the answer: %s", out.Result.Text)
	}
	t.Error("what a goroutine added after the return was taken for the answer, five times")
}

func TestWorkBetweenRunsShowsInTheNext(t *testing.T) {
	c := begin(t, "adds-later", 2)
	early := func(before string) int64 {
		if _, err := c.run(t, t.Context(), before, time.Minute); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond) // the timer's work comes to an end
		out, err := c.run(t, t.Context(), "rests", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		return out.Sample.Early
	}
	for tries := 0; ; tries++ {
		idle, busy := early("rests"), early("works on by a timer")
		if busy > 5*max(idle, int64(time.Millisecond)) {
			return
		}
		if tries == 20 {
			t.Fatalf("before go: %d ns after a run that works on, %d after one that rests", busy, idle)
		}
	}
}

func TestALeakIsToldOfOneRun(t *testing.T) {
	t.Parallel()
	var o Outcome
	if w := o.left(evidence.CaseRun{}); w != nil {
		t.Errorf("%+v where nothing is left", *w)
	}
	o.Rest.Goroutines = 3
	if w := o.left(evidence.CaseRun{Name: "a", Procs: 2}); w == nil || w.Failed != evidence.Leak || w.Name != "a" || w.Procs != 2 {
		t.Errorf("%+v", w)
	}
}

func TestAllCasesTogetherHaveATimeOfTheirOwn(t *testing.T) {
	t.Parallel()
	p := pair(t, "right")
	ref, err := Start(t.Context(), Config{Binary: p.Ref, Procs: 1})
	defer ref.Close()
	if err != nil {
		t.Fatal(err)
	}
	you, err := Start(t.Context(), Config{Binary: p.You, Procs: 1})
	defer you.Close()
	if err != nil {
		t.Fatal(err)
	}
	a := Answers{left: 0} // it is used up
	done, err := p.one(t.Context(), &a, parallel(), ref, []*Child{you}, Task{Seed: 1}, 1)
	if err != nil || !done || a.Failed == nil || a.Failed.Failed != evidence.Timeout {
		t.Errorf("done %v, %v, %+v", done, err, a.Failed)
	}
	// On a machine that gave the program hardly any CPU time nothing follows.
	a = Answers{left: 0, hungry: casesTime}
	you2, err := Start(t.Context(), Config{Binary: p.You, Procs: 1})
	defer you2.Close()
	if err != nil {
		t.Fatal(err)
	}
	done, err = p.one(t.Context(), &a, parallel(), ref, []*Child{you2}, Task{Seed: 1}, 1)
	if err != nil || !done || a.Failed == nil || a.Failed.Failed != evidence.Starved {
		t.Errorf("starved: done %v, %v, %+v", done, err, a.Failed)
	}
}
