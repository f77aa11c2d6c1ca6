package host

import (
	"bytes"
	"encoding/json"
	"html/template"
	"slices"
	"sync"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/pages"
)

// chartsEvery is how often charts and the list of those who are stuck are drawn
// at most; rows are drawn as soon as a page asks for them.
const chartsEvery = time.Second

// goneKept is how many learners who have gone are remembered for pages that come
// back; one that was away for longer gets the whole room.
const goneKept = 1000

// board holds what the pages of the room show, drawn once for all of them. It is
// drawn when a page asks, so that a host without pages draws nothing.
type board struct {
	host *Host

	mu      sync.Mutex
	shown   snapshot // that everything below is drawn from
	since   int64    // from here on it is known what has changed
	table   pages.Table
	laidOut int64 // seq at which columns or names changed last
	head    piece
	rows    map[int64]*boardRow // by learner
	gone    []goneRow           // in order
	desk    partSet             // the instructor's
	wall    partSet             // the projector's
	curves  map[string]piece    // of the instructor's walls, by kata
	drawn   time.Time           // charts
	kata    string              // of now, when they were drawn
	told    *workshop.Stage     // that its parts are drawn from
	open    bool                // its poll, when they were drawn
	code    string
	tallied int64 // seq of the answers that are shown
}

// boardRow is a learner's row.
type boardRow struct {
	person *workshop.Person
	seq    int64
	piece
}

type goneRow struct{ id, seq int64 }

// piece is HTML, and the same as a string of JSON.
type piece struct {
	html template.HTML
	json []byte
}

func newPiece(text template.HTML) piece { return piece{text, quoted(string(text))} }

// quoted is a string of JSON; its HTML stays readable, as no JSON of ours stands
// in a script.
func quoted(text string) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // a string can be encoded
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

// partSet are the parts of a page; version says when each has changed last.
type partSet struct {
	pieces  map[string]piece
	version map[string]int64
	count   int64
}

// put replaces parts that have changed.
func (s *partSet) put(parts pages.Parts) {
	if s.pieces == nil {
		s.pieces, s.version = map[string]piece{}, map[string]int64{}
	}
	for name, text := range parts {
		if before, ok := s.pieces[name]; ok && before.html == text {
			continue
		}
		s.count++
		s.pieces[name], s.version[name] = newPiece(text), s.count
	}
}

func (s *partSet) parts() pages.Parts {
	p := pages.Parts{}
	for name, piece := range s.pieces {
		p[name] = piece.html
	}
	return p
}

func newBoard(h *Host) *board {
	return &board{host: h, rows: map[int64]*boardRow{}, curves: map[string]piece{}, since: -1}
}

// update draws what has changed. The board is locked.
func (b *board) update() error {
	now := b.host.config.Now()
	var seq int64
	b.host.desk.look(func(s *state) { seq = s.seq })
	if first := b.since < 0; first || seq != b.shown.seq {
		b.shown = b.host.snapshot()
		if first {
			b.since = b.shown.seq
		}
		b.updateRows()
	}
	charts := b.drawn.IsZero() || now.Sub(b.drawn) >= chartsEvery || now.Before(b.drawn)
	return b.updateParts(now, charts)
}

// updateRows draws the rows of those who have changed.
func (b *board) updateRows() {
	s := &b.shown
	columns := b.host.columns(s)
	anew := b.head.json == nil || !slices.Equal(columns, b.table.Columns) || b.told != nil && b.told.Unnamed != s.stage.Unnamed
	if anew {
		b.table = pages.Table{Columns: columns, Name: s.shownName}
		b.head, b.laidOut = newPiece(b.table.Head()), s.seq
	}
	var text []byte
	here := make(map[int64]bool, len(s.people))
	for _, p := range s.people {
		here[p.ID] = true
		if row := b.rows[p.ID]; row != nil && row.person == p && !anew {
			continue
		}
		text = b.table.Row(text[:0], p)
		b.rows[p.ID] = &boardRow{p, max(p.Seq, b.laidOut), newPiece(template.HTML(text))}
	}
	if len(b.rows) > len(here) {
		for id := range b.rows {
			if !here[id] {
				delete(b.rows, id)
				b.gone = append(b.gone, goneRow{id, s.seq})
			}
		}
	}
	if n := len(b.gone) - goneKept; n > 0 {
		b.since = b.gone[n-1].seq
		b.gone = slices.Delete(b.gone, 0, n)
	}
}

