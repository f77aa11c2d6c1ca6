// Package proc starts child processes that cannot outlive or outgrow a check:
// each leads a process group of its own, has limits on memory, file size and
// CPU time where the system knows them, and dies, group and all, with the
// context, with Kill, or with the parent.
package proc

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"time"
)

// Limits bound one child and what it starts. Zero means no limit. Linux
// enforces all of them, other systems the context's deadline only.
type Limits struct {
	Memory   int64         // bytes of writable private memory
	FileSize int64         // bytes of the largest file that it may write
	CPU      time.Duration // CPU time, user and system
	// Resident is bytes of physical memory of the child alone, looked at ten
	// times a second: for programs that reserve far more than they use, so that
	// Memory cannot bound them.
	Resident int64
}

// Group is a started child with its descendants.
type Group struct {
	cmd  *exec.Cmd
	stop func() bool
	done chan struct{}
	err  error
	mu   sync.Mutex
	over bool // the child has ended: its id may soon be another's
}

// Start starts cmd in a group of its own. The group is killed when ctx ends.
func Start(ctx context.Context, cmd *exec.Cmd, lim Limits) (*Group, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	isolate(cmd)
	cmd.WaitDelay = time.Second // a descendant that keeps the output open cannot keep us
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("failed to start %s: %w", cmd.Path, err)
	}
	g := &Group{cmd: cmd, done: make(chan struct{})}
	if err := limit(cmd.Process.Pid, lim); err != nil {
		g.kill()
		_ = cmd.Wait()
		return nil, fmt.Errorf("failed to limit %s: %w", cmd.Path, err)
	}
	g.stop = context.AfterFunc(ctx, g.kill)
	go func() {
		g.err = g.await()
		close(g.done)
	}()
	if lim.Resident > 0 {
		go g.watch(lim.Resident)
	}
	return g, nil
}

// PID is the child's process id, which is also its group's.
func (g *Group) PID() int { return g.cmd.Process.Pid }

// Done is closed once the child has ended and its output has been read.
func (g *Group) Done() <-chan struct{} { return g.done }

// Wait waits for the child to end; what it left running is cleared away.
func (g *Group) Wait() error {
	<-g.done
	g.stop()
	return g.err
}

// Kill ends the whole group and waits until it is gone. It may be called often.
func (g *Group) Kill() {
	g.stop()
	g.kill()
	<-g.done
}

// clear kills what the child left running, and lets nothing be killed after.
func (g *Group) clear() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.killGroup()
	g.over = true
}

// kill signals the group, unless it is over.
func (g *Group) kill() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.over {
		g.killGroup()
	}
}

// watch kills the group when the child uses more memory than it may.
func (g *Group) watch(most int64) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-g.done:
			return
		case <-tick.C:
			if resident(g.PID()) > most {
				g.kill()
				return
			}
		}
	}
}

// State is what the system said of the child's end; nil before Done.
func (g *Group) State() *os.ProcessState {
	select {
	case <-g.done:
		return g.cmd.ProcessState
	default:
		return nil
	}
}
