package host

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/store"
)

// Who may use a path.
const (
	rolePublic     = "public"
	roleLearner    = "learner"
	roleInstructor = "instructor"
	roleProjector  = "projector" // by the key in the path
)

// Cookies of browsers.
const (
	cookieLearner    = "gokata_learner"
	cookieInstructor = "gokata_instructor"
)

// answerWithin is how long a reader may take for an answer, an export included.
const answerWithin = time.Minute

// who is behind a request.
type who struct {
	learner    int64 // 0: nobody
	instructor bool
}

// route is a path and who may use it. Nothing is served that is not in the table.
type route struct {
	pattern string // of http.ServeMux
	role    string
	serve   func(h *Host, w http.ResponseWriter, r *http.Request, by who) error
}

func routes() []route {
	return []route{
		{"GET /api/hello", rolePublic, (*Host).apiHello},
		{"POST /api/join", rolePublic, (*Host).apiJoin},
		{"POST /api/results", roleLearner, (*Host).apiResults},
		{"POST /api/vote", roleLearner, (*Host).apiVote},
		{"POST /api/leave", roleLearner, (*Host).apiLeave},
		{"GET /api/me", roleLearner, (*Host).apiMe},
		{"GET /api/stage", roleLearner, (*Host).apiStage},
		{"GET /api/stream", roleLearner, (*Host).apiStream},

		{"GET /{$}", rolePublic, (*Host).pageJoin},
		{"POST /join", rolePublic, (*Host).postJoin},
		{"GET /room", roleLearner, (*Host).pageRoom},
		{"GET /room/now", roleLearner, (*Host).partRoom},
		{"POST /room/vote", roleLearner, (*Host).postVote},
		{"POST /room/leave", roleLearner, (*Host).postLeave},
		{"GET /lessons", rolePublic, (*Host).pageLessons},
		{"GET /lessons/{id}", rolePublic, (*Host).pageLesson},
		{"GET /static/{file}", rolePublic, (*Host).static},
		{"GET /privacy", rolePublic, (*Host).pagePrivacy},

		{"GET /instructor/login", rolePublic, (*Host).pageLogin},
		{"POST /instructor/login", rolePublic, (*Host).postLogin},
		{"POST /instructor/logout", roleInstructor, (*Host).postLogout},
		{"GET /instructor", roleInstructor, (*Host).pageInstructor},
		{"GET /instructor/stream", roleInstructor, (*Host).instructorStream},
		{"POST /instructor/act", roleInstructor, (*Host).postAct},
		{"GET /instructor/learner/{id}", roleInstructor, (*Host).pageLearner},
		{"GET /instructor/question/{id}", roleInstructor, (*Host).partQuestion},
		{"GET /instructor/report", roleInstructor, (*Host).pageReport},
		{"GET /instructor/results.csv", roleInstructor, (*Host).exportResults},
		{"GET /instructor/learners.csv", roleInstructor, (*Host).exportLearners},
		{"GET /instructor/katas.csv", roleInstructor, (*Host).exportKatas},
		{"GET /instructor/polls.csv", roleInstructor, (*Host).exportPolls},
		{"GET /instructor/export.json", roleInstructor, (*Host).exportJSON},
		{"GET /instructor/health", roleInstructor, (*Host).health},

		{"GET /projector/{key}", roleProjector, (*Host).pageProjector},
		{"GET /projector/{key}/stream", roleProjector, (*Host).projectorStream},
	}
}

// handler is everything that is served.
func (h *Host) handler() http.Handler {
	mux := http.NewServeMux()
	for _, rt := range routes() {
		mux.Handle(rt.pattern, h.guarded(rt))
	}
	return h.headers(http.NewCrossOriginProtection().Handler(mux))
}

// headers are those of every answer.
func (h *Host) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := w.Header().Set
		set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
		set("X-Content-Type-Options", "nosniff")
		// The projector's address holds its key. With no-referrer a form would come
		// from the origin "null", and be refused where there is no TLS.
		set("Referrer-Policy", "same-origin")
		if h.secure { // browsers heed it nowhere else
			set("Cross-Origin-Opener-Policy", "same-origin")
		}
		set("Cross-Origin-Resource-Policy", "same-origin")
		set("Cache-Control", "no-store")
		// Streams set their own deadline before each event.
		http.NewResponseController(w).SetWriteDeadline(time.Now().Add(answerWithin))
		r.Body = http.MaxBytesReader(w, r.Body, workshop.MaxBody)
		next.ServeHTTP(w, r)
	})
}

// guarded serves a route to those who may use it.
func (h *Host) guarded(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		by := h.identify(r)
		api := strings.HasPrefix(r.URL.Path, "/api/")
		switch rt.role {
		case roleLearner:
			if by.learner == 0 {
				if !api && r.Method == http.MethodGet {
					http.Redirect(w, r, "/", http.StatusSeeOther)
					return
				}
				h.deny(w, r, errGone)
				return
			}
		case roleInstructor:
			if !by.instructor {
				if r.Method == http.MethodGet && r.Header.Get("Authorization") == "" && r.URL.Path == "/instructor" {
					http.Redirect(w, r, "/instructor/login", http.StatusSeeOther)
					return
				}
				h.deny(w, r, &refusal{http.StatusForbidden, "only the instructor may do this; log in with the token that workshop host has printed"})
				return
			}
		case roleProjector:
			if !h.holds(r.PathValue("key"), roleProjector) {
				h.deny(w, r, &refusal{http.StatusForbidden, "this address is no projector's; workshop host prints it"})
				return
			}
		}
		if err := rt.serve(h, w, r, by); err != nil {
			h.deny(w, r, err)
		}
	})
}

