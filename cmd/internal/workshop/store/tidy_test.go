package store

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// What was written comes from the log to its place in the file without a write
// that has to wait for it.
func TestTheLogIsEmptiedBeside(t *testing.T) {
	s, file := begin(t)
	update(t, s, full)
	size := func() int64 {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		return info.Size()
	}
	before := size()
	update(t, s, func(tx Tx) error {
		for i := range 1000 {
			if _, err := tx.AddResult(result(fmt.Sprintf("more-%05d", i), int64(100+i))); err != nil {
				return err
			}
		}
		return nil
	})
	for end := time.Now().Add(30 * time.Second); size() <= before; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the file still has %d bytes", before)
		}
	}
}
