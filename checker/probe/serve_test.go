package probe

import (
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	xtrace "golang.org/x/exp/trace"
)

// talk is the parent's end of a child that serves in this process.
type talk struct {
	t     *testing.T
	nonce Nonce
	in    *io.PipeWriter
	out   *io.PipeReader
	code  chan int // what Serve returned
}

// start serves a suite until the test ends. Hello is not sent yet.
func start(t *testing.T, s Suite) *talk {
	t.Helper()
	orders, in := io.Pipe()
	out, answers := io.Pipe()
	c := &talk{t: t, nonce: Nonce{7, 7, 7}, in: in, out: out, code: make(chan int, 1)}
	go func() {
		code := Serve(s, orders, answers)
		orders.Close() // as the end of a process would
		answers.Close()
		c.code <- code
	}()
	t.Cleanup(func() {
		in.Close()
		out.Close()
	})
	return c
}

func (c *talk) send(typ Type, body any) {
	c.t.Helper()
	var err error
	if body == nil {
		err = Write(c.in, c.nonce, typ, nil)
	} else {
		err = WriteJSON(c.in, c.nonce, typ, body)
	}
	if err != nil {
		c.t.Fatalf("sending %q: %v", typ, err)
	}
}

// answer receives a frame of a type and decodes its body into v, if there is one.
func (c *talk) answer(typ Type, v any) []byte {
	c.t.Helper()
	n, got, body, err := Read(c.out)
	if err != nil || got != typ || n != c.nonce {
		c.t.Fatalf("answer %q, nonce %x, %v; want %q, nonce %x", got, n, err, typ, c.nonce)
	}
	if v != nil {
		if err := json.Unmarshal(body, v); err != nil {
			c.t.Fatal(err)
		}
	}
	return body
}

func (c *talk) ask(order Type, body any, typ Type, v any) []byte {
	c.t.Helper()
	c.send(order, body)
	return c.answer(typ, v)
}

// exits waits for Serve to return.
func (c *talk) exits(want int) {
	c.t.Helper()
	select {
	case got := <-c.code:
		if got != want {
			c.t.Errorf("exit code %d, want %d", got, want)
		}
	case <-time.After(20 * time.Second):
		c.t.Errorf("still serving; want exit code %d", want)
	}
}

// square is a case that squares a number drawn from the seed.
func square(r *rand.Rand) Task {
	n := r.IntN(1000)
	sum, calls := 0, 0
	return Task{
		Input: "a number",
		Run: func() {
			calls++
			sum = n * n
		},
		Output: func() string { return strings.Repeat("x", n) + ":" + string(rune('0'+sum%10)) },
		Facts:  func() map[string]float64 { return map[string]float64{"calls": float64(calls)} },
	}
}

// stuck is a case that waits until released.
func stuck(release <-chan struct{}) func(*rand.Rand) Task {
	return func(*rand.Rand) Task {
		return Task{Run: func() { <-release }, Output: func() string { return "released" }}
	}
}

func TestASuiteIsServedOrderByOrder(t *testing.T) { // counts all goroutines: not parallel
	c := start(t, Suite{
		Cases:     []Case{{Name: "once", New: square}, {Name: "often", New: square, Repeat: 5}},
		Workloads: []Case{{Name: "large", New: square}},
	})
	var info Info
	c.ask(Hello, nil, Hello, &info)
	if len(info.Cases) != 2 || info.Cases[1] != "often" || info.Repeats[0] != 1 || info.Repeats[1] != 5 ||
		len(info.Workloads) != 1 || info.Workloads[0] != "large" {
		t.Errorf("hello says %+v", info)
	}
	answers := map[string]int{}
	for range 3 { // the same seed gives the same answer, every time
		for _, o := range []Order{{Index: 1, Seed: 5}, {Workload: true, Seed: 5}} {
			var in Input
			c.ask(Prepare, o, Ready, &in)
			if in.Text != "a number" {
				t.Errorf("input %q", in.Text)
			}
			if own := c.ask(Go, nil, Done, nil); len(own) != 8 {
				t.Errorf("the child's own CPU time has %d bytes", len(own))
			}
			var rest Rest
			c.ask(Settle, nil, Settled, &rest)
			if rest.Goroutines != 0 || rest.Stacks != "" {
				t.Errorf("left %+v", rest)
			}
			var r Result
			c.ask(Collect, nil, Output, &r)
			if r.Facts["calls"] != 1 || r.Length != len(r.Text) || len(r.Digest) != 64 {
				t.Errorf("result %+v", r)
			}
			answers[r.Digest]++
		}
	}
	if len(answers) != 1 {
		t.Errorf("one seed gave %d answers", len(answers))
	}
	c.in.Close()
	c.exits(ExitParent)
}

