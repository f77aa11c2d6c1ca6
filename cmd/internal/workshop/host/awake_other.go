//go:build !linux && !darwin

package host

import "time"

var start = time.Now()

// sinceStart is the time since the program's start. Windows counts that in which
// it slept.
func sinceStart() time.Duration { return time.Since(start) }
