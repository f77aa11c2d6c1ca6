package meter

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// benchLine is the result of a benchmark as package testing prints it:
//
//	BenchmarkSum/size=1e3-2   	     300	      4012 ns/op	      16 B/op	       1 allocs/op
type benchLine struct {
	n             int
	wall          float64  // ns of one iteration, by the benchmark's timer
	bytes, allocs *float64 // of one iteration
}

// resultLine finds the figures of a line. They are looked for apart from the name:
// what a benchmark prints to standard output comes between the two.
var resultLine = regexp.MustCompile(`(?:^|\s)(\d+)\t +([0-9.]+) ns/op(.*)$`)

var memoryFigure = regexp.MustCompile(`\t +([0-9.]+) (B/op|allocs/op)`)

func parseResult(line string) (b benchLine, ok bool) {
	m := resultLine.FindStringSubmatch(line)
	if m == nil {
		return b, false
	}
	var err1, err2 error
	b.n, err1 = strconv.Atoi(m[1])
	b.wall, err2 = strconv.ParseFloat(m[2], 64)
	for _, e := range memoryFigure.FindAllStringSubmatch(m[3], -1) {
		value, err := strconv.ParseFloat(e[1], 64)
		switch {
		case err != nil:
		case e[2] == "B/op":
			b.bytes = &value
		default:
			b.allocs = &value
		}
	}
	return b, err1 == nil && err2 == nil && b.n > 0
}

// lastResult is the result of the one benchmark that ran.
func lastResult(output string) (b benchLine, ok bool) {
	for line := range strings.Lines(output) {
		if found, is := parseResult(strings.TrimRight(line, "\r\n")); is {
			b, ok = found, true
		}
	}
	return b, ok
}

// listing is what a run with -test.v says of every benchmark: first its name,
// on a line of its own and without GOMAXPROCS; then what it prints; last its
// result.
type listing struct {
	labels  map[string]string    // goos, goarch, pkg, cpu
	results map[string]benchLine // by name
	order   []string             // of results
	failed  map[string]string    // what was printed, by name
	skipped []string
	names   []string // in the order in which they were announced
	running string   // announced, and without a result
	printed string   // since then
}

// panicking finds the benchmark function in the stack of a goroutine.
var panicking = regexp.MustCompile(`(?m)^\S+\.(Benchmark\w*)(?:\.\S*)?\(`)

// ended is the benchmark that has ended the process, as far as its standard error
// tells: the one that was running, or one before it. A benchmark that panics
// lets package testing go on while the process ends (the deferred send in
// testing.(*B).run1), which may still print a result for it and announce the next.
func (l *listing) ended(stderr string) string {
	_, stack, found := strings.Cut(stderr, "\ngoroutine ")
	stack, _, _ = strings.Cut(stack, "\n\n") // of the first, which is the one that panicked
	m := panicking.FindStringSubmatch(stack)
	if !found || m == nil {
		return l.running
	}
	for _, name := range slices.Backward(l.names) {
		if function, _, _ := strings.Cut(name, "/"); function == m[1] {
			return name
		}
	}
	return l.running
}

var (
	announced = regexp.MustCompile(`^(?:=== RUN +)?(Benchmark\S*)$`)
	labelled  = regexp.MustCompile(`^(goos|goarch|pkg|cpu): (.*)$`)
)

func parseListing(output string) listing {
	l := listing{labels: map[string]string{}, results: map[string]benchLine{}, failed: map[string]string{}}
	for line := range strings.Lines(output) {
		line = strings.TrimRight(line, "\r\n")
		if m := labelled.FindStringSubmatch(line); m != nil && l.running == "" && len(l.results) == 0 {
			l.labels[m[1]] = m[2]
			continue
		}
		if m := announced.FindStringSubmatch(line); m != nil {
			l.running, l.printed = m[1], ""
			l.names = append(l.names, m[1])
			continue
		}
		if l.running == "" {
			continue
		}
		l.take(line)
	}
	l.printed = strings.TrimRight(l.printed, "\n")
	return l
}

// take takes a line of the benchmark that is running.
func (l *listing) take(line string) {
	mark := strings.TrimSpace(line)
	if found, ok := parseResult(line); ok {
		if _, twice := l.results[l.running]; !twice {
			l.order = append(l.order, l.running)
		}
		l.results[l.running] = found
		l.running, l.printed = "", ""
		return
	}
	l.printed += line + "\n"
	switch {
	case strings.HasPrefix(mark, "--- FAIL: "+l.running):
		l.failed[l.running] = strings.TrimRight(l.printed, "\n")
		l.running, l.printed = "", ""
	case strings.HasPrefix(mark, "--- SKIP: "+l.running):
		l.skipped = append(l.skipped, l.running)
		l.running, l.printed = "", ""
	}
}
