//go:build !linux

package meter

// awake cannot be told here.
func awake(int) (yes, known bool) { return false, false }
