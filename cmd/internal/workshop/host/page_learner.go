package host

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/pages"
)

// cookieDays is how long a browser stays the same learner.
const cookieDays = 14

func (h *Host) pageJoin(w http.ResponseWriter, r *http.Request, by who) error {
	if by.learner != 0 {
		http.Redirect(w, r, "/room", http.StatusSeeOther)
		return nil
	}
	return h.page(w, http.StatusOK, pages.JoinForm{Plain: !h.secure, Anonymous: h.config.Anonymous, Left: r.URL.Query().Get("left")}.Write)
}

func (h *Host) postJoin(w http.ResponseWriter, r *http.Request, by who) error {
	if by.learner != 0 { // the form was sent twice
		http.Redirect(w, r, "/room", http.StatusSeeOther)
		return nil
	}
	if err := r.ParseForm(); err != nil {
		return unreadable(err)
	}
	form := pages.JoinForm{Plain: !h.secure, Anonymous: h.config.Anonymous, Name: r.PostForm.Get("name"), Code: r.PostForm.Get("code")}
	j, err := h.join(r, workshop.JoinRequest{Name: form.Name, Code: codeIn(form.Code)}, true)
	var ref *refusal
	if errors.As(err, &ref) && !wantsJSON(r) {
		form.Error = ref.text
		return h.page(w, ref.status, form.Write)
	}
	if err != nil {
		return err
	}
	h.setCookie(w, cookieLearner, j.Token, "/", cookieDays*24*time.Hour)
	http.Redirect(w, r, "/room", http.StatusSeeOther)
	return nil
}

// codeIn is the code of what somebody has written: the code, or all of the join
// string.
func codeIn(s string) string {
	if _, after, ok := strings.Cut(s, "#"); ok {
		s = after
	}
	s, _, _ = strings.Cut(s, ".")
	return s
}

// room is the page of a learner as it is now; errGone where the learner is.
func (h *Host) room(learner int64) (pages.Room, error) {
	told := h.told(learner)
	room := pages.Room{
		Plain: !h.secure, Told: told, Open: told.Poll.Open(told.Now),
		Item: pages.Item{ID: told.Item, Title: h.course.title(told.Item)}, Read: h.course.course.Lesson(told.Item) != nil,
	}
	h.desk.look(func(s *state) {
		if p := s.room.Person(learner); p != nil {
			room.Name = p.Name
		}
	})
	if room.Name == "" {
		return room, errGone
	}
	if told.Board {
		s := h.snapshot()
		room.Board = workshop.Leaders(s.people, s.shownName, learner)
	}
	return room, nil
}

func (h *Host) pageRoom(w http.ResponseWriter, r *http.Request, by who) error {
	room, err := h.room(by.learner)
	if err != nil {
		return err
	}
	return h.page(w, http.StatusOK, room.Write)
}

// partRoom is the part of the room's page that changes, as its script asks for it.
func (h *Host) partRoom(w http.ResponseWriter, r *http.Request, by who) error {
	room, err := h.room(by.learner)
	if err != nil {
		return err
	}
	return h.page(w, http.StatusOK, room.WriteNow)
}

func (h *Host) postVote(w http.ResponseWriter, r *http.Request, by who) error {
	if err := r.ParseForm(); err != nil {
		return unreadable(err)
	}
	err := h.voteOf(r, by)
	var ref *refusal
	switch {
	case errors.As(err, &ref) && ref != errGone && !wantsJSON(r):
		room, gone := h.room(by.learner)
		if gone != nil {
			return gone
		}
		room.Error = ref.text
		return h.page(w, ref.status, room.Write)
	case err != nil:
		return err
	case wantsJSON(r):
		return answer(w, http.StatusOK, map[string]bool{"counted": true})
	}
	http.Redirect(w, r, "/room", http.StatusSeeOther)
	return nil
}

// voteOf reads an answer from a form, and counts it.
func (h *Host) voteOf(r *http.Request, by who) error {
	var q workshop.VoteRequest
	var err error
	if q.Poll, err = strconv.ParseInt(r.PostForm.Get("poll"), 10, 64); err != nil {
		return &refusal{http.StatusBadRequest, "the answer does not say to which poll"}
	}
	for _, s := range r.PostForm["choice"] {
		c, err := strconv.Atoi(s)
		if err != nil {
			return &refusal{http.StatusBadRequest, "an option is no number"}
		}
		q.Choice = append(q.Choice, c)
	}
	return h.vote(r, by, q)
}

func (h *Host) postLeave(w http.ResponseWriter, r *http.Request, by who) error {
	if err := r.ParseForm(); err != nil {
		return unreadable(err)
	}
	left := "kept"
	if r.PostForm.Get("forget") == "1" {
		left = "deleted"
	}
	if err := h.leave(r, by, left == "deleted"); err != nil {
		return err
	}
	h.setCookie(w, cookieLearner, "", "/", 0)
	if wantsJSON(r) {
		return answer(w, http.StatusOK, map[string]string{"left": left})
	}
	http.Redirect(w, r, "/?left="+left, http.StatusSeeOther)
	return nil
}
