package probe

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/trace"
	"slices"
	"time"
)

// Region is the name of the trace region around a traced run.
const Region = "gokata.workload"

// Exit codes of the child, all distinct from what a Go program ends with by
// itself (0, 1, 2) or under the race detector (66).
const (
	ExitParent   = 90 // the parent is gone, or has closed the pipe
	ExitProtocol = 91 // a frame was malformed or out of place
)

// maxTrace bounds a trace in bytes. A run that writes more has millions of
// scheduling events, which is an answer in itself.
const maxTrace = 6 << 20

// profileRate is how often a profiled run is sampled, per second of CPU time.
// Systems whose timers are coarser sample less often.
const profileRate = 1000

// maxStack bounds a goroutine's stack in bytes. The runtime's own limit of 1 GB
// takes an endless recursion seconds to reach, and as long again to print.
const maxStack = 64 << 20

// maxThreads bounds the threads of the process. Goroutines need few; one for each
// that is locked to its thread, up to the runtime's own limit of 10,000, takes
// the whole machine's share of them.
const maxThreads = 1000

// settleTime is how long goroutines may take to end after a run has returned.
const settleTime = 50 * time.Millisecond

// Main serves s to the parent until the parent closes the pipe. It never returns.
func Main(s Suite) {
	in, out := pipes()
	debug.SetMaxStack(maxStack)
	debug.SetMaxThreads(maxThreads)
	os.Exit(Serve(s, in, out))
}

// Serve answers the parent's frames from in on out until in ends or a frame is
// malformed or out of place, and returns an exit code. A task that still runs
// then, and the goroutine that reads in, are left to the end of the process.
func Serve(s Suite, in io.Reader, out io.Writer) int {
	nonce, t, _, err := Read(in)
	switch {
	case err != nil:
		return exit(err)
	case t != Hello:
		return ExitProtocol
	}
	info := Info{}
	for _, c := range s.Cases {
		info.Cases = append(info.Cases, c.Name)
		info.Repeats = append(info.Repeats, max(1, c.Repeat))
	}
	for _, c := range s.Workloads {
		info.Workloads = append(info.Workloads, c.Name)
	}
	v := &server{suite: s, nonce: nonce, out: out, traceAtMost: maxTrace}
	if err := WriteJSON(out, nonce, Hello, info); err != nil {
		return ExitParent
	}
	return v.serve(in)
}

// exit is the exit code after an error of Read or Write.
func exit(err error) int {
	if errors.Is(err, ErrProtocol) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return ExitProtocol
	}
	return ExitParent
}

// server runs one task at a time. Only the goroutine that runs read sends on
// orders; only the goroutine that runs work touches what stands below out.
type server struct {
	suite       Suite
	nonce       Nonce
	out         io.Writer
	traceAtMost int
	task        Task
	stage       stage
	trace       *limited // where this task is traced to, or nil
	profile     bool     // this trace is to hold samples of the CPU
	profiled    bool     // the process has been profiled
	base        int      // goroutines before Run
}

// stage is how far a task has come: no order may skip one.
type stage int

const (
	idle stage = iota
	prepared
	ran
)

type order struct {
	t    Type
	body []byte
}

// serve reads and works side by side, because the work may be stuck in the
// solution: whoever ends first ends the process.
func (v *server) serve(in io.Reader) int {
	orders := make(chan order, 1)
	ended := make(chan int, 2)
	go func() { ended <- v.work(orders) }()
	go func() { ended <- v.read(in, orders) }()
	return <-ended
}

// read passes orders on for as long as the parent lives, and answers Dump
// itself.
func (v *server) read(in io.Reader, orders chan<- order) int {
	for {
		nonce, t, body, err := Read(in)
		switch {
		case err != nil:
			return exit(err)
		case nonce != v.nonce:
			return ExitProtocol
		case t == Dump:
			if err := Write(v.out, v.nonce, Stacks, stacks(MaxStacks)); err != nil {
				return ExitParent
			}
			continue
		}
		select {
		case orders <- order{t, body}:
		default: // the parent sends one order at a time
			return ExitProtocol
		}
	}
}

// work carries out orders until one fails, and returns an exit code.
func (v *server) work(orders <-chan order) int {
	for o := range orders {
		if err := v.obey(o); err != nil {
			return exit(err)
		}
	}
	return ExitParent
}