func TestALongOutputTravelsAsItsBeginningAndADigestOfAll(t *testing.T) {
	t.Parallel()
	last := "a"
	c := start(t, Suite{Cases: []Case{{New: func(*rand.Rand) Task {
		end := last
		last = "b"
		return Task{Run: func() {}, Output: func() string { return strings.Repeat("x", 2*MaxText) + end }}
	}}}})
	c.ask(Hello, nil, Hello, nil)
	var r [2]Result
	for i := range r {
		c.ask(Prepare, Order{}, Ready, nil)
		c.ask(Go, nil, Done, nil)
		c.ask(Collect, nil, Output, &r[i])
		if len(r[i].Text) != MaxText || r[i].Length != 2*MaxText+1 {
			t.Errorf("text of %d, length %d", len(r[i].Text), r[i].Length)
		}
	}
	if r[0].Digest == r[1].Digest {
		t.Error("outputs that differ in their last byte have one digest")
	}
}

func TestOrdersThatCannotBeObeyedEndTheChild(t *testing.T) {
	t.Parallel()
	suite := Suite{Cases: []Case{{New: square}}}
	prepared := func(c *talk) { c.ask(Prepare, Order{}, Ready, nil) }
	for name, do := range map[string]func(*talk){
		"task beyond the cases":     func(c *talk) { c.send(Prepare, Order{Index: 1}) },
		"task below zero":           func(c *talk) { c.send(Prepare, Order{Index: -1}) },
		"workload where none is":    func(c *talk) { c.send(Prepare, Order{Workload: true}) },
		"an order that is no JSON":  func(c *talk) { _ = Write(c.in, c.nonce, Prepare, []byte("{")) },
		"a type that nobody knows":  func(c *talk) { c.send('?', nil) },
		"an answer as an order":     func(c *talk) { c.send(Output, nil) },
		"hello again":               func(c *talk) { c.send(Hello, nil) },
		"go before prepare":         func(c *talk) { c.send(Go, nil) },
		"settle before go":          func(c *talk) { prepared(c); c.send(Settle, nil) },
		"collect before go":         func(c *talk) { prepared(c); c.send(Collect, nil) },
		"fetch before go":           func(c *talk) { prepared(c); c.send(Fetch, nil) },
		"go twice on one input":     func(c *talk) { prepared(c); c.ask(Go, nil, Done, nil); c.send(Go, nil) },
		"another nonce":             func(c *talk) { c.nonce[0]++; c.send(Prepare, Order{}) },
		"another nonce asks stacks": func(c *talk) { c.nonce[15]++; c.send(Dump, nil) },
		"a length of nothing":       func(c *talk) { _, _ = c.in.Write([]byte{0, 0, 0, 0}) },
		"a length beyond all":       func(c *talk) { _, _ = c.in.Write([]byte{0xff, 0xff, 0xff, 0xff}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := start(t, suite)
			c.ask(Hello, nil, Hello, nil)
			do(c)
			c.exits(ExitProtocol)
		})
	}
}

func TestAFirstFrameThatIsNotHelloEndsTheChild(t *testing.T) {
	t.Parallel()
	c := start(t, Suite{})
	c.send(Go, nil)
	c.exits(ExitProtocol)
}

func TestTheEndOfTheParentEndsTheChild(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	for name, do := range map[string]func(*talk){
		"before hello":         func(c *talk) { c.in.Close() },
		"in the first frame":   func(c *talk) { _, _ = c.in.Write([]byte{0, 0}); c.in.Close() },
		"while idle":           func(c *talk) { c.ask(Hello, nil, Hello, nil); c.in.Close() },
		"answers not accepted": func(c *talk) { c.ask(Hello, nil, Hello, nil); c.out.Close(); c.send(Prepare, Order{}) },
		"while a task runs": func(c *talk) {
			c.ask(Hello, nil, Hello, nil)
			c.ask(Prepare, Order{}, Ready, nil)
			c.send(Go, nil)
			c.in.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := start(t, Suite{Cases: []Case{{New: stuck(release)}}})
			do(c)
			c.exits(ExitParent)
		})
	}
}

func TestASecondOrderBeforeTheAnswerEndsTheChild(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	c := start(t, Suite{Cases: []Case{{New: stuck(release)}}})
	c.ask(Hello, nil, Hello, nil)
	c.ask(Prepare, Order{}, Ready, nil)
	c.send(Go, nil)
	for range 2 { // one may wait where the first was
		_ = Write(c.in, c.nonce, Settle, nil)
	}
	c.exits(ExitProtocol)
}

