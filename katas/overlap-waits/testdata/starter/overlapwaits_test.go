package overlapwaits

import (
	"slices"
	"testing"
	"testing/synctest"
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

// In a synctest bubble time is virtual: it passes only while every goroutine
// waits, so the test is exact, and done at once.
func TestFiftyWaitsTakeAtMostThree(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const wait = 20 * time.Millisecond
		start := time.Now()
		FetchAll(make([]string, 50), func(string) string {
			time.Sleep(wait)
			return ""
		})
		if took := time.Since(start); took > 3*wait {
			t.Errorf("50 waits of %v took %v, want at most %v", wait, took, 3*wait)
		}
	})
}