// obey carries out one order and answers it.
func (v *server) obey(o order) error {
	needs := ran
	switch o.t {
	case Prepare:
		return v.prepare(o.body)
	case Go:
		needs = prepared
	}
	if v.stage != needs {
		return fmt.Errorf("%w: type %q out of place", ErrProtocol, o.t)
	}
	switch o.t {
	case Go:
		v.stage = ran
		before := cpuTime()
		v.run()
		used := uint64(cpuTime() - before)
		return Write(v.out, v.nonce, Done, binary.BigEndian.AppendUint64(nil, used))
	case Settle:
		return WriteJSON(v.out, v.nonce, Settled, v.settle())
	case Collect:
		return WriteJSON(v.out, v.nonce, Output, v.result())
	case Fetch:
		var b []byte
		if v.trace != nil && !v.trace.over {
			b = v.trace.buf.Bytes()
		}
		v.trace = nil
		return Write(v.out, v.nonce, Traced, b)
	}
	return fmt.Errorf("%w: type %q", ErrProtocol, o.t)
}

func (v *server) prepare(body []byte) error {
	var o Order
	if err := json.Unmarshal(body, &o); err != nil {
		return fmt.Errorf("%w: %w", ErrProtocol, err)
	}
	list := v.suite.Cases
	if o.Workload {
		list = v.suite.Workloads
	}
	if o.Index < 0 || o.Index >= len(list) {
		return fmt.Errorf("%w: no task %d", ErrProtocol, o.Index)
	}
	if o.Profile && (!o.Trace || v.profiled) {
		return fmt.Errorf("%w: a profile is part of a trace, and taken once", ErrProtocol)
	}
	v.profile = o.Profile
	v.task = list[o.Index].New(rand.New(rand.NewPCG(o.Seed, 0x9e3779b97f4a7c15)))
	v.stage = prepared
	v.trace = nil
	if o.Trace {
		v.trace = &limited{most: v.traceAtMost}
	}
	v.base = runtime.NumGoroutine()
	return WriteJSON(v.out, v.nonce, Ready, Input{v.task.Input})
}

// run runs the task, inside a region of a trace where one is asked for: the
// goroutines that the solution creates are those created in the region.
func (v *server) run() {
	if v.trace == nil {
		v.task.Run()
		return
	}
	if v.profile {
		// The tracer takes down the samples. The runtime's own log of them is
		// read by nobody, so it never empties, and profiling cannot begin again.
		v.profiled = true
		runtime.SetCPUProfileRate(profileRate)
		defer runtime.SetCPUProfileRate(0)
	}
	if err := trace.Start(v.trace); err != nil {
		panic(err) // nobody else can have started one: the import is refused
	}
	trace.WithRegion(context.Background(), Region, v.task.Run)
	trace.Stop()
}

// settle waits for the goroutines of the run to end. One that could go on, and
// only waits for a CPU, is waited for as long as the process gets none.
func (v *server) settle() Rest {
	begin, before := time.Now(), cpuTime()
	for pause := 20 * time.Microsecond; ; pause = min(2*pause, settleTime) {
		left := runtime.NumGoroutine() - v.base
		if left <= 0 {
			return Rest{}
		}
		if time.Since(begin) > settleTime {
			all := stacks(256 << 10)
			// To take the stacks all others had to stop, and one that had ended but
			// for the books has been struck off.
			if left = runtime.NumGoroutine() - v.base; left <= 0 {
				return Rest{}
			}
			starved := before > 0 && cpuTime()-before < int64(settleTime) && slices.ContainsFunc(others(all), goroutine.ready)
			if !starved {
				return Rest{Goroutines: left, Stacks: string(all)}
			}
		}
		time.Sleep(pause)
	}
}

func (v *server) result() Result {
	text := v.task.Output()
	sum := sha256.Sum256([]byte(text))
	r := Result{Text: text, Digest: hex.EncodeToString(sum[:]), Length: len(text)}
	if len(text) > MaxText {
		r.Text = text[:MaxText]
	}
	if v.task.Facts != nil {
		r.Facts = v.task.Facts()
	}
	if v.task.Bounds != nil {
		r.Bounds = v.task.Bounds()
	}
	return r
}

// stacks returns all goroutines' stacks, in at most that many bytes.
func stacks(most int) []byte {
	for size := min(64<<10, most); ; size = min(4*size, most) {
		buf := make([]byte, size)
		if n := runtime.Stack(buf, true); n < size || size == most {
			return buf[:n]
		}
	}
}

// limited keeps what is written up to a number of bytes, and beyond it nothing.
type limited struct {
	most int
	buf  bytes.Buffer
	over bool
}

func (l *limited) Write(p []byte) (int, error) {
	if l.over || l.buf.Len()+len(p) > l.most {
		l.over = true
		l.buf = bytes.Buffer{}
		return len(p), nil
	}
	return l.buf.Write(p)
}
