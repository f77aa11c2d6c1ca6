package host

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// coalesce is the time between patches of a page.
const coalesce = 200 * time.Millisecond

// waits are how long a host waits for those at the other end.
type waits struct {
	headers time.Duration // of a request, or a TLS handshake
	request time.Duration // with its body
	beat    time.Duration // between two words of a stream that has no news
	write   time.Duration // or the reader is dropped, and gets it all when it comes again
}

var usualWaits = waits{headers: 5 * time.Second, request: 15 * time.Second, beat: 15 * time.Second, write: 5 * time.Second}

// sse writes server-sent events.
type sse struct {
	w      http.ResponseWriter
	rc     *http.ResponseController
	within time.Duration // for a write
	last   int64         // id of the last event, -1 for none
}

// newSSE begins a stream.
func (h *Host) newSSE(w http.ResponseWriter, r *http.Request) (*sse, error) {
	s := &sse{w: w, rc: http.NewResponseController(w), within: h.config.waits.write}
	since := r.Header.Get("Last-Event-ID")
	if since == "" {
		since = r.URL.Query().Get("since") // what a page was drawn with
	}
	var err error
	if s.last, err = strconv.ParseInt(since, 10, 64); err != nil {
		s.last = -1
	}
	if err := s.rc.SetReadDeadline(time.Time{}); err != nil {
		return nil, err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	w.WriteHeader(http.StatusOK)
	return s, nil
}

// beat keeps a connection alive. It is an event and no comment, which scripts do
// not see: they shall notice silence.
func (s *sse) beat() error { return s.send("beat", s.last, struct{}{}) }

// send writes an event; its data is JSON, which has no line ends, or a patch that
// is JSON already.
func (s *sse) send(name string, id int64, data any) error {
	var b bytes.Buffer
	text, ok := data.(patch)
	if !ok {
		var err error
		if text, err = json.Marshal(data); err != nil {
			return err
		}
	}
	fmt.Fprintf(&b, "event: %s\nid: %d\ndata: %s\n\n", name, id, text)
	s.last = id
	if err := s.rc.SetWriteDeadline(time.Now().Add(s.within)); err != nil {
		return err
	}
	if _, err := s.w.Write(b.Bytes()); err != nil {
		return err
	}
	if err := s.rc.Flush(); err != nil {
		return err
	}
	// HTTP/2 ends a stream at its deadline, even one that has nothing to write.
	return s.rc.SetWriteDeadline(time.Time{})
}

// apiStream tells a learner what everybody is told: once, and whenever it changes.
func (h *Host) apiStream(w http.ResponseWriter, r *http.Request, by who) error {
	return h.tellLearner(w, r, by, func(s *sse) error {
		t := h.told(by.learner)
		return s.send("stage", t.Seq, t)
	})
}

// tellLearner streams to a learner.
func (h *Host) tellLearner(w http.ResponseWriter, r *http.Request, by who, send func(*sse) error) error {
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer h.gates.listening(by.learner, cancel)()
	s, err := h.newSSE(w, r)
	if err != nil {
		return err
	}
	beat := time.NewTicker(h.config.waits.beat)
	defer beat.Stop()
	for {
		heard := h.desk.heard()
		if err := send(s); err != nil {
			return nil // the reader is gone, or too slow
		}
		// A storm of votes is told once.
		if !wait(ctx, h.gates.closing, coalesce) {
			return nil
		}
	idle:
		for {
			select {
			case <-heard:
				break idle
			case <-beat.C:
				if h.learnerGone(by.learner) || s.beat() != nil {
					return nil
				}
			case <-h.gates.closing:
				return nil
			case <-ctx.Done():
				return nil
			}
		}
		if h.learnerGone(by.learner) {
			return nil
		}
	}
}

func (h *Host) learnerGone(id int64) (gone bool) {
	h.desk.look(func(s *state) { gone = s.room.Person(id) == nil })
	return gone
}

// wait waits; false: not to the end.
func wait(ctx context.Context, closing <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-closing:
	}
	return false
}

// pageStream sends patches to a page of the room until it is closed, or its key
// opens nothing any more.
func (h *Host) pageStream(w http.ResponseWriter, r *http.Request, role string, next func(since int64, first bool) (p patch, seq int64, err error)) error {
	over, ok := h.gates.page(role)
	if !ok {
		return &refusal{http.StatusServiceUnavailable, "too many pages of the room are open"}
	}
	defer over()
	allowed := func() bool {
		return role == roleInstructor && h.identify(r).instructor || role == roleProjector && h.holds(r.PathValue("key"), roleProjector)
	}
	s, err := h.newSSE(w, r)
	if err != nil {
		return err
	}
	tick := time.NewTicker(coalesce)
	defer tick.Stop()
	beat := time.NewTicker(h.config.waits.beat)
	defer beat.Stop()
	for first := true; ; first = false {
		p, seq, err := next(s.last, first)
		if err != nil {
			h.server.ErrorLog.Print(err)
			return nil
		}
		if p != nil && s.send("patch", seq, p) != nil {
			return nil
		}
		select {
		case <-tick.C:
		case <-beat.C:
			if !allowed() || s.beat() != nil {
				return nil
			}
		case <-h.gates.closing:
			return nil
		case <-r.Context().Done():
			return nil
		}
	}
}
