package host

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/pages"
	"gokata/cmd/internal/workshop/store"
)

// historyShown is how many results of a learner are shown.
const historyShown = 300

// pageLearner is all that is known of one learner, for the instructor.
func (h *Host) pageLearner(w http.ResponseWriter, r *http.Request, _ who) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return &refusal{http.StatusNotFound, "this is no learner's address; choose a name in the table of the room"}
	}
	s := h.snapshot()
	i := slices.IndexFunc(s.people, func(p *workshop.Person) bool { return p.ID == id })
	if i < 0 {
		return errNobody
	}
	who := s.people[i]
	page := pages.Person{Plain: !h.secure, Now: h.config.Now(), Name: s.shownName(who.Learner), Who: who}
	if page.Katas, err = h.katasOf(r, who); err != nil {
		return err
	}
	err = h.store.Results(r.Context(), id, func(row store.Row) error {
		page.History = append(page.History, pages.Happening{At: row.At, Title: h.course.title(row.Result.Item), Result: row.Result})
		if len(page.History) > 2*historyShown {
			page.Earlier += historyShown
			page.History = slices.Delete(page.History, 0, historyShown)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if n := len(page.History) - historyShown; n > 0 {
		page.Earlier += n
		page.History = page.History[n:]
	}
	slices.Reverse(page.History)
	return h.page(w, http.StatusOK, page.Write)
}

// katasOf are those that a learner has begun, the one of now first.
func (h *Host) katasOf(r *http.Request, who *workshop.Person) ([]pages.PersonKata, error) {
	slugs := slices.Sorted(maps.Keys(who.Cells))
	slices.SortStableFunc(slugs, func(a, b string) int { return who.Cells[b].Last.Compare(who.Cells[a].Last) })
	var all []pages.PersonKata
	code := pages.NewCode()
	for _, slug := range slugs {
		a, err := h.store.Attachment(r.Context(), who.ID, slug)
		if err != nil {
			return nil, err
		}
		k := pages.PersonKata{Slug: slug, Title: h.course.title(slug), Cell: who.Cells[slug], Files: code.Sources(a.Source), Earlier: a.Result != who.Cells[slug].Latest}
		if len(a.Report) > 0 {
			k.Report = pages.ReadReport(a.Report)
			k.Unreadable = k.Report == nil
		}
		all = append(all, k)
	}
	return all, nil
}
