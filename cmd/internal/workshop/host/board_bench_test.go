package host

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"gokata/cmd/internal/workshop"
)

// seated puts many learners into a room at once, past the network.
func (s *hosted) seated(n int) {
	s.t.Helper()
	katas := s.course.katas
	for from := 0; from < n; from += 100 {
		err := s.desk.change(context.Background(), func(b *batch) error {
			for i := from; i < min(from+100, n); i++ {
				id, err := b.join(workshop.Learner{Name: fmt.Sprintf("Learner with a name %d", i)}, hashOf(fmt.Sprint("token ", i)))
				if err != nil {
					return err
				}
				for k, kata := range katas {
					if err := b.result(id, plausible(i, k, kata.Slug), b.now); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			s.t.Fatal(err)
		}
	}
}

// plausible is a result of a class.
func plausible(i, k int, kata string) workshop.Result {
	reasons := []string{"race", "serialised", "wrong-answer", "overhead", "imbalanced"}
	r := checked(kata, "fail", reasons[(i+k)%len(reasons)], 0)
	if (i*7+k*3)%5 < 3 {
		r = checked(kata, "pass", "ok", 1.2+float64((i*31+k*17)%70)/100)
	}
	return r
}

// A patch of a class of 500 with 18 katas, 50 of whom have just sent a result.
func BenchmarkPatchOf500Learners(b *testing.B) {
	s := serve(b, nil)
	s.seated(500)
	f := &follower{board: s.board, rows: true}
	_, seq, err := f.next(-1, true)
	if err != nil {
		b.Fatal(err)
	}
	people := slices.Clone(s.snapshot().people)
	size := 0
	for n := 0; b.Loop(); n++ {
		b.StopTimer()
		err := s.desk.change(context.Background(), func(batch *batch) error {
			for i := range 50 {
				if err := batch.result(people[(n*50+i)%len(people)].ID, plausible(n, i, "merge-sort"), batch.now); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		var p patch
		if p, seq, err = f.next(seq, false); err != nil || len(p) == 0 {
			b.Fatal(len(p), err)
		}
		size += len(p)
	}
	b.ReportMetric(float64(size)/float64(b.N), "B/patch")
}

// The whole room of 500 learners, as a page that was just opened gets it.
func BenchmarkSnapshotOf500Learners(b *testing.B) {
	s := serve(b, nil)
	s.seated(500)
	size := 0
	for b.Loop() {
		f := &follower{board: s.board, rows: true}
		p, _, err := f.next(-1, true)
		if err != nil {
			b.Fatal(err)
		}
		size = len(p)
	}
	b.ReportMetric(float64(size), "B/patch")
}