// updateParts draws the other parts of the pages: what was said at once, charts
// when it is time.
func (b *board) updateParts(now time.Time, charts bool) error {
	s := &b.shown
	say := pages.Say{
		Stage: s.stage, Title: b.host.course.title, Open: s.stage.Poll.Open(now),
		Counts: s.tally, Voters: s.voters, Learners: len(s.people), Join: b.host.joining(s.code),
	}
	said := b.told != s.stage || b.open != say.Open || b.code != s.code
	if said {
		instructor, err := pages.Instructing(say)
		if err != nil {
			return err
		}
		projector, err := pages.Projecting(say)
		if err != nil {
			return err
		}
		b.desk.put(instructor)
		b.wall.put(projector)
		// The charts know the kata of the cue, and who is stuck.
		charts = charts || b.told != s.stage
		b.told, b.open, b.code = s.stage, say.Open, s.code
	}
	if said || b.tallied != s.seq {
		b.desk.put(pages.Parts{"tally": pages.Tallied(say)})
		b.wall.put(pages.Parts{"tally": pages.ProjectedTally(say)})
		b.tallied = s.seq
	}
	if !charts {
		return nil
	}
	title := b.host.course.title
	b.drawn, b.kata = now, b.host.kataOfNow(s)
	b.desk.put(pages.Charts(s.people, now, s.stage.Limits, b.kata, title, s.shownName))
	b.wall.put(pages.ProjectedCharts(s.people, now, b.kata, b.table.Columns, title))
	clear(b.curves)
	return nil
}

// curvesOf are the speed-up curves of a kata for the instructor, "" for that of
// now. The board is locked.
func (b *board) curvesOf(kata string) piece {
	s := &b.shown
	if b.host.course.titles[kata] == "" {
		kata = b.kata
	}
	p, ok := b.curves[kata]
	if !ok {
		if kata != "" {
			p = newPiece(pages.Wall(s.people, kata, b.host.course.title(kata), s.shownName))
		} else {
			p = newPiece("")
		}
		b.curves[kata] = p
	}
	return p
}

// columns are the katas of the table: those that somebody has begun, and that of
// the cue.
func (h *Host) columns(s *snapshot) []pages.Column {
	begun := map[string]bool{s.stage.Item: true}
	for _, p := range s.people {
		for kata := range p.Cells {
			begun[kata] = true
		}
	}
	var all []pages.Column
	for _, k := range h.course.katas {
		if begun[k.Slug] {
			all = append(all, pages.Column(k))
		}
	}
	return all
}

// kataOfNow is the kata of the cue, else the one with the most learners; "" where
// nobody has begun any.
func (h *Host) kataOfNow(s *snapshot) string {
	if h.course.titles[s.stage.Item] != "" {
		return s.stage.Item
	}
	begun := map[string]int{}
	for _, p := range s.people {
		for kata := range p.Cells {
			begun[kata]++
		}
	}
	best := ""
	for _, k := range h.course.katas {
		if begun[k.Slug] > begun[best] {
			best = k.Slug
		}
	}
	return best
}

// joining is how to join with a code.
func (h *Host) joining(code string) pages.Join {
	j := pages.Join{URL: h.URL(), Code: code, Scan: h.URL() + "/#" + code, Command: "gokata workshop join '" + h.URL() + "#" + code}
	if h.pin != "" {
		j.Command += "." + h.pin
	}
	j.Command += "'"
	return j
}
