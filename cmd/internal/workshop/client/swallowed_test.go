package client

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A connection that a network has swallowed, without a word to either end, is given
// up, and the next request makes another.
func TestASwallowedConnectionIsGivenUp(t *testing.T) {
	defer func(a, b time.Duration) { pingAfter, pingWithin = a, b }(pingAfter, pingWithin)
	pingAfter, pingWithin = 500*time.Millisecond, time.Second
	host := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "{}") }))
	host.EnableHTTP2 = true
	host.StartTLS()
	defer host.Close()

	between, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer between.Close()
	var swallowed, accepted atomic.Int64 // connections up to the number swallowed go nowhere
	go func() {
		for {
			near, err := between.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", host.Listener.Addr().String())
			if err != nil {
				near.Close()
				continue
			}
			n := accepted.Add(1)
			pipe := func(to, from net.Conn) {
				defer to.Close()
				b := make([]byte, 4096)
				for {
					k, err := from.Read(b)
					if err != nil {
						return
					}
					if n > swallowed.Load() {
						to.Write(b[:k])
					}
				}
			}
			go pipe(far, near)
			go pipe(near, far)
		}
	}()

	sum := sha256.Sum256(host.Certificate().Raw)
	c := New(Address{URL: "https://" + between.Addr().String(), Pin: base64.RawURLEncoding.EncodeToString(sum[:])}, "")
	defer c.HTTP.CloseIdleConnections()
	if err := c.Do(t.Context(), http.MethodGet, "/", nil, nil); err != nil {
		t.Fatal(err)
	}
	swallowed.Store(accepted.Load())
	for end := time.Now().Add(time.Minute); ; {
		within, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		err := c.Do(within, http.MethodGet, "/", nil, nil)
		cancel()
		if err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("a minute later: %v", err)
		}
		if strings.Contains(err.Error(), "refused") {
			t.Fatal(err)
		}
	}
	if accepted.Load() < 2 {
		t.Error("no new connection was made")
	}
}
