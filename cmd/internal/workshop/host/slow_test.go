package host

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"

	"gokata/cmd/internal/workshop"
)

// impatient is a host that drops slow readers soon.
func impatient(c *Config) {
	c.waits = waits{headers: 5 * time.Second, request: 15 * time.Second, beat: 500 * time.Millisecond, write: 500 * time.Millisecond}
}

// say writes messages that are as long as they may be, so that everybody is told
// some hundred kilobytes.
func (s *hosted) say(n int) {
	s.t.Helper()
	err := s.desk.change(context.Background(), func(b *batch) error {
		for range n {
			if err := b.event(workshop.Event{Act: workshop.ActHint, Text: strings.Repeat("語", workshop.MaxText)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

// streams is how many of a learner's the host has.
func (s *hosted) streams(learner int64) int {
	s.gates.mu.Lock()
	defer s.gates.mu.Unlock()
	return len(s.gates.open[learner])
}

// listens says whether the host has a stream of a learner.
func (s *hosted) listens(learner int64) bool { return s.streams(learner) > 0 }

// member joins, and says by which id.
func (s *hosted) member(name string) (token string, id int64) {
	s.t.Helper()
	c := s.learner(name)
	me, err := c.Me(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	return c.Token, me.Learner
}

// dropsWhoDoesNotRead says more and more until a learner's stream is gone, while
// another one hears everything.
func (s *hosted) dropsWhoDoesNotRead(id int64) {
	s.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	last := make(chan int64, 1000)
	kim := s.learner("Kim")
	go kim.Listen(ctx, func(t workshop.Told) error { last <- t.Seq; return nil })
	soon(s.t, "the slow one listens", func() bool { return s.listens(id) })
	s.say(200)
	soon(s.t, "who does not read is dropped", func() bool { s.say(1); return !s.listens(id) })
	var seq int64
	s.desk.look(func(st *state) { seq = st.stage.Seq })
	soon(s.t, "the other one hears all", func() bool {
		select {
		case n := <-last:
			return n >= seq
		default:
			return false
		}
	})
}

func TestAStreamThatIsNotReadIsDropped(t *testing.T) {
	t.Run("http2", func(t *testing.T) {
		s := serve(t, impatient)
		token, id := s.member("Mallory")
		transport := &http.Transport{
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true,
			HTTP2: &http.HTTP2Config{MaxReceiveBufferPerStream: 1 << 16, MaxReceiveBufferPerConnection: 1 << 16},
		}
		defer transport.CloseIdleConnections()
		r, _ := http.NewRequest(http.MethodGet, s.URL()+"/api/stream", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		res, err := transport.RoundTrip(r)
		if err != nil || res.ProtoMajor != 2 {
			t.Fatal(res, err)
		}
		defer res.Body.Close()
		s.dropsWhoDoesNotRead(id)
	})
	t.Run("http1", func(t *testing.T) {
		s := serve(t, func(c *Config) { impatient(c); c.Plain = true })
		token, id := s.member("Mallory")
		c := s.dial()
		c.(*net.TCPConn).SetReadBuffer(4096)
		fmt.Fprintf(c, "GET /api/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n\r\n", token)
		s.dropsWhoDoesNotRead(id)
	})
}

// HTTP/2 ends a stream at its write deadline, even one that is quiet: it must not
// stand between two words.
func TestAQuietStreamGoesOn(t *testing.T) {
	s := serve(t, func(c *Config) {
		c.waits = usualWaits
		c.waits.write, c.waits.beat = 300*time.Millisecond, time.Hour
	})
	kim := s.learner("Kim")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	heard, ended := make(chan workshop.Told, 10), make(chan error, 1)
	go func() {
		ended <- kim.Listen(ctx, func(t workshop.Told) error { heard <- t; return nil })
	}()
	select {
	case <-heard:
	case err := <-ended:
		t.Fatalf("the stream ended with %v", err)
	}
	select {
	case err := <-ended:
		t.Fatalf("the stream ended with %v", err)
	case <-time.After(1500 * time.Millisecond):
	}
	s.act("act=cue", "text=Read on")
	select {
	case err := <-ended:
		t.Errorf("the stream ended with %v", err)
	case told := <-heard:
		if told.Cue != "Read on" {
			t.Errorf("told %+v", told)
		}
	}
}

// A peer that has vanished, as a laptop does whose lid is closed, answers no ping:
// its connection is ended, though nothing was wrong with what it sent.
func TestAPeerThatVanishesIsDropped(t *testing.T) {
	s := serve(t, impatient)
	token, id := s.member("Mallory")
	c := s.dial("h2")
	io.WriteString(c, http2.ClientPreface)
	f := http2.NewFramer(c, c)
	f.WriteSettings(http2.Setting{ID: http2.SettingInitialWindowSize, Val: 1 << 30})
	f.WriteWindowUpdate(0, 1<<30)
	var block bytes.Buffer
	h := hpack.NewEncoder(&block)
	for _, field := range [][2]string{{":method", "GET"}, {":scheme", "https"}, {":authority", "x"}, {":path", "/api/stream"}, {"authorization", "Bearer " + token}} {
		h.WriteField(hpack.HeaderField{Name: field[0], Value: field[1]})
	}
	if err := f.WriteHeaders(http2.HeadersFrameParam{StreamID: 1, BlockFragment: block.Bytes(), EndStream: true, EndHeaders: true}); err != nil {
		t.Fatal(err)
	}
	c.SetReadDeadline(time.Now().Add(30 * time.Second))
	settled := false
	for !settled || !s.listens(id) {
		frame, err := f.ReadFrame()
		if err != nil {
			t.Fatal(err)
		}
		if set, ok := frame.(*http2.SettingsFrame); ok && !set.IsAck() {
			f.WriteSettingsAck()
			settled = true
		}
	}
	hungUp(t, "no ping is answered", c)
	soon(t, "the stream is gone", func() bool { return !s.listens(id) })
}
