package trace

import (
	"cmp"
	"maps"
	"slices"

	"gokata/checker/evidence"
)

// result gives the figures once all events were taken.
func (f *fold) result() (evidence.Trace, error) {
	if !f.begun {
		return evidence.Trace{}, ErrNoRegion
	}
	if !f.ended {
		return evidence.Trace{}, ErrUnfinished
	}
	waits, blocked := f.waits()
	wall := f.now - f.start
	busy := wall - f.histogram[0]
	t := evidence.Trace{
		Work:       f.work,
		Span:       f.span,
		Busy:       busy,
		Wall:       wall,
		GC:         f.collected,
		Lived:      f.lived,
		Overlap:    share(busy-f.histogram[1], busy),
		Mean:       share(f.work, busy),
		WaitShare:  share(blocked, f.lived+f.rootLived),
		Longest:    share(f.longest, f.work),
		Goroutines: f.created,
		Peak:       f.peak,
		Width:      f.width,
		Switches:   f.switches,
		Histogram:  trimmed(f.histogram[:]),
		Ready:      trimmed(f.readiness[:]),
		Waits:      waits,
		Blocked:    rankBlocks(f.blocks, func(blockKey) bool { return true }),
		Queued:     rankBlocks(f.blocks, blockKey.queued),
		Hot:        hottest(f.samples),
	}
	if at := f.longestAt; at != nil && at.fn != "" {
		t.LongestAt = &at.at
	}
	t.Path, t.Handovers = f.links.path(f.furthest.link, f.span)
	if !f.segments.over {
		t.Replay = replay(f.segments.list)
	}
	return t, nil
}

// trimmed is a histogram without the zeros at its end.
func trimmed(histogram []int64) []int64 {
	for len(histogram) > 0 && histogram[len(histogram)-1] == 0 {
		histogram = histogram[:len(histogram)-1]
	}
	return slices.Clone(histogram)
}

// mostHot is how many lines of a CPU profile a trace reports.
const mostHot = 5

// hottest gives the lines of the learner's with the most samples. Samples in
// which no line of the learner's was under way count in the whole.
func hottest(samples map[*place]int) []evidence.Hot {
	lines, all := map[evidence.Position]int{}, 0
	for p, n := range samples {
		all += n
		if p.fn != "" {
			lines[p.at] += n
		}
	}
	order := slices.SortedFunc(maps.Keys(lines), func(a, b evidence.Position) int {
		return cmp.Or(cmp.Compare(lines[b], lines[a]), comparePositions(a, b))
	})
	var hot []evidence.Hot
	for _, at := range order[:min(len(order), mostHot)] {
		hot = append(hot, evidence.Hot{At: at, Share: share(int64(lines[at]), int64(all))})
	}
	return hot
}

func share(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
