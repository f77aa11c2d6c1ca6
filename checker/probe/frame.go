package probe

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// The protocol: frames in both directions, each a 4-byte big-endian length of
// what follows, the nonce of the run, one byte of type, and a JSON body (empty
// where the type says all). The nonce comes with the parent's first frame;
// a frame with another nonce ends the run.

// NonceSize is the length of a nonce in bytes.
const NonceSize = 16

// MaxFrame bounds a frame, so that a broken peer cannot ask for more memory.
const MaxFrame = 96 << 20

// Nonce marks the frames of one run.
type Nonce [NonceSize]byte

// Type says what a frame means.
type Type byte

// From the parent.
const (
	Prepare Type = 'P' // body Order: make this task
	Go      Type = 'G' // run it now
	Settle  Type = 'S' // wait for goroutines to end, report what is left
	Collect Type = 'C' // send the Result
	Dump    Type = 'D' // send all stacks, even while a task runs
	Fetch   Type = 'F' // send the trace of the last run
)

// From the child.
const (
	Hello   Type = 'h' // body Info: the suite
	Ready   Type = 'r' // body Input: the task is made
	Done    Type = 'd' // Run has returned; body: its CPU time by the child's own clock, 8 bytes, ns
	Settled Type = 's' // body Rest
	Output  Type = 'o' // body Result
	Stacks  Type = 'k' // body is text
	Traced  Type = 't' // body is an execution trace, or empty where it grew too large
)

// Info describes the suite that the child serves.
type Info struct {
	Cases, Workloads []string // names
	Repeats          []int    // of Cases
}

// Order asks for a task.
type Order struct {
	Workload bool   // of Suite.Workloads; else of Suite.Cases
	Index    int    // in that list
	Seed     uint64 // of its input
	Trace    bool   // record an execution trace of Run
	Profile  bool   // with Trace: sample the CPU as well; a process does it once
}

// Input describes a task that is ready.
type Input struct{ Text string }

// Rest is what a run left behind.
type Rest struct {
	Goroutines int    // still there after the time to settle
	Stacks     string // theirs, in the runtime's format
}

// Result is the answer of a run. Text is whole up to MaxText bytes, beyond
// that its beginning; Digest is always of the whole.
type Result struct {
	Text   string
	Digest string // SHA-256, hexadecimal
	Length int    // of the whole text, in bytes
	Facts  map[string]float64
	Bounds []Bound
}

// MaxStacks is how many bytes of stacks are sent at most: those of some
// 20,000 goroutines. A dump of this length was cut.
const MaxStacks = 8 << 20

// MaxText is how much of an output travels for messages.
const MaxText = 4 << 10

// ErrProtocol is in the chain of every error about a malformed frame.
var ErrProtocol = errors.New("malformed frame")

// Write sends one frame in one call of w.Write.
func Write(w io.Writer, n Nonce, t Type, body []byte) error {
	size := NonceSize + 1 + len(body)
	if size > MaxFrame {
		return fmt.Errorf("%w: %d bytes", ErrProtocol, size)
	}
	buf := make([]byte, 4, 4+size)
	binary.BigEndian.PutUint32(buf, uint32(size))
	buf = append(append(append(buf, n[:]...), byte(t)), body...)
	_, err := w.Write(buf)
	return err
}

// WriteJSON sends one frame whose body is v.
func WriteJSON(w io.Writer, n Nonce, t Type, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return Write(w, n, t, body)
}

// Read receives one frame. At a clean end of the stream it returns io.EOF; a
// frame that the end of the stream cuts is io.ErrUnexpectedEOF.
func Read(r io.Reader) (n Nonce, t Type, body []byte, err error) {
	var head [4 + NonceSize + 1]byte
	if _, err := io.ReadFull(r, head[:4]); err != nil {
		if errors.Is(err, io.ErrUnexpectedEOF) {
			err = fmt.Errorf("%w: cut in its length: %w", ErrProtocol, err)
		}
		return n, 0, nil, err
	}
	size := binary.BigEndian.Uint32(head[:4])
	if size < NonceSize+1 || size > MaxFrame {
		return n, 0, nil, fmt.Errorf("%w: length %d", ErrProtocol, size)
	}
	if _, err := io.ReadFull(r, head[4:]); err != nil {
		return n, 0, nil, fmt.Errorf("%w: cut in its head: %w", ErrProtocol, cut(err))
	}
	copy(n[:], head[4:])
	t = Type(head[len(head)-1])
	rest := int64(size) - NonceSize - 1
	if rest == 0 {
		return n, t, nil, nil
	}
	// Grown as bytes come, so that a length alone reserves nothing.
	var buf bytes.Buffer
	if got, err := io.CopyN(&buf, r, rest); err != nil {
		return n, t, nil, fmt.Errorf("%w: %d of %d bytes: %w", ErrProtocol, got, rest, cut(err))
	}
	return n, t, buf.Bytes(), nil
}

// cut is what the end of the stream is called in the middle of a frame.
func cut(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
