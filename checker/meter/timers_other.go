//go:build !linux

package meter

// timerPending cannot be told here.
func timerPending(int) (pending, known bool) { return false, false }
