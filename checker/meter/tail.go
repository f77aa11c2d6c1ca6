package meter

import (
	"bytes"
	"sync"
)

// tailSize is how much of what a child prints is kept, in bytes.
const tailSize = 64 << 10

// tail keeps the end of what is written; but once a crash has begun, its
// beginning, which says what happened: thousands of stacks may follow.
type tail struct {
	mu    sync.Mutex
	buf   []byte
	crash bool // buf begins with one
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.crash && len(t.buf) >= tailSize {
		if lastMark(p) < 0 {
			return len(p), nil
		}
		t.buf = append(t.buf[:0], '\n') // what was full is over: a crash begins anew
	}
	t.buf = append(t.buf, p...)
	if len(t.buf) > 2*tailSize { // seldom: the search costs time that the child needs
		t.cut()
	}
	return len(p), nil
}

// cut shortens buf to tailSize.
func (t *tail) cut() {
	if len(t.buf) <= tailSize {
		return
	}
	if i := lastMark(t.buf); i >= 0 {
		t.crash = true
		t.buf = append(t.buf[:0], t.buf[i:]...)
		t.buf = t.buf[:min(len(t.buf), tailSize)]
	} else {
		t.buf = append(t.buf[:0], t.buf[len(t.buf)-tailSize:]...)
	}
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cut()
	return string(bytes.ToValidUTF8(t.buf, []byte("?")))
}

// lastMark is where the last report of the runtime or the race detector
// begins; -1 where there is none.
func lastMark(text []byte) int {
	last := -1
	for _, mark := range append(crashMarks(), raceMark) {
		if bytes.HasPrefix(text, []byte(mark)) {
			last = max(last, 0)
		}
		if i := bytes.LastIndex(text, []byte("\n"+mark)); i >= 0 {
			last = max(last, i+1)
		}
	}
	return last
}
