// Package hidden, continued: pipes that know whether they have been read from.
package hidden

import (
	"errors"
	"math/rand/v2"
	"os"
	"sync/atomic"
	"syscall"
	"time"
)

// patience is how many times tick a writer waits for its reader. It counts
// waits, each of which this process has to wake up from, rather than time: a
// machine that stands still takes the solution's time and the writer's alike.
const (
	patience = 100
	tick     = 10 * time.Millisecond
)

// pipe is the end to read from, in blocking mode as the system gives it, and
// the end to write to, which is the harness's.
type pipe struct {
	fd      int
	stat    syscall.Stat_t // of fd
	w       *os.File
	message []byte
	sent    int
}

// newPipe makes a pipe and a message of n bytes.
func newPipe(rnd *rand.Rand, n int) *pipe {
	r, w := open()
	p := &pipe{fd: r, w: os.NewFile(uintptr(w), "writer"), message: make([]byte, n)}
	must(syscall.Fstat(p.fd, &p.stat))
	state := rnd.Uint64() | 1
	for i := range p.message {
		state ^= state << 13
		state ^= state >> 7
		state ^= state << 17
		p.message[i] = byte(state)
	}
	return p
}

// open makes a pipe. Writing to it does not block a thread.
func open() (r, w int) {
	var ends [2]int
	must(syscall.Pipe(ends[:]))
	must(syscall.SetNonblock(ends[1], true))
	return ends[0], ends[1]
}

// capacity is how many bytes a pipe holds that is shrunk and that nobody reads.
func capacity() int {
	r, w := open()
	shrink(r)
	defer syscall.Close(r)
	defer syscall.Close(w)
	holds, some := 0, make([]byte, 64<<10)
	for {
		n, err := syscall.Write(w, some)
		switch {
		case err == syscall.EINTR:
		case err == syscall.EAGAIN:
			return holds
		default:
			must(err)
			holds += n
		}
	}
}

func must(err error) {
	if err != nil {
		panic(err) // too few descriptors, say: not the solution's fault
	}
}

// fill sends the message up to a length, which should be more than a pipe
// holds, and says whether the reader has taken some of it. It gives up where
// nobody reads.
func (p *pipe) fill(to int, over *atomic.Bool) bool {
	for range patience {
		if over.Load() {
			return false
		}
		p.w.SetWriteDeadline(time.Now().Add(tick))
		n, err := p.w.Write(p.message[p.sent:to])
		p.sent += n
		if err == nil {
			return true
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			return false
		}
	}
	return false
}

// end sends the rest of the message in pieces, and closes the pipe.
func (p *pipe) end(piece int, over *atomic.Bool) {
	p.w.SetWriteDeadline(time.Time{})
	for p.sent < len(p.message) && !over.Load() {
		n, err := p.w.Write(p.message[p.sent:min(p.sent+piece, len(p.message))])
		p.sent += n
		if err != nil {
			break
		}
	}
	p.w.Close()
}

// release ends a Write that nobody reads.
func (p *pipe) release() { p.w.SetWriteDeadline(time.Now()) }

// leftOpen says whether the descriptor is still that of the pipe.
func (p *pipe) leftOpen() bool {
	var now syscall.Stat_t
	err := syscall.Fstat(p.fd, &now)
	return err == nil && now.Dev == p.stat.Dev && now.Ino == p.stat.Ino
}
