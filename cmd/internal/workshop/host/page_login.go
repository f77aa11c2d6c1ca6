package host

import (
	"errors"
	"net/http"
	"time"

	"gokata/cmd/internal/workshop/pages"
	"gokata/cmd/internal/workshop/store"
)

// loggedIn is how long a browser stays the instructor's.
const loggedIn = 24 * time.Hour

func (h *Host) pageLogin(w http.ResponseWriter, r *http.Request, by who) error {
	if by.instructor {
		http.Redirect(w, r, "/instructor", http.StatusSeeOther)
		return nil
	}
	return h.page(w, http.StatusOK, pages.LoginForm{Plain: !h.secure}.Write)
}

func (h *Host) postLogin(w http.ResponseWriter, r *http.Request, _ who) error {
	if err := r.ParseForm(); err != nil {
		return unreadable(err)
	}
	token, err := h.login(r, form{r.PostForm.Get}.get("token"))
	var ref *refusal
	if errors.As(err, &ref) && !wantsJSON(r) {
		return h.page(w, ref.status, pages.LoginForm{Plain: !h.secure, Error: ref.text}.Write)
	}
	if err != nil {
		return err
	}
	h.setCookie(w, cookieInstructor, token, "/instructor", loggedIn)
	http.Redirect(w, r, "/instructor", http.StatusSeeOther)
	return nil
}

// postLogout makes the key of a browser void. The token that workshop host has
// printed goes on.
func (h *Host) postLogout(w http.ResponseWriter, r *http.Request, _ who) error {
	if c, err := r.Cookie(cookieInstructor); err == nil {
		err := h.desk.change(r.Context(), func(b *batch) error { return b.dropKey(hashOf(c.Value)) })
		if err != nil {
			return err
		}
	}
	h.setCookie(w, cookieInstructor, "", "/instructor", 0)
	if wantsJSON(r) {
		return answer(w, http.StatusOK, struct{}{})
	}
	http.Redirect(w, r, "/instructor/login", http.StatusSeeOther)
	return nil
}

// login makes a key for one browser, which ends by itself, of the instructor's.
// Wrong tokens alone use up the gate, so that nobody else can lock the instructor
// out.
func (h *Host) login(r *http.Request, token string) (string, error) {
	now := h.config.Now()
	if !h.holds(token, roleInstructor) {
		if !h.gates.logins.AllowN(now, 1) {
			return "", &refusal{http.StatusTooManyRequests, "too many wrong tokens; wait a little"}
		}
		return "", &refusal{http.StatusForbidden, "this is not the instructor's token; workshop host has printed it"}
	}
	fresh := newToken()
	err := h.desk.change(r.Context(), func(b *batch) error {
		return b.key(store.Key{Hash: hashOf(fresh), Role: roleInstructor, Expires: now.Add(loggedIn).UTC()})
	})
	return fresh, err
}
