package meter

// Steal is CPU time of the whole system since it started, in ticks of its own
// clock.
type Steal struct {
	Stolen int64 // in which the host of a virtual machine ran somebody else
	Total  int64 // of all CPUs, idle time included
}

// Share is the share of CPU time that was stolen since an earlier reading;
// nil where too little time has passed to tell.
func (s Steal) Share(since Steal) *float64 {
	const enough = 20 // ticks: one is 10 ms
	total := s.Total - since.Total
	if total < enough {
		return nil
	}
	share := max(0, float64(s.Stolen-since.Stolen)/float64(total))
	return &share
}
