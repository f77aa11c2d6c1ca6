package host

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

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

// How large the body of a request may be in bytes, unless it brings results.
const (
	maxForm   = 16 << 10
	maxActing = 64 << 10 // of the instructor's
)

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
		next.ServeHTTP(w, r)
	})
}

// guarded serves a route to those who may use it.
func (h *Host) guarded(rt route) http.Handler {
	most := int64(maxForm)
	switch {
	case rt.pattern == "POST /api/results":
		most = workshop.MaxBody
	case rt.role == roleInstructor:
		most = maxActing
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, most)
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
			if !h.gates.asks(by.learner, h.config.Now()) {
				h.deny(w, r, &refusal{http.StatusTooManyRequests, "too many requests at once; wait a little"})
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
	case errors.Is(err, workshop.ErrTooMany):
		status, text = http.StatusRequestEntityTooLarge, err.Error()
	case errors.As(err, &large):
		status, text = http.StatusRequestEntityTooLarge, "more was sent than a workshop takes"
	case errors.Is(err, errBusy), errors.Is(err, errClosed):
		status, text = http.StatusServiceUnavailable, err.Error()
	case errors.Is(err, store.ErrFull):
		status, text = http.StatusServiceUnavailable, "the host's disk is full; nothing new can be kept until there is room"
		h.full.Do(func() { h.server.ErrorLog.Print(err) }) // everybody tries again and again
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
	h.pageError(w, r, status, text)
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
		if errors.As(err, &large) || errors.Is(err, workshop.ErrTooMany) {
			return err
		}
		return &refusal{http.StatusBadRequest, "this is not the JSON that was expected"}
	}
	return nil
}
