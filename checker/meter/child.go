// Package meter runs programs and reads clocks. The parent, which is this
// package, holds the clocks and the seeds; the child runs one task at a time
// when told to, and never learns what the right answer is. It gives plain
// samples: what they mean is decided elsewhere.
package meter

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"gokata/checker/probe"
	"gokata/checker/proc"
)

// Config says how a child runs.
type Config struct {
	Binary string
	Procs  int      // its GOMAXPROCS
	Race   bool     // built with -race
	Env    []string // what it sees besides
	Memory int64    // most writable private memory, bytes; 0 means 4 GiB
}

// Limits of a child. A race detector's shadow memory does not fit any limit on
// what is reserved: what is used is limited then.
const (
	memoryLimit = 4 << 30
	cpuLimit    = 2 * time.Minute
)

// Child is a process that serves the tasks of one program.
type Child struct {
	conf   Config
	group  *proc.Group
	nonce  probe.Nonce
	to     *os.File
	from   *os.File
	frames chan frame
	stderr *tail
	info   probe.Info
	closed sync.Once
	stacks string // the last dump that was looked at
	born   clocks
	rested int64 // its CPU clock after the last run, ns; from then on it has nothing to do
}

// frame is an answer with the clocks read when it came.
type frame struct {
	t    probe.Type
	body []byte
	cpu  int64     // of the child, ns
	wall time.Time // read after cpu
	err  error
}

// errEnded is what calls return once the child has ended; Ending says how.
var errEnded = errors.New("the child has ended")

// ErrSlow is what Run returns when a task exceeds its time.
var ErrSlow = errors.New("the task exceeded its time")

// ErrDeadlock is what Run returns when every goroutine waits for another.
var ErrDeadlock = errors.New("every goroutine is blocked")

// startTime is how long a child may take to say hello on a busy machine.
const startTime = 20 * time.Second

// Start starts a child and waits until it is ready to serve.
func Start(ctx context.Context, conf Config) (*Child, error) {
	c := &Child{conf: conf, frames: make(chan frame, 4), stderr: &tail{}}
	if _, err := rand.Read(c.nonce[:]); err != nil {
		return nil, err
	}
	orders, to, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("failed to start a measured program: %w", err)
	}
	from, answers, err := os.Pipe()
	if err != nil {
		orders.Close()
		to.Close()
		return nil, fmt.Errorf("failed to start a measured program: %w", err)
	}
	c.to, c.from = to, from
	cmd := exec.Command(conf.Binary)
	cmd.Dir = filepath.Dir(conf.Binary)
	cmd.Env = append(append([]string{}, conf.Env...),
		"GOMAXPROCS="+strconv.Itoa(conf.Procs), "GOGC=off", "GOMEMLIMIT=1GiB",
		"GORACE=halt_on_error=1 exitcode=66 atexit_sleep_ms=0", "GOTRACEBACK=single")
	cmd.Stderr = c.stderr
	connect(cmd, orders, answers)
	lim := proc.Limits{Memory: cmp.Or(conf.Memory, memoryLimit), FileSize: 1 << 20, CPU: cpuLimit}
	if conf.Race {
		lim.Memory, lim.Resident = 0, memoryLimit
	}
	c.group, err = proc.Start(ctx, cmd, lim)
	orders.Close()
	answers.Close()
	if err != nil {
		to.Close()
		from.Close()
		return nil, err
	}
	c.born = clocks{at: time.Now(), waits: true}
	go c.receive()
	if err := c.send(probe.Hello, nil); err != nil {
		return c, err
	}
	hello, err := c.patient(ctx, probe.Hello)
	if err == nil {
		err = json.Unmarshal(hello.body, &c.info)
	}
	if err != nil {
		if ctx.Err() != nil {
			c.Close()
			return nil, ctx.Err()
		}
		return c, err // the caller asks Ending why, and closes
	}
	return c, nil
}

// Info describes the suite that the child serves.
func (c *Child) Info() probe.Info { return c.info }

// Close ends the child. It may be called often, and on nil.
func (c *Child) Close() {
	if c == nil {
		return
	}
	c.closed.Do(func() {
		c.to.Close()
		c.group.Kill()
		for range c.frames { // until receive has seen the end
		}
		c.from.Close()
	})
}

// receive reads frames until the child ends, and reads the clocks at each:
// CPU first and wall last, so that a delay between them makes the child look
// less busy, never busier.
func (c *Child) receive() {
	defer close(c.frames)
	for {
		n, t, body, err := probe.Read(c.from)
		f := frame{t: t, body: body, err: err}
		f.cpu, _ = cpuTime(c.group.PID())
		f.wall = time.Now()
		if err == nil && n != c.nonce {
			f.err = fmt.Errorf("%w: a frame without the nonce", probe.ErrProtocol)
		}
		c.frames <- f
		if f.err != nil {
			return
		}
	}
}

func (c *Child) send(t probe.Type, v any) error {
	var body []byte
	if v != nil {
		var err error
		if body, err = json.Marshal(v); err != nil {
			return err
		}
	}
	if err := probe.Write(c.to, c.nonce, t, body); err != nil {
		return errEnded
	}
	return nil
}

// next waits for a frame of any type.
func (c *Child) next(ctx context.Context, limit time.Duration) (frame, error) {
	begun := time.Now()
	f, err := c.within(ctx, limit)
	if err == ErrSlow && time.Since(begun) > limit+stopped {
		// This process did not run (Ctrl-Z), and the child did: what it has sent
		// since is still to be read.
		return c.within(ctx, stopped)
	}
	return f, err
}

// stopped is how late a timer fires only in a process that was stopped.
const stopped = time.Second

func (c *Child) within(ctx context.Context, limit time.Duration) (frame, error) {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case f, ok := <-c.frames:
		if !ok || f.err != nil {
			if ctx.Err() != nil {
				return frame{}, ctx.Err()
			}
			if errors.Is(f.err, probe.ErrProtocol) && !errors.Is(f.err, io.ErrUnexpectedEOF) {
				return frame{}, f.err
			}
			return frame{}, errEnded
		}
		return f, nil
	case <-timer.C:
		return frame{}, ErrSlow
	case <-ctx.Done():
		return frame{}, ctx.Err()
	}
}

// answer waits for a frame of type t.
func (c *Child) answer(ctx context.Context, t probe.Type, limit time.Duration) (frame, error) {
	f, err := c.next(ctx, limit)
	if err == nil && f.t != t {
		return frame{}, fmt.Errorf("%w: %q where %q was due", probe.ErrProtocol, f.t, t)
	}
	return f, err
}

// patient waits for an answer that takes no time of its own.
func (c *Child) patient(ctx context.Context, t probe.Type) (frame, error) {
	for {
		f, err := c.answer(ctx, t, startTime)
		if !errors.Is(err, ErrSlow) {
			return f, err
		}
		if err := c.slow(c.born, startTime); err != nil {
			return f, err
		}
	}
}

// ask sends an order and decodes the answer into v.
func (c *Child) ask(ctx context.Context, order probe.Type, body any, answer probe.Type, v any) (frame, error) {
	if err := c.send(order, body); err != nil {
		return frame{}, err
	}
	f, err := c.patient(ctx, answer)
	if err != nil || v == nil {
		return f, err
	}
	return f, json.Unmarshal(f.body, v)
}
