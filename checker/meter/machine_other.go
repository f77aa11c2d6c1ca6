//go:build !linux

package meter

func quota() *float64 { return nil }

func throttling() int64 { return 0 }

func load() *float64 { return nil }

// Stolen is not known on this system.
func Stolen() (Steal, bool) { return Steal{}, false }
