// Package host serves a workshop: one process, one file.
//
// What comes in is checked and written down by the desk, one goroutine that
// commits in groups; only then is it answered, added up and shown. Learners send
// results and get the stage; the instructor's pages and the projector get the
// room, as patches of HTML by server-sent events. Who is allowed what is in
// access.go, for every path in one table.
package host

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"golang.org/x/net/netutil"
	"golang.org/x/time/rate"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/store"
	"gokata/lessons"
)

// maxLearners is how many may join.
const maxLearners = 5000

// maxConnections bounds what half-open connections can take.
const maxConnections = 2 * maxLearners

// Config says how a workshop is hosted.
type Config struct {
	Addr      string // to listen on, HOST:PORT
	Data      string // folder
	Cert, Key string // files; empty: a certificate of our own
	Plain     bool   // HTTP without TLS
	Source    bool   // ask learners for their code
	Anonymous bool   // take no names
	Revoke    bool   // keys of earlier starts are void
	Public    string // host name or address that learners use; empty: found out
	Course    *lessons.Course
	Katas     map[string]string // title by slug
	Log       io.Writer         // errors of connections; nil: nowhere
	Now       func() time.Time  // nil: one that goes on evenly, wherever the system's jumps

	waits waits            // zero: the usual ones
	wall  func() time.Time // the clock on the wall, which can jump; nil: Now, where that is given
}

// Host is a workshop that is served.
type Host struct {
	config Config
	store  store.Store
	desk   *desk
	lock   *flock.Flock
	listen net.Listener
	server *http.Server
	secure bool
	pin    string // of our own certificate
	course *catalogue
	gates  gates
	board  *board
	begun  time.Time
	full   rate.Sometimes // how often a full disk is told

	// Instructor and Projector are keys that were made for this start.
	Instructor, Projector string
}

// ErrInUse says that another host has the data.
var ErrInUse = errors.New("another host is running with this data")

// Open loads a workshop, or begins one, and listens.
func Open(ctx context.Context, c Config) (*Host, error) {
	if c.Now == nil {
		c.Now, c.wall = steady(time.Now()), time.Now
	} else if c.wall == nil {
		c.wall = c.Now
	}
	if c.waits == (waits{}) {
		c.waits = usualWaits
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return nil, err
	}
	h := &Host{config: c, secure: !c.Plain, begun: c.Now(), full: rate.Sometimes{Interval: 10 * time.Second}, course: newCatalogue(c), gates: newGates()}
	h.board = newBoard(h)
	if err := h.open(ctx); err != nil {
		h.shut()
		return nil, err
	}
	return h, nil
}

func (h *Host) open(ctx context.Context) (err error) {
	c := h.config
	h.lock = flock.New(filepath.Join(c.Data, "host.lock"))
	if ok, err := h.lock.TryLock(); err != nil || !ok {
		h.lock = nil
		if err == nil {
			err = ErrInUse
		}
		return err
	}
	if h.store, err = store.SQLite(ctx, File(c.Data)); err != nil {
		return err
	}
	if h.desk, err = newDesk(ctx, h.store, c.Now); err != nil {
		return err
	}
	if err := h.prepare(ctx); err != nil {
		return err
	}
	conf, err := h.certificate()
	if err != nil {
		return err
	}
	if h.listen, err = net.Listen("tcp", c.Addr); err != nil {
		return err
	}
	if conf != nil {
		conf.MinVersion = tls.VersionTLS12
		conf.NextProtos = []string{"h2", "http/1.1"}
	}
	out := c.Log
	if out == nil {
		out = io.Discard
	}
	h.server = &http.Server{
		Handler:           h.handler(),
		TLSConfig:         conf,
		ReadHeaderTimeout: c.waits.headers,
		ReadTimeout:       c.waits.request,
		IdleTimeout:       90 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(withoutHandshakes{out}, "", 0),
		// A peer that has vanished answers no ping; one that reads nothing takes no byte.
		HTTP2: &http.HTTP2Config{SendPingTimeout: c.waits.beat, PingTimeout: c.waits.write, WriteByteTimeout: c.waits.write},
	}
	return nil
}

// withoutHandshakes is a log without those who do not trust the certificate, as
// every browser does at first, or speak no TLS: strangers could fill it.
type withoutHandshakes struct{ io.Writer }

func (l withoutHandshakes) Write(p []byte) (int, error) {
	if bytes.Contains(p, []byte("TLS handshake error from ")) {
		return len(p), nil
	}
	return l.Writer.Write(p)
}

// steady is a clock that goes on evenly from a time, wherever the system's jumps:
// a poll does not end and nobody is stuck because a laptop has found its time
// server. It goes on while a laptop sleeps.
func steady(begun time.Time) func() time.Time {
	first := sinceStart()
	return func() time.Time { return begun.Round(0).Add(sinceStart() - first) }
}

