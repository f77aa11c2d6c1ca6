package host

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
)

// dial opens a connection to the host, with TLS where protocols are named, in a
// way that the test ends itself.
func (s *hosted) dial(protocols ...string) net.Conn {
	s.t.Helper()
	var d net.Dialer
	c, err := d.Dial("tcp", s.listen.Addr().String())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { c.Close() })
	if len(protocols) == 0 {
		return c
	}
	secure := tls.Client(c, &tls.Config{InsecureSkipVerify: true, NextProtos: protocols})
	if err := secure.Handshake(); err != nil {
		s.t.Fatal(err)
	}
	return secure
}

// hungUp waits until the host has ended a connection.
func hungUp(t *testing.T, what string, c net.Conn) {
	t.Helper()
	c.SetReadDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("%s: the host still waits", what)
	}
}

// Connections that are opened and say nothing, or say it for ever, are ended by
// the host, and meanwhile nobody waits for them.
func TestHalfOpenConnectionsAreEndedAndHoldNobodyBack(t *testing.T) {
	s := serve(t, func(c *Config) {
		c.waits = waits{headers: time.Second, request: 2 * time.Second, beat: time.Second, write: time.Second}
	})
	send := func(c net.Conn, text string) net.Conn {
		if _, err := io.WriteString(c, text); err != nil {
			t.Fatal(err)
		}
		return c
	}
	open := map[string][]net.Conn{}
	for range 100 {
		open["silence"] = append(open["silence"], s.dial())
		open["silence in the handshake"] = append(open["silence in the handshake"], send(s.dial(), "\x16\x03\x01\x02\x00"))
	}
	for range 10 {
		open["silence after the handshake"] = append(open["silence after the handshake"], s.dial("http/1.1"))
		slow := send(s.dial("http/1.1"), "GET /api/hello HTTP/1.1\r\nHost: x\r\nX-Slow: ")
		go func() { // a byte now and then
			for {
				if _, err := io.WriteString(slow, "a"); err != nil {
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
		}()
		open["headers without end"] = append(open["headers without end"], slow)
		open["a body that does not come"] = append(open["a body that does not come"],
			send(s.dial("http/1.1"), "POST /api/join HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"))
	}
	soon(t, "a learner gets in meanwhile", func() bool {
		_, err := s.client("").Join(context.Background(), workshop.JoinRequest{Name: "Kim"})
		return err == nil
	})
	for what, all := range open {
		for _, c := range all {
			hungUp(t, what, c)
		}
	}
}
