package meter

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/probe"
)

// Blocked says whether all goroutines in a dump of stacks, the first aside,
// which made the dump, wait for another goroutine, or for a timer. Of a dump
// that was cut nothing can be said.
func Blocked(dump string) bool {
	all := goroutines(dump)
	return len(all) > 1 && len(dump) < probe.MaxStacks &&
		!slices.ContainsFunc(all[1:], func(g goroutine) bool { return !g.blocked() })
}

// goroutine is one of a dump.
type goroutine struct {
	state string // the runtime's word: "chan receive"
	stack string // with its head
}

// goroutines splits what runtime.Stack or a crash printed.
func goroutines(dump string) (all []goroutine) {
	for part := range strings.SplitSeq(dump, "\n\n") {
		head, _, _ := strings.Cut(strings.TrimLeft(part, "\n"), "\n")
		rest, ok := strings.CutPrefix(head, "goroutine ")
		id, rest, ok2 := strings.Cut(rest, " [")
		if _, err := strconv.ParseUint(id, 10, 64); !ok || !ok2 || err != nil {
			continue
		}
		state, _, _ := strings.Cut(rest, "]:")
		state, _, _ = strings.Cut(state, ",") // "chan receive, 2 minutes"
		all = append(all, goroutine{state, part})
	}
	return all
}

func (g goroutine) blocked() bool { return probe.Waits(g.state) }

// active is the first line of the solution on which a goroutine in a dump is
// under way; where none is, the first that waits.
func active(dump string) *evidence.Position {
	for _, g := range goroutines(dump) {
		if !g.blocked() {
			if at := First(g.stack); at != nil {
				return at
			}
		}
	}
	return First(dump)
}

// stuck is the line of the solution on which most goroutines in a dump wait. The
// one that the harness called counts only where there is no other: it mostly
// waits for these.
func stuck(dump string) *evidence.Position {
	waits := map[evidence.Position]int{}
	var most *evidence.Position
	for _, g := range goroutines(dump) {
		at := First(g.stack)
		if at == nil || !g.blocked() || strings.Contains(g.stack, "probe.(*server).run(") {
			continue
		}
		if waits[*at]++; most == nil || waits[*at] > waits[*most] {
			most = at
		}
	}
	if most == nil {
		return First(dump)
	}
	return most
}

// First is the first line of the solution that a stack names.
func First(stack string) *evidence.Position {
	for line := range strings.Lines(stack) {
		line = strings.TrimSpace(line)
		file, rest, ok := strings.Cut(line, ".go:")
		if !ok || path.Base(path.Dir(file)) != "solution" {
			continue
		}
		num, _, _ := strings.Cut(rest, " ")
		n, err := strconv.Atoi(strings.TrimSpace(num))
		if err != nil || n < 1 {
			continue
		}
		return &evidence.Position{File: path.Base(file) + ".go", Line: n}
	}
	return nil
}