// File is where a workshop with this folder of data is kept.
func File(data string) string { return filepath.Join(data, "workshop.db") }

// prepare makes the join code where there is none, and keys for this start.
func (h *Host) prepare(ctx context.Context) error {
	h.Instructor, h.Projector = newToken(), newToken()
	return h.desk.change(ctx, func(b *batch) error {
		if h.config.Revoke {
			if err := b.revoke(); err != nil {
				return err
			}
		}
		if b.old.settings[settingCode] == "" {
			if err := b.set(settingCode, newCode()); err != nil {
				return err
			}
		}
		if err := b.key(store.Key{Hash: hashOf(h.Instructor), Role: roleInstructor}); err != nil {
			return err
		}
		return b.key(store.Key{Hash: hashOf(h.Projector), Role: roleProjector})
	})
}

// Settings that are kept.
const (
	settingCode = "code"
	settingCert = "cert"
	settingKey  = "key"
)

// Serve answers until the context ends, then lets go of everything.
func (h *Host) Serve(ctx context.Context) error {
	ended := make(chan error, 1)
	limited := netutil.LimitListener(h.listen, maxConnections)
	go func() {
		if h.secure {
			ended <- h.server.ServeTLS(limited, "", "")
		} else {
			ended <- h.server.Serve(limited)
		}
	}()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		late, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		h.gates.end() // streams would go on for ever
		if h.server.Shutdown(late) != nil {
			h.server.Close()
		}
		<-ended
	}
	return errors.Join(err, h.shut())
}

func (h *Host) shut() error {
	var errs []error
	if h.listen != nil {
		h.listen.Close()
	}
	if h.desk != nil {
		h.desk.close()
	}
	if h.store != nil {
		errs = append(errs, h.store.Close())
	}
	if h.lock != nil {
		errs = append(errs, h.lock.Unlock())
	}
	return errors.Join(errs...)
}

// URL is the address that learners use, without a path.
func (h *Host) URL() string {
	scheme := "https"
	if !h.secure {
		scheme = "http"
	}
	host, port, _ := net.SplitHostPort(h.listen.Addr().String())
	switch ip := net.ParseIP(host); {
	case h.config.Public != "":
		host = h.config.Public
	case ip == nil, ip.IsUnspecified():
		host = ownAddress()
	}
	return (&url.URL{Scheme: scheme, Host: net.JoinHostPort(host, port)}).String()
}

// Join is what a learner gives to workshop join: the address, the code and what
// our own certificate is known by.
func (h *Host) Join() string {
	code := h.code()
	if h.pin != "" {
		code += "." + h.pin
	}
	return h.URL() + "#" + code
}

// Scan is what a phone is led to by a QR code. Browsers make up their own mind
// about certificates, so that it is short.
func (h *Host) Scan() string { return h.URL() + "/#" + h.code() }

func (h *Host) code() (code string) {
	h.desk.look(func(s *state) { code = s.settings[settingCode] })
	return code
}

// ProjectorURL is the address of the page for the wall.
func (h *Host) ProjectorURL() string { return h.URL() + "/projector/" + h.Projector }

// Learners is how many have joined.
func (h *Host) Learners() (n int) {
	h.desk.look(func(s *state) { n = s.room.Len() })
	return n
}

// ownAddress is that of this machine in the room's network, as far as the system
// knows; no packet is sent. Without a way out of the room it is the first address
// that is not the machine's alone.
func ownAddress() string {
	for _, to := range []string{"192.0.2.1:9", "[2001:db8::1]:9"} {
		c, err := net.Dial("udp", to)
		if err != nil {
			continue
		}
		defer c.Close()
		if a, ok := c.LocalAddr().(*net.UDPAddr); ok && !a.IP.IsLoopback() {
			return a.IP.String()
		}
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1"
	}
	for _, a := range addresses {
		if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() && n.IP.To4() != nil {
			return n.IP.String()
		}
	}
	return "127.0.0.1"
}

var errGone = &refusal{http.StatusUnauthorized, "you are not in this workshop (any more); join it again"}

// snapshot is the room and the stage at one time.
type snapshot struct {
	seq    int64
	people []*workshop.Person
	stage  *workshop.Stage
	tally  []int
	voters int
	code   string
}

func (h *Host) snapshot() (s snapshot) {
	h.desk.look(func(st *state) {
		s.seq, s.stage = st.seq, st.stage
		s.people = st.room.People()
		s.tally, s.voters = st.tally()
		s.code = st.settings[settingCode]
	})
	return s
}

// tally counts the answers to the poll of the stage.
func (s *state) tally() (counts []int, voters int) {
	p := s.stage.Poll
	if p == nil {
		return nil, 0
	}
	counts = make([]int, len(p.Options))
	for _, choice := range s.votes[p.ID] {
		voters++
		for _, c := range choice {
			counts[c]++
		}
	}
	return counts, voters
}
