package host

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/store"
)

// exportSchema is the version of what exportJSON writes.
const exportSchema = 1

// cell makes a text safe in a spreadsheet: what would begin a formula there is
// quoted. Some languages' spreadsheets separate cells at semicolons, and take no
// notice of quotes within a line, so that one can begin anywhere. See owasp.org,
// CSV injection.
func cell(s string) string {
	var b strings.Builder
	begins := true
	for _, r := range s {
		switch {
		case begins && strings.ContainsRune("=+-@|%\t\r\n\uff1d\uff0b\uff0d\uff20", r):
			b.WriteByte('\'')
			begins = false
		case strings.ContainsRune(";\t\r\n", r):
			begins = true
		default:
			begins = begins && unicode.IsSpace(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// table writes CSV. Rows hold what fmt.Sprint can show; texts are made safe.
type table struct{ w *csv.Writer }

func newTable(w http.ResponseWriter, name string, header ...string) table {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	t := table{csv.NewWriter(w)}
	t.w.Write(header)
	return t
}

func (t table) row(values ...any) error {
	row := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case string:
			row[i] = cell(v)
		case time.Time:
			if !v.IsZero() {
				row[i] = v.UTC().Format(time.RFC3339)
			}
		case float64:
			if v != 0 { // not measured
				row[i] = strconv.FormatFloat(v, 'f', 2, 64)
			}
		case time.Duration:
			row[i] = strconv.Itoa(int(v.Seconds()))
		default:
			row[i] = fmt.Sprint(v)
		}
	}
	return t.w.Write(row)
}

func (t table) end() error { t.w.Flush(); return t.w.Error() }

// shownName is a learner's name where names are shown.
func (s *snapshot) shownName(l workshop.Learner) string {
	if s.stage.Unnamed {
		return fmt.Sprintf("Learner %d", l.ID)
	}
	return l.Name
}

// exportLearners is a line for each learner and kata.
func (h *Host) exportLearners(w http.ResponseWriter, r *http.Request, _ who) error {
	s, now := h.snapshot(), h.config.Now()
	t := newTable(w, "learners.csv", "learner", "name", "joined", "answers", "answers right", "lessons read", "kata", "state",
		"attempts", "hints", "solution seen", "minutes on task", "last verdict", "last reason", "speed-up", "attainable", "cpus", "passed at", "simulated")
	for _, p := range s.people {
		name := s.shownName(p.Learner)
		katas := slices.Sorted(maps.Keys(p.Cells))
		if len(katas) == 0 {
			t.row(p.ID, name, p.Joined, p.Answered, p.Right, p.Read, "", "", "", "", "", "", "", "", "", "", "", "", p.Rehearsal)
		}
		for _, kata := range katas {
			c := p.Cells[kata]
			t.row(p.ID, name, p.Joined, p.Answered, p.Right, p.Read, kata, string(c.State), c.Attempts, c.Hints, c.Seen,
				strconv.Itoa(int(c.OnTask(now).Minutes())), c.Verdict, c.Reason, c.Speedup, c.Attainable, c.CPUs, c.PassedAt, p.Rehearsal)
		}
	}
	return t.end()
}

// exportKatas is a line for each kata.
func (h *Host) exportKatas(w http.ResponseWriter, r *http.Request, _ who) error {
	t := newTable(w, "katas.csv", "kata", "title", "working", "failed", "inconclusive", "passed", "attempts",
		"median minutes to pass", "best speed-up", "median speed-up", "reasons of those who have not passed")
	for _, k := range workshop.Summaries(h.snapshot().people) {
		var reasons []string
		for _, n := range k.Reasons {
			reasons = append(reasons, fmt.Sprintf("%s %d", n.Reason, n.Learners))
		}
		t.row(k.Kata, h.course.title(k.Kata), k.Working, k.Failed, k.Unsure, k.Passed, k.Attempts,
			k.MedianMinutes, k.Best, k.MedianSpeedup, strings.Join(reasons, "; "))
	}
	return t.end()
}

// exportResults is a line for each result.
func (h *Host) exportResults(w http.ResponseWriter, r *http.Request, _ who) error {
	s := h.snapshot()
	t := newTable(w, "results.csv", "seq", "received", "happened", "learner", "name", "kind", "item", "verdict", "reason",
		"speed-up", "attainable", "cpus", "took ms", "right", "score", "hint", "verified")
	err := h.store.Results(r.Context(), 0, func(row store.Row) error {
		e := row.Result
		score := "" // of what is no answer
		if e.Kind == workshop.Answered {
			score = strconv.FormatFloat(e.Score, 'f', 2, 64)
		}
		return t.row(row.Seq, row.Received, row.At, row.Learner, s.shownName(workshop.Learner{ID: row.Learner, Name: row.Name}),
			string(e.Kind), e.Item, e.Verdict, e.Reason, e.Speedup, e.Attainable, e.CPUs, e.ElapsedMS,
			e.Kind == workshop.Answered && e.Right, score, e.Hint, "reported, not verified")
	})
	if err != nil {
		h.cut(err)
	}
	return t.end()
}

// exportPolls is a line for each option of each poll.
func (h *Host) exportPolls(w http.ResponseWriter, r *http.Request, _ who) error {
	saved, err := h.store.Load(r.Context())
	if err != nil {
		return err
	}
	counts := map[int64]map[int]int{} // poll, option
	voters := map[int64]int{}
	for _, v := range saved.Votes {
		voters[v.Poll]++
		if counts[v.Poll] == nil {
			counts[v.Poll] = map[int]int{}
		}
		for _, c := range v.Choice {
			counts[v.Poll][c]++
		}
	}
	t := newTable(w, "polls.csv", "poll", "asked at", "question", "text", "option", "option text", "right", "answers", "learners who answered")
	for _, e := range saved.Events {
		if e.Act != workshop.ActPoll || e.Poll == nil {
			continue
		}
		for i, option := range e.Poll.Options {
			right := "" // nobody knows of a question of the instructor's own
			if len(e.Poll.Right) > 0 {
				right = strconv.FormatBool(slices.Contains(e.Poll.Right, i))
			}
			t.row(e.Seq, e.At, e.Poll.Question, e.Poll.Text, i+1, option, right, counts[e.Seq][i], voters[e.Seq])
		}
	}
	return t.end()
}

// exportJSON is everything, as one JSON object:
//
//	schema, exported, learners [id, name, joined, …, cells by kata],
//	results [seq, at, received, learner, name, result],
//	events [seq, at, act: what the instructor did; poll, limits (quiet in ns), …],
//	votes [poll (the seq of its event), learner, choice (from 0), at]
//
// Reports and code are those of the last check of each kata.
func (h *Host) exportJSON(w http.ResponseWriter, r *http.Request, _ who) error {
	ctx := r.Context()
	s := h.snapshot()
	saved, err := h.store.Load(ctx)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="workshop.json"`)
	j := jsonStream{w: w, enc: json.NewEncoder(w)}
	j.text(`{"schema":` + strconv.Itoa(exportSchema) + `,"exported":`)
	j.value(h.config.Now().UTC())
	j.list("learners")
	for _, p := range s.people {
		type attached struct {
			Kata string `json:"kata"`
			store.Attachment
		}
		var with []attached
		for _, kata := range slices.Sorted(maps.Keys(p.Cells)) {
			a, err := h.store.Attachment(ctx, p.ID, kata)
			if err != nil {
				h.cut(err)
			}
			if a.Result != "" {
				with = append(with, attached{kata, a})
			}
		}
		l := p.Learner
		l.Name = s.shownName(l)
		j.item(struct {
			workshop.Learner
			Answered int                       `json:"answered"`
			Right    int                       `json:"right"`
			Read     int                       `json:"read"`
			Cells    map[string]*workshop.Cell `json:"cells"`
			Checks   []attached                `json:"checks,omitempty"`
		}{l, p.Answered, p.Right, p.Read, p.Cells, with})
	}
	j.text("]")
	j.list("results")
	err = h.store.Results(ctx, 0, func(row store.Row) error {
		row.Name = s.shownName(workshop.Learner{ID: row.Learner, Name: row.Name})
		return j.item(row)
	})
	if err != nil {
		h.cut(err)
	}
	j.text("]")
	j.list("events")
	for _, e := range saved.Events {
		j.item(e)
	}
	j.text("]")
	j.list("votes")
	for _, v := range saved.Votes {
		j.item(v)
	}
	j.text("]}\n")
	return j.err
}

// cut ends the connection in the middle of an export that has failed, so that nobody
// takes a part of it for all.
func (h *Host) cut(err error) {
	h.server.ErrorLog.Printf("an export was cut off: %v", err)
	panic(http.ErrAbortHandler)
}

// jsonStream writes an object without holding it.
type jsonStream struct {
	w     io.Writer
	enc   *json.Encoder
	first bool
	err   error
}

func (j *jsonStream) text(s string) {
	if j.err == nil {
		_, j.err = io.WriteString(j.w, s)
	}
}

func (j *jsonStream) value(v any) {
	if j.err == nil {
		j.err = j.enc.Encode(v)
	}
}

func (j *jsonStream) list(name string) {
	j.text(`,"` + name + `":[`)
	j.first = true
}

func (j *jsonStream) item(v any) error {
	if !j.first {
		j.text(",")
	}
	j.first = false
	j.value(v)
	return j.err
}
