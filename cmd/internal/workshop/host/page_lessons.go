package host

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"

	"gokata/cmd/internal/workshop/pages"
)

func (h *Host) pageLessons(w http.ResponseWriter, r *http.Request, _ who) error {
	return h.page(w, http.StatusOK, pages.Contents{Plain: !h.secure, Course: h.course.course}.Write)
}

func (h *Host) pageLesson(w http.ResponseWriter, r *http.Request, _ who) error {
	l := pages.NewLessonPage(h.course.course, r.PathValue("id"), h.course.title)
	if l == nil {
		return &refusal{http.StatusNotFound, "the course has no lesson of this name"}
	}
	l.Plain = !h.secure
	return h.page(w, http.StatusOK, l.Write)
}

func (h *Host) pagePrivacy(w http.ResponseWriter, r *http.Request, _ who) error {
	return h.page(w, http.StatusOK, pages.Privacy{Plain: !h.secure, Anonymous: h.config.Anonymous, Source: h.config.Source}.Write)
}

// static serves style sheets and scripts; a browser asks whether it has the
// latest.
func (h *Host) static(w http.ResponseWriter, r *http.Request, _ who) error {
	content, contentType, ok := pages.Static(r.PathValue("file"))
	if !ok {
		return &refusal{http.StatusNotFound, "there is no such file"}
	}
	sum := sha256.Sum256(content)
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("ETag", `"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`)
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	return nil
}
