package cli

import (
	"testing"
	"time"

	"gokata/cmd/internal/progress"
	"gokata/lessons"
)

func TestAKataIsDoneWhenPassedGivenUpOrBeyondTheMachine(t *testing.T) {
	const slug = "parallel-sum"
	tests := []struct {
		name   string
		events []progress.Event
		want   bool
	}{
		{"not begun", nil, false},
		{"begun", []progress.Event{progress.StartedKata(slug)}, false},
		{"failed", []progress.Event{progress.CheckedKata(slug, "fail", "serial", nil, 0)}, false},
		{"a noisy machine", []progress.Event{progress.CheckedKata(slug, "inconclusive", "noisy-machine", nil, 0)}, false},
		{"one CPU", []progress.Event{progress.CheckedKata(slug, "inconclusive", "too-few-cores", nil, 0)}, true},
		{"passed", []progress.Event{progress.CheckedKata(slug, "pass", "ok", nil, 0)}, true},
		{"passed once, then failed", []progress.Event{
			progress.CheckedKata(slug, "pass", "ok", nil, 0), progress.CheckedKata(slug, "fail", "serial", nil, 0),
		}, true},
		{"a hint seen", []progress.Event{progress.ShowedHint(slug, 3)}, false},
		{"the solution seen", []progress.Event{progress.ShowedSolution(slug)}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.events {
				tt.events[i].ID = tt.name + string(rune('a'+i))
				tt.events[i].At = time.Unix(int64(i), 0)
			}
			j := &journey{state: progress.Fold(tt.events)}
			if got := j.done(lessons.Step{Kind: lessons.StepKata, ID: slug}); got != tt.want {
				t.Errorf("done = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTheCourseIsWalkedStepByStepToItsEnd(t *testing.T) {
	env, _, _ := world(t, nil)
	a := newApp(env, nil)
	j, err := a.journey(writing)
	if err != nil {
		t.Fatal(err)
	}
	before := -1
	for range j.steps {
		step, ok := j.current()
		if !ok {
			t.Fatal("the course ended early")
		}
		done, of := a.share(j)
		if done <= before || done >= of {
			t.Fatalf("at %v: %d of %d done, %d before", step, done, of, before)
		}
		before = done
		switch step.Kind {
		case lessons.StepLesson:
			err = j.add(progress.ReadLesson(step.ID))
		case lessons.StepKata:
			err = j.add(progress.CheckedKata(step.ID, "pass", "ok", nil, time.Second))
		default:
			for _, q := range j.open(step) {
				if err := j.answered(q, q.Grade(q.Model()), 0); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := j.reload(); err != nil {
			t.Fatal(err)
		}
	}
	if step, ok := j.current(); ok {
		t.Errorf("all is done, and the next step is %v", step)
	}
	if done, of := a.share(j); done != of {
		t.Errorf("%d of %d done", done, of)
	}
}
