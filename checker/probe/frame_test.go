package probe

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"testing"
)

func TestFramesComeBackAsTheyWereSent(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	type sent struct {
		nonce Nonce
		t     Type
		body  []byte
	}
	var stream bytes.Buffer
	var all []sent
	for range 300 {
		s := sent{t: Type(r.Uint32()), body: make([]byte, r.IntN(1<<r.IntN(14)))}
		for i := range s.body {
			s.body[i] = byte(r.Uint32())
		}
		binary.BigEndian.PutUint64(s.nonce[:], r.Uint64())
		if err := Write(&stream, s.nonce, s.t, s.body); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	in := trickle{&stream, r}
	for i, s := range all {
		nonce, typ, body, err := Read(in)
		if err != nil || nonce != s.nonce || typ != s.t || !bytes.Equal(body, s.body) {
			t.Fatalf("frame %d: type %q, %d bytes, %v; sent type %q, %d bytes", i, typ, len(body), err, s.t, len(s.body))
		}
	}
	if _, _, _, err := Read(in); err != io.EOF {
		t.Errorf("after the last frame: %v, want io.EOF", err)
	}
}

// trickle gives a few bytes at a time, as a pipe may.
type trickle struct {
	r   io.Reader
	rng *rand.Rand
}

func (t trickle) Read(p []byte) (int, error) { return t.r.Read(p[:min(len(p), 1+t.rng.IntN(40))]) }

func TestAFrameIsOneWrite(t *testing.T) {
	var w writes
	if err := Write(&w, Nonce{}, Go, []byte("body")); err != nil {
		t.Fatal(err)
	}
	if w != 1 {
		t.Errorf("%d writes", w)
	}
}

type writes int

func (w *writes) Write(p []byte) (int, error) { *w++; return len(p), nil }

func TestTooLargeAFrameIsNotSent(t *testing.T) {
	var w writes
	if err := Write(&w, Nonce{}, Traced, make([]byte, MaxFrame)); !errors.Is(err, ErrProtocol) || w != 0 {
		t.Errorf("%v after %d writes", err, w)
	}
}

// frameOf is a frame as bytes.
func frameOf(tb testing.TB, n Nonce, t Type, body []byte) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := Write(&b, n, t, body); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestReadTellsACutFrameFromAMalformedOne(t *testing.T) {
	whole := frameOf(t, Nonce{1}, Output, []byte("body"))
	for n := range len(whole) {
		_, _, _, err := Read(bytes.NewReader(whole[:n]))
		switch {
		case n == 0 && err != io.EOF:
			t.Errorf("nothing: %v, want io.EOF", err)
		case n > 0 && (!errors.Is(err, io.ErrUnexpectedEOF) || !errors.Is(err, ErrProtocol)):
			t.Errorf("%d of %d bytes: %v", n, len(whole), err)
		}
	}
	for _, size := range []uint32{0, 1, NonceSize, MaxFrame + 1, 1 << 31} {
		bad := append(binary.BigEndian.AppendUint32(nil, size), whole[4:]...)
		if _, _, _, err := Read(bytes.NewReader(bad)); !errors.Is(err, ErrProtocol) || errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("length %d: %v", size, err)
		}
	}
}

func TestALengthAloneReservesNothing(t *testing.T) {
	claims := append(binary.BigEndian.AppendUint32(nil, MaxFrame), make([]byte, NonceSize+1+100)...)
	least := uint64(MaxFrame)
	for range 5 { // others may allocate meanwhile
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, _, _, err := Read(bytes.NewReader(claims)); err == nil {
			t.Fatal("a cut frame was read")
		}
		runtime.ReadMemStats(&after)
		least = min(least, after.TotalAlloc-before.TotalAlloc)
	}
	if least > 64<<10 {
		t.Errorf("%d bytes for a frame that claims %d and brings 100", least, MaxFrame)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0, 0, 0})
	f.Add(frameOf(f, Nonce{}, Hello, nil))
	f.Add(frameOf(f, Nonce{1, 2, 3}, Prepare, []byte(`{"Index":1}`)))
	f.Add(append(frameOf(f, Nonce{9}, Go, nil), frameOf(f, Nonce{9}, Dump, []byte{0})...))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
	f.Add([]byte{0, 0, 0, 16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18})
	f.Fuzz(func(t *testing.T, stream []byte) {
		in, read := bytes.NewReader(stream), 0
		for {
			nonce, typ, body, err := Read(in)
			if err != nil {
				if err != io.EOF && !errors.Is(err, ErrProtocol) {
					t.Fatalf("an error of neither kind: %v", err)
				}
				return
			}
			again := frameOf(t, nonce, typ, body)
			if !bytes.Equal(again, stream[read:read+len(again)]) {
				t.Fatalf("read % x, which is written % x", stream[read:read+len(again)], again)
			}
			read += len(again)
		}
	})
}
