package host

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/store"
)

// What is written at once at most, and what may wait.
const (
	batchSize = 256
	queueSize = 2048
	mostWait  = time.Second // before results are told to come later
)

var (
	errBusy   = errors.New("the workshop is busy")
	errClosed = errors.New("the workshop is closing")
)

// refusal is an error of one change that has written nothing: the others of its
// batch go on.
type refusal struct {
	status int // of HTTP
	text   string
}

func (r *refusal) Error() string { return r.text }

// desk is where everything is written down: one goroutine takes what came in
// meanwhile, writes it in one transaction, and then changes what pages show and
// answers who waits. What was answered is on the disk.
type desk struct {
	store store.Store
	now   func() time.Time
	queue chan *work
	quit  chan struct{}
	ended chan struct{}
	wait  atomic.Int64 // nanoseconds that the change taken last has waited

	mu    sync.RWMutex // for state; only the goroutine of run changes it
	state state
	news  chan struct{} // closed when what everybody is told has changed
}

// state is what a host has in memory. What its fields point to is not changed
// but replaced, votes aside.
type state struct {
	seq      int64
	room     *workshop.Room
	stage    *workshop.Stage
	votes    map[int64]map[int64][]int // poll, learner: options
	tokens   map[store.Hash]int64
	hashes   map[int64]store.Hash
	keys     map[store.Hash]store.Key
	settings map[string]string
}

type work struct {
	at   time.Time
	do   func(*batch) error
	done chan error
	err  error
}

// newDesk loads a store.
func newDesk(ctx context.Context, s store.Store, now func() time.Time) (*desk, error) {
	saved, err := s.Load(ctx)
	if err != nil {
		return nil, err
	}
	d := &desk{
		store: s, now: now,
		queue: make(chan *work, queueSize), quit: make(chan struct{}), ended: make(chan struct{}), news: make(chan struct{}),
		state: state{
			seq: saved.Seq, room: workshop.NewRoom(), stage: workshop.NewStage(),
			votes:  map[int64]map[int64][]int{},
			tokens: map[store.Hash]int64{}, hashes: map[int64]store.Hash{}, keys: map[store.Hash]store.Key{},
			settings: saved.Settings,
		},
	}
	st := &d.state
	cells := map[int64]map[string]*workshop.Cell{}
	for i := range saved.Cells {
		c := &saved.Cells[i]
		if cells[c.Learner] == nil {
			cells[c.Learner] = map[string]*workshop.Cell{}
		}
		cells[c.Learner][c.Kata] = &c.Cell
	}
	for _, l := range saved.Learners {
		p := &workshop.Person{Learner: l.Learner, Cells: cells[l.ID], Answered: l.Answered, Right: l.Right, Read: l.Read, Last: l.Joined, Left: saved.Left[l.ID]}
		if last := saved.Last[l.ID]; last.After(p.Last) {
			p.Last = last
		}
		st.room.Set(p)
		st.tokens[l.Token], st.hashes[l.ID] = l.ID, l.Token
	}
	for _, e := range saved.Events {
		st.stage.Add(e)
	}
	for _, v := range saved.Votes {
		st.vote(v)
	}
	for _, k := range saved.Keys {
		st.keys[k.Hash] = k
	}
	go d.run()
	return d, nil
}

func (s *state) vote(v store.Vote) {
	if s.votes[v.Poll] == nil {
		s.votes[v.Poll] = map[int64][]int{}
	}
	s.votes[v.Poll][v.Learner] = v.Choice
}

// change makes a change; when it returns nil the change is on the disk. Do reads
// and writes through the batch; what it gives to later happens to the state
// afterwards.
func (d *desk) change(ctx context.Context, do func(*batch) error) error {
	w := &work{at: time.Now(), do: do, done: make(chan error, 1)}
	select {
	case <-d.quit:
		return errClosed
	case d.queue <- w:
	default:
		return errBusy
	}
	select {
	case err := <-w.done:
		return err
	case <-d.ended:
		select {
		case err := <-w.done:
			return err
		default:
			return errClosed
		}
	case <-ctx.Done():
		return ctx.Err() // it may be written all the same, and comes again
	}
}

// late says whether what comes now would wait too long: better it comes again than
// that somebody holds on.
func (d *desk) late() bool { return len(d.queue) > 0 && d.wait.Load() > int64(mostWait) }

func (d *desk) run() {
	defer close(d.ended)
	for {
		select {
		case <-d.quit:
			return
		case w := <-d.queue:
			d.wait.Store(int64(time.Since(w.at)))
			d.write(d.gather(w))
		}
	}
}

// gather takes all that waits.
func (d *desk) gather(first *work) []*work {
	all := []*work{first}
	for len(all) < batchSize {
		select {
		case w := <-d.queue:
			all = append(all, w)
		default:
			return all
		}
	}
	return all
}

func (d *desk) write(all []*work) {
	b := &batch{now: d.now(), seq: d.state.seq, old: &d.state, stage: d.state.stage, people: map[int64]*workshop.Person{}, names: map[string]bool{}}
	err := d.store.Update(context.Background(), func(tx store.Tx) error {
		b.Tx = tx
		for _, w := range all {
			w.err = w.do(b)
			var r *refusal
			if w.err != nil && !errors.As(w.err, &r) {
				return w.err
			}
		}
		return nil
	})
	if err == nil {
		d.mu.Lock()
		d.state.seq = b.seq
		for _, f := range b.after {
			f(&d.state)
		}
		for id, p := range b.people {
			if p == nil {
				d.state.room.Forget(id)
			} else {
				d.state.room.Set(p)
			}
		}
		d.tell(b.told)
		d.mu.Unlock()
	}
	for _, w := range all {
		if err != nil {
			w.err = err
		}
		w.done <- w.err
	}
}

// close ends the goroutine; what waits gets errClosed.
func (d *desk) close() {
	close(d.quit)
	<-d.ended
}

// look reads the state. What it points to may be kept.
func (d *desk) look(see func(*state)) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	see(&d.state)
}

// tell wakes who waits for news. The state is locked.
func (d *desk) tell(told bool) {
	if told {
		close(d.news)
		d.news = make(chan struct{})
	}
}

// heard is a channel that is closed with the next news.
func (d *desk) heard() <-chan struct{} {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.news
}