func TestStacksAreSentWhileATaskRuns(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	c := start(t, Suite{Cases: []Case{{New: stuck(release)}}})
	c.ask(Hello, nil, Hello, nil)
	c.ask(Prepare, Order{}, Ready, nil)
	c.send(Go, nil)
	seen := 0
	for tries := 0; seen < 3 && tries < 10_000; tries++ { // it may not have begun yet
		dump := string(c.ask(Dump, nil, Stacks, nil))
		if first, _, _ := strings.Cut(dump, "\n"); !strings.Contains(first, "[running]") {
			t.Fatalf("the goroutine that makes the dump is not the first in\n%s", dump)
		}
		if strings.Contains(dump, ".stuck.") {
			seen++
		}
	}
	if seen < 3 {
		t.Error("the task is in no dump")
	}
	close(release)
	c.answer(Done, nil)
	c.ask(Settle, nil, Settled, nil)
}

func TestTraces(t *testing.T) { // one tracer a process: not parallel
	const few = 200
	work := func(goroutines int) func(*rand.Rand) Task {
		return func(*rand.Rand) Task {
			return Task{Output: func() string { return "" }, Run: func() {
				for range goroutines {
					done := make(chan struct{})
					go close(done)
					<-done
				}
			}}
		}
	}
	suite := Suite{Workloads: []Case{{New: work(2)}, {New: work(20_000)}}}
	c := start(t, suite)
	c.ask(Hello, nil, Hello, nil)
	fetch := func(o Order) []byte {
		o.Workload = true
		c.ask(Prepare, o, Ready, nil)
		c.ask(Go, nil, Done, nil)
		c.ask(Settle, nil, Settled, nil)
		return c.ask(Fetch, nil, Traced, nil)
	}
	if raw := fetch(Order{}); len(raw) != 0 {
		t.Errorf("a trace of %d bytes that nobody asked for", len(raw))
	}
	raw := fetch(Order{Trace: true})
	if !holdsRegion(t, raw) {
		t.Errorf("no region %s in a trace of %d bytes", Region, len(raw))
	}
	if again := c.ask(Fetch, nil, Traced, nil); len(again) != 0 {
		t.Errorf("a trace is given twice, %d bytes", len(again))
	}
	if large := fetch(Order{Index: 1, Trace: true}); len(large) < 100*few {
		t.Errorf("20,000 goroutines left a trace of %d bytes only", len(large))
	}
}

// holdsRegion says whether a trace can be read and has the region of a run.
func holdsRegion(t *testing.T, raw []byte) bool {
	t.Helper()
	r, err := xtrace.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatalf("a trace of %d bytes: %v", len(raw), err)
	}
	for {
		e, err := r.ReadEvent()
		if err == io.EOF {
			return false
		}
		if err != nil {
			t.Fatal(err)
		}
		if e.Kind() == xtrace.EventRegionBegin && e.Region().Type == Region {
			return true
		}
	}
}

func TestATraceTooLargeToKeepIsEmpty(t *testing.T) {
	l := &limited{most: 10}
	for _, s := range []string{"12345", "67890", "1", "2"} {
		if n, err := l.Write([]byte(s)); n != len(s) || err != nil {
			t.Errorf("a full buffer told the tracer %d, %v", n, err)
		}
	}
	if !l.over || l.buf.Len() != 0 || l.buf.Cap() != 0 {
		t.Errorf("over %v, %d bytes of %d kept", l.over, l.buf.Len(), l.buf.Cap())
	}
}

// Goroutines are counted in the whole process: not parallel.
func TestWhatIsLeftRunningIsReported(t *testing.T) {
	quiet(t)
	release := make(chan struct{})
	c := start(t, Suite{Cases: []Case{
		{Name: "leaks", New: func(*rand.Rand) Task {
			return Task{Output: func() string { return "" }, Run: func() {
				for range 3 {
					go leaked(release)
				}
			}}
		}},
		{Name: "ends a little later", New: func(*rand.Rand) Task {
			return Task{Output: func() string { return "" }, Run: func() {
				go time.Sleep(time.Millisecond)
			}}
		}},
	}})
	c.ask(Hello, nil, Hello, nil)
	settle := func(i int) (r Rest) {
		c.ask(Prepare, Order{Index: i}, Ready, nil)
		c.ask(Go, nil, Done, nil)
		c.ask(Settle, nil, Settled, &r)
		return r
	}
	if r := settle(1); r.Goroutines != 0 {
		t.Errorf("goroutines that end soon are %d leaks:\n%s", r.Goroutines, r.Stacks)
	}
	r := settle(0)
	if r.Goroutines != 3 || strings.Count(r.Stacks, "probe.leaked(") != 3 {
		t.Errorf("%d goroutines left, want 3:\n%s", r.Goroutines, r.Stacks)
	}
	close(release)
}

// quiet waits until the goroutines of earlier tests have ended.
func quiet(t *testing.T) {
	t.Helper()
	for same, last, tries := 0, 0, 0; same < 30; tries++ {
		if tries == 10_000 {
			t.Fatal("goroutines come and go")
		}
		time.Sleep(time.Millisecond)
		n := runtime.NumGoroutine()
		if same++; n != last {
			same, last = 0, n
		}
	}
}

func leaked(release <-chan struct{}) { <-release }
