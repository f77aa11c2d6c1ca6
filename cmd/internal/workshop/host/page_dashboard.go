package host

import (
	"html/template"
	"net/http"
	"strings"

	"gokata/cmd/internal/workshop/pages"
)

// pageInstructor is the dashboard. The query's wall is the kata of the curves.
func (h *Host) pageInstructor(w http.ResponseWriter, r *http.Request, _ who) error {
	d := pages.Dashboard{
		Now: h.config.Now(), Wall: r.URL.Query().Get("wall"), Projector: h.ProjectorURL(), Plain: !h.secure,
		Katas: h.course.chapters(), Lessons: h.course.lessonsToName(),
	}
	var err error
	if d.Questions, err = h.course.questionsToAsk(); err != nil {
		return err
	}
	if err := h.board.page(&d); err != nil {
		return err
	}
	return h.page(w, http.StatusOK, d.Write)
}

// page fills in what the board has drawn.
func (b *board) page(d *pages.Dashboard) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.update(); err != nil {
		return err
	}
	d.Seq, d.Limits, d.Head, d.Parts = b.shown.seq, b.shown.stage.Limits, b.head.html, b.desk.parts()
	d.Parts["wall"] = b.curvesOf(d.Wall).html
	var rows []byte
	for _, p := range b.shown.people {
		rows = append(rows, b.rows[p.ID].html...)
	}
	d.Rows = template.HTML(rows)
	return nil
}

// instructorStream keeps a dashboard up to date.
func (h *Host) instructorStream(w http.ResponseWriter, r *http.Request, _ who) error {
	f := &follower{board: h.board, rows: true, kata: r.URL.Query().Get("wall")}
	return h.pageStream(w, r, roleInstructor, f.next)
}

// pageProjector is the page for the wall of the room.
func (h *Host) pageProjector(w http.ResponseWriter, r *http.Request, _ who) error {
	p := pages.Projector{Now: h.config.Now(), Stream: "/projector/" + r.PathValue("key") + "/stream", Plain: !h.secure}
	var err error
	if p.Parts, err = h.board.projected(); err != nil {
		return err
	}
	return h.page(w, http.StatusOK, p.Write)
}

func (b *board) projected() (pages.Parts, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.update(); err != nil {
		return nil, err
	}
	return b.wall.parts(), nil
}

// projectorStream keeps a projector's page up to date.
func (h *Host) projectorStream(w http.ResponseWriter, r *http.Request, _ who) error {
	f := &follower{board: h.board}
	return h.pageStream(w, r, roleProjector, f.next)
}

// partQuestion is a question of the course as it would be asked, for the
// instructor to look at before.
func (h *Host) partQuestion(w http.ResponseWriter, r *http.Request, _ who) error {
	p, err := h.course.pollAbout(r.PathValue("id"))
	if err != nil {
		return &refusal{http.StatusNotFound, err.Error()}
	}
	return h.page(w, http.StatusOK, pages.Question{Poll: p}.Write)
}

// chapters are the katas of the course to choose from.
func (c *catalogue) chapters() []pages.Chapter {
	var all []pages.Chapter
	for _, ch := range c.course.Chapters {
		group := pages.Chapter{Title: ch.Title}
		for _, slug := range ch.Katas {
			group.Items = append(group.Items, pages.Item{ID: slug, Title: c.title(slug)})
		}
		if len(group.Items) > 0 {
			all = append(all, group)
		}
	}
	return all
}

// lessonsToName are the lessons of the course to choose from.
func (c *catalogue) lessonsToName() []pages.Chapter {
	var all []pages.Chapter
	for _, ch := range c.course.Chapters {
		group := pages.Chapter{Title: ch.Title}
		for _, l := range ch.Lessons {
			group.Items = append(group.Items, pages.Item{ID: l.ID, Title: l.Title})
		}
		all = append(all, group)
	}
	return all
}

// questionsToAsk are the questions of the course that can be polls.
func (c *catalogue) questionsToAsk() ([]pages.Chapter, error) {
	questions, err := c.pollables()
	if err != nil {
		return nil, err
	}
	var all []pages.Chapter
	for _, ch := range c.course.Chapters {
		group := pages.Chapter{Title: ch.Title}
		for _, q := range questions {
			if q.Chapter == ch.ID {
				group.Items = append(group.Items, pages.Item{ID: q.ID, Title: strings.ReplaceAll(q.Title, "`", "")})
			}
		}
		if len(group.Items) > 0 {
			all = append(all, group)
		}
	}
	return all, nil
}
