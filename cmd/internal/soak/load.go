package soak

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Load is what runs beside the checks: so many processes that only compute.
type Load struct {
	Name string // quiet, one, many, or "5 busy"
	Busy int    // processes
}

// Loads are the names of the conditions that are soaked, in the order of the table.
var Loads = []string{"quiet", "one", "many"}

// ErrLoad is the error of ParseLoad.
var ErrLoad = errors.New("is no load: give quiet, one, many or a number of busy loops")

// ParseLoad reads "quiet" (none), "one", "many" (one more than there are
// CPUs), or a number of busy loops. A number that has a name gets it.
func ParseLoad(text string, cpus int) (Load, error) {
	known := []Load{{"quiet", 0}, {"one", 1}, {"many", cpus + 1}}
	n, err := strconv.Atoi(text)
	for _, l := range known {
		if l.Name == text || err == nil && l.Busy == n {
			return l, nil
		}
	}
	const most = 1000 // processes: a slip of the finger must not take the machine down
	if err != nil || n < 0 || n > most {
		return Load{}, fmt.Errorf("%q %w", text, ErrLoad)
	}
	return Load{Name: text + " busy", Busy: n}, nil
}

// Condition names a load with a number of checks that run at once: "quiet",
// "quiet+2 at once".
func Condition(l Load, atOnce int) string {
	if atOnce > 1 {
		return fmt.Sprintf("%s+%d at once", l.Name, atOnce)
	}
	return l.Name
}

var noWord = regexp.MustCompile(`[^a-z0-9]+`)

// slug makes one word for a file name.
func slug(s string) string {
	return strings.Trim(noWord.ReplaceAllString(strings.ToLower(s), "-"), "-")
}