// identify says who has sent a request.
func (h *Host) identify(r *http.Request) (by who) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		by.instructor = h.holds(token, roleInstructor)
		by.learner = h.learnerOf(token)
		return by
	}
	if c, err := r.Cookie(cookieInstructor); err == nil {
		by.instructor = h.holds(c.Value, roleInstructor)
	}
	if c, err := r.Cookie(cookieLearner); err == nil {
		by.learner = h.learnerOf(c.Value)
	}
	return by
}

func (h *Host) learnerOf(token string) (id int64) {
	hash := hashOf(token)
	h.desk.look(func(s *state) { id = s.tokens[hash] })
	return id
}

// holds says whether a token is a key of a role.
func (h *Host) holds(token, role string) (yes bool) {
	hash := hashOf(token)
	now := h.config.Now()
	h.desk.look(func(s *state) {
		k, ok := s.keys[hash]
		yes = ok && k.Role == role && (k.Expires.IsZero() || now.Before(k.Expires))
	})
	return yes
}

// deny answers with an error, as JSON or as a page.
func (h *Host) deny(w http.ResponseWriter, r *http.Request, err error) {
	status, text := http.StatusInternalServerError, "the workshop failed at this; its host's terminal says more"
	var ref *refusal
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &ref):
		status, text = ref.status, ref.text
	case errors.As(err, &large):
		status, text = http.StatusRequestEntityTooLarge, "more was sent than a workshop takes"
	case errors.Is(err, errBusy), errors.Is(err, errClosed):
		status, text = http.StatusServiceUnavailable, err.Error()
	case errors.Is(err, store.ErrFull):
		status, text = http.StatusServiceUnavailable, "the host's disk is full; nothing new can be kept until there is room"
		h.server.ErrorLog.Print(err)
	case errors.Is(err, context.Canceled):
		return
	default:
		h.server.ErrorLog.Print(err)
	}
	if status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "2")
	}
	if wantsJSON(r) {
		answer(w, status, workshop.Problem{Error: text})
		return
	}
	h.pageError(w, status, text)
}

func answer(w http.ResponseWriter, status int, v any) error {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(v)
}

// decode reads the one JSON value of a request.
func decode(r *http.Request, v any) error {
	d := json.NewDecoder(r.Body)
	if err := d.Decode(v); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return err
		}
		return &refusal{http.StatusBadRequest, "this is not the JSON that was expected"}
	}
	return nil
}

// gates hold back those who ask too much: rates are those of people, with room
// for a class that comes in at once behind one address.
type gates struct {
	wrong  *rate.Limiter // codes that are not the one, from everybody
	logins *rate.Limiter
	joins  *rate.Limiter

	mu       sync.Mutex
	learners map[int64]*rate.Limiter
	open     map[int64][]*listener // streams of learners, in the order in which they began
	pages    int                   // streams of pages
	closing  chan struct{}
	once     *sync.Once
}

func newGates() gates {
	return gates{
		wrong: rate.NewLimiter(10, 100), logins: rate.NewLimiter(2, 20), joins: rate.NewLimiter(100, 1000),
		learners: map[int64]*rate.Limiter{}, open: map[int64][]*listener{},
		closing: make(chan struct{}), once: &sync.Once{},
	}
}

// listener is a stream of a learner.
type listener struct{ end context.CancelFunc }

// maxListening is how many streams a learner may have: a terminal's, and windows
// of a browser.
const maxListening = 4

// listening notes a stream of a learner. One too many ends the oldest.
func (g *gates) listening(learner int64, end context.CancelFunc) (over func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if open := g.open[learner]; len(open) >= maxListening {
		open[0].end()
		g.forgetListener(learner, open[0])
	}
	mine := &listener{end}
	g.open[learner] = append(g.open[learner], mine)
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.forgetListener(learner, mine)
	}
}

// forgetListener takes a stream from the list. The gates are locked.
func (g *gates) forgetListener(learner int64, l *listener) {
	rest := slices.DeleteFunc(g.open[learner], func(o *listener) bool { return o == l })
	if g.open[learner] = rest; len(rest) == 0 {
		delete(g.open, learner)
	}
}

// end lets the streams end.
func (g *gates) end() { g.once.Do(func() { close(g.closing) }) }

// results says whether a learner may send so many results now.
func (g *gates) results(learner int64, n int, now time.Time) bool {
	g.mu.Lock()
	l := g.learners[learner]
	if l == nil {
		l = rate.NewLimiter(20, 1000)
		g.learners[learner] = l
	}
	g.mu.Unlock()
	return l.AllowN(now, n)
}
