package host

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"gokata/cmd/internal/workshop/pages"
)

// page answers with a page, once it is complete.
func (h *Host) page(w http.ResponseWriter, status int, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // a reader who has gone is nobody's fault
	return nil
}

// setCookie gives a browser a key that no script reads and no other site uses.
func (h *Host) setCookie(w http.ResponseWriter, name, value, path string, keep time.Duration) {
	c := &http.Cookie{Name: name, Value: value, Path: path, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: h.secure}
	if c.MaxAge = int(keep / time.Second); c.MaxAge == 0 {
		c.MaxAge = -1 // take it away
	}
	http.SetCookie(w, c)
}

// unreadable is the answer to a form that cannot be read.
func unreadable(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return &refusal{http.StatusBadRequest, "the form cannot be read"}
}

// pageError is a page that says what is wrong, and what to do next.
func (h *Host) pageError(w http.ResponseWriter, r *http.Request, status int, text string) {
	p := pages.Problem{Plain: !h.secure, Text: text}
	room, join, lessons := pages.Link{Address: "/room", Text: "To the room"}, pages.Link{Address: "/", Text: "Join the workshop"}, pages.Link{Address: "/lessons", Text: "All lessons"}
	switch {
	case strings.HasPrefix(r.URL.Path, "/instructor/") && h.identify(r).instructor:
		p.Title, p.Links = "That did not work", []pages.Link{{Address: "/instructor", Text: "Back to the dashboard"}}
	case status == http.StatusUnauthorized:
		p.Title, p.Do, p.Links = "Not in the workshop", "Join again with the code that the instructor shows.", []pages.Link{join, lessons}
	case status == http.StatusForbidden:
		p.Title, p.Do = "Not for you", "The instructor logs in; learners find everything in the room."
		p.Links = []pages.Link{{Address: "/instructor/login", Text: "Log in"}, join}
	case status == http.StatusNotFound:
		p.Title, p.Do, p.Links = "Not found", "Look for it among the lessons, or go to the room.", []pages.Link{lessons, room}
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable:
		p.Title, p.Do, p.Links = "Busy", "Wait a few seconds, then go back and try again. Nothing that was confirmed is lost.", []pages.Link{room}
	case status >= 500:
		p.Title, p.Do, p.Links = "That failed", "It is not your fault. Go back and try again; if it fails again, tell the instructor.", []pages.Link{room}
	default:
		p.Title, p.Do, p.Links = "That did not work", "Go back, and change what you sent.", []pages.Link{room}
	}
	if err := h.page(w, status, p.Write); err != nil {
		h.server.ErrorLog.Print(err)
		http.Error(w, text, status)
	}
}
