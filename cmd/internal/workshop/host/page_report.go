package host

import (
	"net/http"

	"gokata/cmd/internal/workshop/pages"
)

// pageReport is the workshop on paper. The query's names says whether learners
// are named.
func (h *Host) pageReport(w http.ResponseWriter, r *http.Request, _ who) error {
	s := h.snapshot()
	var name pages.Naming
	if r.URL.Query().Get("names") == "1" {
		name = s.shownName
	}
	saved, err := h.store.Load(r.Context())
	if err != nil {
		return err
	}
	report := pages.NewReport(s.people, h.config.Now(), h.course.title, name)
	report.Plain = !h.secure
	votes := map[int64][][]int{}
	for _, v := range saved.Votes {
		votes[v.Poll] = append(votes[v.Poll], v.Choice)
	}
	report.History(saved.Events, func(poll int64) [][]int { return votes[poll] }, h.course.title)
	return h.page(w, http.StatusOK, report.Write)
}
