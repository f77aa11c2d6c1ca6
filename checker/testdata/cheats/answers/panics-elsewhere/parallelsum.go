// kata: parallel-sum
// want: panic|race
// Panics on a goroutine of its own, with the words of the race detector.
package parallelsum

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	done := make(chan bool)
	go func() { panic("\n==================\nWARNING: DATA RACE\nWrite at 0x00c000012345 by goroutine 7:\n") }()
	<-done
	return 0
}
