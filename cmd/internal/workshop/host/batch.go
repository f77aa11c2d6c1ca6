package host

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/store"
)

// batch is one transaction. Changes see what those before them did.
type batch struct {
	store.Tx
	now    time.Time
	seq    int64
	old    *state
	people map[int64]*workshop.Person // changed ones; nil: forgotten
	names  map[string]bool            // of those who have joined just now
	joined int                        // more than there were
	clean  bool                       // nobody of the old state is left
	told   bool                       // what everybody is told has changed
	stage  *workshop.Stage            // as the changes before have left it
	after  []func(*state)
}

// next is a new number.
func (b *batch) next() int64 { b.seq++; return b.seq }

// later changes the state once the batch is on the disk.
func (b *batch) later(f func(*state)) { b.after = append(b.after, f) }

// person is a learner as the changes before have left them, nil for nobody.
func (b *batch) person(id int64) *workshop.Person {
	if p, ok := b.people[id]; ok {
		return p
	}
	if b.clean {
		return nil
	}
	return b.old.room.Person(id)
}

// event writes down what the instructor did.
func (b *batch) event(e workshop.Event) error {
	e.Seq, e.At = b.next(), b.now
	if e.Poll != nil {
		p := *e.Poll
		p.ID = e.Seq
		e.Poll = &p
	}
	if err := b.AddEvent(e); err != nil {
		return err
	}
	stage := *b.stage
	stage.Messages = slices.Clone(stage.Messages)
	stage.Unlocked = slices.Clone(stage.Unlocked)
	stage.Add(e)
	b.told, b.stage = true, &stage
	b.later(func(s *state) { s.stage = &stage })
	return nil
}

// result writes a result of a learner, once, that was received at a time.
func (b *batch) result(learner int64, r workshop.Result, received time.Time) error {
	p := b.person(learner)
	if p == nil {
		return errGone
	}
	seq := b.seq + 1
	row := store.Row{Learner: learner, Seq: seq, At: r.Happened(received), Received: received, Result: r}
	fresh, err := b.AddResult(row)
	if err != nil || !fresh {
		return err
	}
	b.seq = seq
	q, cell := p.With(&r, received, seq)
	b.people[learner] = q
	if err := b.PutLearner(store.Learner{Learner: q.Learner, Answered: q.Answered, Right: q.Right, Read: q.Read}); err != nil {
		return err
	}
	if cell == nil {
		return nil
	}
	if err := b.PutCell(store.Cell{Learner: learner, Kata: r.Item, Cell: *cell}); err != nil {
		return err
	}
	if r.Kind == workshop.Checked && (len(r.Report) > 0 || len(r.Source) > 0) && cell.Latest == r.ID {
		return b.PutAttachment(learner, r.Item, store.Attachment{Result: r.ID, Report: r.Report, Source: r.Source})
	}
	return nil
}

// join writes down a new learner.
func (b *batch) join(l workshop.Learner, token store.Hash) (int64, error) {
	if b.old.room.Len()+b.joined >= maxLearners {
		return 0, &refusal{503, "the workshop is full"}
	}
	l.ID = b.next()
	l.Seq, l.Joined = l.ID, b.now
	if err := b.AddLearner(store.Learner{Learner: l, Token: token}); err != nil {
		return 0, err
	}
	b.joined++
	b.names[l.Name] = true
	b.people[l.ID] = &workshop.Person{Learner: l, Last: b.now}
	b.later(func(s *state) { s.tokens[token], s.hashes[l.ID] = l.ID, token })
	return l.ID, nil
}

// leave notes that a learner has left.
func (b *batch) leave(learner int64) error {
	return b.result(learner, workshop.Result{ID: fmt.Sprintf("left-%08d", b.seq+1), Kind: workshop.Left, Item: "workshop"}, b.now)
}

// forget deletes a learner and everything of theirs.
func (b *batch) forget(id int64) error {
	if b.person(id) == nil {
		return errGone
	}
	if err := b.Forget(id); err != nil {
		return err
	}
	b.people[id] = nil
	b.later(func(s *state) {
		delete(s.tokens, s.hashes[id])
		delete(s.hashes, id)
		for _, votes := range s.votes {
			delete(votes, id)
		}
	})
	return b.event(workshop.Event{Act: workshop.ActForget, Learner: id})
}

// clear deletes everybody.
func (b *batch) clear() error {
	if err := b.Clear(); err != nil {
		return err
	}
	clear(b.people)
	b.clean, b.joined = true, -b.old.room.Len()
	b.later(func(s *state) {
		s.room = workshop.NewRoom()
		s.votes = map[int64]map[int64][]int{}
		s.tokens, s.hashes = map[store.Hash]int64{}, map[int64]store.Hash{}
	})
	return b.event(workshop.Event{Act: workshop.ActClear, Limits: &b.stage.Limits})
}

// vote writes an answer to the poll that is open.
func (b *batch) vote(v store.Vote) error {
	if b.person(v.Learner) == nil {
		return errGone
	}
	p := b.stage.Poll
	switch {
	case p == nil || p.ID != v.Poll:
		return &refusal{409, "this poll is over"}
	case !p.Open(b.now):
		return &refusal{409, "this poll takes no more answers"}
	}
	if err := p.VerifyChoice(v.Choice); err != nil {
		return &refusal{400, err.Error()}
	}
	v.Seq, v.At = b.next(), b.now
	if err := b.PutVote(v); err != nil {
		return err
	}
	b.later(func(s *state) { s.vote(v) })
	return nil
}

// set writes a setting.
func (b *batch) set(name, value string) error {
	if err := b.Set(name, value); err != nil {
		return err
	}
	b.later(func(s *state) {
		s.settings = maps.Clone(s.settings)
		s.settings[name] = value
	})
	return nil
}

// key writes a key.
func (b *batch) key(k store.Key) error {
	if err := b.AddKey(k); err != nil {
		return err
	}
	b.later(func(s *state) { s.keys[k.Hash] = k })
	return nil
}

// dropKey makes a key void.
func (b *batch) dropKey(hash store.Hash) error {
	if err := b.DropKey(hash); err != nil {
		return err
	}
	b.later(func(s *state) { delete(s.keys, hash) })
	return nil
}

// revoke makes all keys void.
func (b *batch) revoke() error {
	if err := b.DropKeys(); err != nil {
		return err
	}
	b.later(func(s *state) { clear(s.keys) })
	return nil
}
