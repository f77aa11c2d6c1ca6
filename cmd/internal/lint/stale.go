package lint

import (
	"regexp"
	"strings"

	"gokata/lessons/markdown"
)

// claim is something that popular material says and that does not hold. The
// number is that of the list of misconceptions which lessons refer to.
type claim struct {
	number int
	says   *regexp.Regexp
	holds  string
}

func stated(number int, pattern, holds string) claim {
	return claim{number, regexp.MustCompile(`(?i)` + pattern), holds}
}

// claims are looked for in what the course says in its own voice.
var claims = []claim{
	stated(1, `\bcooperative(ly)? (schedul|preempt|multitask)|\b(schedul\w+|model|runtime) is cooperative|scheduled cooperatively`, "preemptive by signal since Go 1.14, at function calls since 1.2"),
	stated(4, `\bgoroutines (will )?(run|execute|are running) on (four|two|all|every|separate|different) (cores|CPUs)`, "they may: GOMAXPROCS is an upper bound, and the system gives CPUs as it pleases"),
	stated(5, `GOMAXPROCS\W* (sets|is|controls|determines|limits) the (total )?number of (OS |operating system )?(threads|cores|CPUs)\b`, "it limits the threads that execute Go code at once"),
	stated(6, `default[^.]{0,30}\b(is|equals) (just |simply )?\W*(runtime\.)?NumCPU`, "also affinity and, on Linux since Go 1.25, the CPU limit of the container"),
	stated(7, `(quota|limit) of (0\.5|half a CPU)[^.]{0,40}GOMAXPROCS\W* (is|becomes|of|=) ?(1|one)\b`, "rounded up, and at least 2 where there are two CPUs"),
	stated(11, `system calls? (always )?(yields?|hands? over|gives? up)[^.]{0,20}(immediately|at once)`, "the monitor takes the P away after 20 µs at the earliest"),
	stated(12, `\b(all|every|any) (blocking )?I/O (operation )?(holds|takes|blocks|occupies) (a|its) thread`, "sockets and pipes wait in the poller; regular files hold a thread"),
	stated(13, `\ba P (is|stands for|represents|maps to) (a|one) (physical |logical )?(CPU|core|processor core)`, "a P is a token that a thread needs to execute Go code"),
	stated(14, `steal\w* (\w+ ){0,3}from the (tail|end|back)`, "thieves take half, from the head"),
	stated(15, `global queue is (only )?(looked at|checked|polled|used) (last|only)`, "also at every 61st tick"),
	stated(17, `(GOMAXPROCS|P)\W*=\W*1\W* (prevents|rules out|avoids|excludes) (all )?(data )?races`, "preemption interleaves anywhere that is safe"),
	stated(18, `stack (is|has) (always|exactly) 2 ?KB`, "at least 2 KB, and the start adapts since Go 1.19"),
	stated(19, `(number of threads|threads) (is|are) unlimited`, "10,000, then the program is ended"),
	stated(20, `(share|capture|see|close over)s? the same (loop )?variable`, "a new variable in each iteration since Go 1.22"),
	stated(21, `time\.After\W* leaks`, "collectable since Go 1.23"),
	stated(22, `timer('s)? channels? (has|have|with) (a )?(capacity|buffer)\w* (of )?(1|one)`, "capacity 0 since Go 1.23"),
	stated(24, `synctest\W* is (still )?experimental`, "stable since Go 1.25"),
	stated(27, `(race detector|-race)\W* (proves|guarantees|finds all|finds every|detects all|detects every)`, "it sees executed paths only"),
	stated(28, `\bMutex\W* is (strictly )?(FIFO|fair)\b`, "barging, and starvation mode after 1 ms"),
	stated(29, `(recursive|nested) (RLock|read lock)\w*\W* (is|are) (safe|fine|allowed)`, "a waiting writer blocks it"),
	stated(30, `recover\w* from (a |the )?concurrent map`, "it is fatal"),
	stated(31, `runtime (detects|finds|reports) (all|every|any) deadlock`, "only where every goroutine is blocked"),
	stated(32, `select\W* (prefers|tries|checks|takes) the (first|topmost|upper)`, "uniform pseudo-random choice among those that are ready"),
	stated(36, `iter\.Pull\W* (runs?|executes?) (\w+ ){0,3}in parallel`, "coroutines: one side runs at a time"),
}

// setter is stale wherever the course shows it as code to write.
var setter = regexp.MustCompile(`runtime\.GOMAXPROCS\(\s*runtime\.NumCPU\(\)\s*\)`)

var (
	quoted = regexp.MustCompile(`"[^"]*"|“[^”]*”|\*[^*]+\*`)
	// denied marks a sentence that speaks of a claim without making it.
	denied = regexp.MustCompile(`(?i)\b(whether|not|no|never|neither|nor|cannot|n't|wrong|false|mistake|myth|stale|before|until|once|was|were|used to|no longer|up to)\b|n't\b`)
)

// stale reports claims that no longer hold, or never did, where a lesson, the
// explanation of a question or a brief makes them. What is quoted, stands in a
// MYTH, or is an option to choose, is what somebody else says.
func (t *Tree) stale() {
	for _, p := range t.pages() {
		for _, l := range p.lines {
			if l.myth || strings.HasPrefix(l.text, "- [") || strings.HasPrefix(l.text, "#") {
				continue
			}
			for _, sentence := range strings.SplitAfter(quoted.ReplaceAllString(l.text, "…"), ". ") {
				for _, c := range claims {
					if c.says.MatchString(sentence) && !denied.MatchString(sentence) {
						t.problem(p.file, l.no, "stale (misconception %d): %q; what holds: %s", c.number, c.says.FindString(sentence), c.holds)
					}
				}
			}
		}
	}
	for _, ch := range t.course.Chapters {
		for _, l := range ch.Lessons {
			body, first := l.Body()
			for _, f := range markdown.Fences(body) {
				if f.Lang == "go" && setter.MatchString(f.Text) {
					t.problem(l.File, first+f.Line-1, "stale (misconception 8): %s; what holds: the default is better, and the call switches its updates off", setter.FindString(f.Text))
				}
			}
		}
	}
}
