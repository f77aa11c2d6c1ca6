package host

import (
	"slices"
	"strconv"
)

// patch is what has changed on a page, as one JSON object:
//
//	now     milliseconds of the host's clock
//	all     true: learners who are not in rows are gone
//	head    of the table, where katas have come in
//	rows    {learner: row}   gone  [learner]
//	parts   {name: what the element part-NAME holds}
//
// Rows, head and parts are HTML, drawn by package pages.
type patch []byte

// follower is one page that is kept up to date; it knows what that page shows.
type follower struct {
	board *board
	rows  bool   // the page has the table
	kata  string // of its curves, "" for that of now
	parts map[string]int64
	wall  string // HTML of the curves that it shows
}

// next draws what has changed since a seq; seq is what it then shows. It is nil
// where nothing has.
func (f *follower) next(since int64, first bool) (p patch, seq int64, err error) {
	b := f.board
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.update(); err != nil {
		return nil, 0, err
	}
	seq = b.shown.seq
	if first {
		f.parts, f.wall = map[string]int64{}, ""
	}
	p = append(p, `{"now":`...)
	p = strconv.AppendInt(p, b.host.config.Now().UnixMilli(), 10)
	empty := len(p)
	set := &b.wall
	if f.rows {
		set = &b.desk
		p = b.patchRows(p, since)
	}
	p = f.patchParts(p, set)
	if len(p) == empty && seq == since && !first {
		return nil, seq, nil
	}
	return append(p, '}'), seq, nil
}

// patchRows appends head, rows and gone. The board is locked.
func (b *board) patchRows(p patch, since int64) patch {
	all := since < b.since || since > b.shown.seq
	if all {
		since = -1
		p = append(p, `,"all":true`...)
	}
	if b.laidOut > since {
		p = append(append(p, `,"head":`...), b.head.json...)
	}
	before := len(p)
	for _, person := range b.shown.people {
		if row := b.rows[person.ID]; row.seq > since {
			p = entry(p, before, `,"rows":{`, strconv.FormatInt(person.ID, 10), row.json)
		}
	}
	if len(p) > before {
		p = append(p, '}')
	}
	before = len(p)
	for _, g := range b.gone {
		if !all && g.seq > since {
			if len(p) == before {
				p = append(p, `,"gone":[`...)
			} else {
				p = append(p, ',')
			}
			p = strconv.AppendInt(p, g.id, 10)
		}
	}
	if len(p) > before {
		p = append(p, ']')
	}
	return p
}

// patchParts appends the parts that the page does not show yet.
func (f *follower) patchParts(p patch, set *partSet) patch {
	before := len(p)
	var changed []string
	for name, version := range set.version {
		if version > f.parts[name] {
			changed = append(changed, name)
			f.parts[name] = version
		}
	}
	slices.Sort(changed)
	for _, name := range changed {
		p = entry(p, before, `,"parts":{`, name, set.pieces[name].json)
	}
	if f.rows {
		if wall := f.board.curvesOf(f.kata); string(wall.html) != f.wall {
			f.wall = string(wall.html)
			p = entry(p, before, `,"parts":{`, "wall", wall.json)
		}
	}
	if len(p) > before {
		p = append(p, '}')
	}
	return p
}

// entry appends an entry of an object, whose beginning comes before the first.
func entry(p patch, before int, begin, key string, value []byte) patch {
	if len(p) == before {
		p = append(p, begin...)
	} else {
		p = append(p, ',')
	}
	p = append(append(append(p, '"'), key...), `":`...)
	return append(p, value...)
}
