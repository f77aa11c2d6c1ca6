package overlapwaits

import (
	"slices"
	"sync"
	"testing"
	"time"
)

func TestPagesAreInTheOrderOfURLs(t *testing.T) {
	fetch := func(url string) string { return "page of " + url }
	got := FetchAll([]string{"b", "a", "b"}, fetch)
	want := []string{"page of b", "page of a", "page of b"}
	if !slices.Equal(got, want) {
		t.Errorf("FetchAll: got %q, want %q", got, want)
	}
}

// A clock would depend on the machine, so this counts: how many calls are under
// way at once. With 17, fifty waits take as long as three.
func TestManyWaitsAreUnderWayAtOnce(t *testing.T) {
	const enough = 17
	var mu sync.Mutex
	underWay, most := 0, 0
	FetchAll(make([]string, 50), func(string) string {
		mu.Lock()
		underWay++
		most = max(most, underWay)
		mu.Unlock()
		time.Sleep(20 * time.Millisecond)
		mu.Lock()
		underWay--
		mu.Unlock()
		return ""
	})
	if most < enough {
		t.Errorf("at most %d calls of fetch were under way at once, want %d or more", most, enough)
	}
}
