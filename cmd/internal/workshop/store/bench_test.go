package store

import (
	"fmt"
	"path/filepath"
	"testing"
)

// BenchmarkUpdate writes groups of so many results, each with what it adds up to.
func BenchmarkUpdate(b *testing.B) {
	for _, group := range []int{1, 16, 128} {
		b.Run(fmt.Sprint(group), func(b *testing.B) {
			s, err := SQLite(ctx, filepath.Join(b.TempDir(), "workshop.db"))
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			if err := s.Update(ctx, full); err != nil {
				b.Fatal(err)
			}
			seq := int64(1000)
			for b.Loop() {
				err := s.Update(ctx, func(tx Tx) error {
					for range group {
						seq++
						r := result(fmt.Sprintf("result-%09d", seq), seq)
						if _, err := tx.AddResult(r); err != nil {
							return err
						}
						if err := tx.PutLearner(learner(1, "Kim")); err != nil {
							return err
						}
						if err := tx.PutCell(Cell{Learner: 1, Kata: "merge-sort"}); err != nil {
							return err
						}
					}
					return nil
				})
				if err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(group)*float64(b.N)/b.Elapsed().Seconds(), "results/s")
		})
	}
}
