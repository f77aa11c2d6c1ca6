package member

import (
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
	"github.com/gofrs/flock"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// Times of a courier.
const (
	idle    = 2 * time.Hour          // it ends so long after the last command
	seldom  = 5 * time.Second        // between looks at the folder, where events come
	often   = 500 * time.Millisecond // and where they do not
	takeup  = 2 * time.Second        // that it waits for the lock: a command may be trying it
	settled = 10 * time.Second       // a stream that has lasted so long was a good one
)

// Running says whether a courier is at work. It waits for nobody.
func (f Folder) Running() bool {
	l := flock.New(f.path(lockFile), flock.SetPermissions(0o600))
	ok, err := l.TryLock()
	if ok {
		_ = l.Unlock() // closing it does the same
	}
	return !ok && err == nil
}

// Carry sends what waits in the folder and keeps what is told, until the
// membership has ended or changed, the host knows the member no more, nobody has
// used gokata for two hours, or the context ends. It returns at once where
// another courier is at work.
func Carry(ctx context.Context, f Folder) error {
	m, err := f.Member()
	if err != nil {
		return err
	}
	lock := flock.New(f.path(lockFile), flock.SetPermissions(0o600))
	trying, stop := context.WithTimeout(ctx, takeup)
	defer stop()
	ok, err := lock.TryLockContext(trying, takeup/20)
	if errors.Is(err, errors.ErrUnsupported) {
		return once(ctx, f, m) // a file system without locks: there could be many of us
	}
	if !ok || err != nil {
		return nil
	}
	defer lock.Unlock()
	f.sweep()
	for m != nil {
		c := &courier{folder: f, member: m, client: m.Client(),
			news: make(chan struct{}, 1), hurrySend: make(chan struct{}, 1), hurryListen: make(chan struct{}, 1)}
		m = c.work(ctx, lock)
	}
	return nil
}

// work is all that a courier does for one membership. Next is the one that has
// come in its place.
func (c *courier) work(ctx context.Context, lock *flock.Flock) (next *Member) {
	ctx, cancel := context.WithCancel(ctx)
	c.end = cancel
	defer c.client.HTTP.CloseIdleConnections()
	var both sync.WaitGroup
	both.Go(func() { c.send(ctx) })
	both.Go(func() { c.listen(ctx) })
	changed := c.watch(ctx)
	cancel()
	both.Wait()
	if !changed {
		return nil
	}
	// Where the folder is another, its commands see no courier and start their own.
	there, err1 := os.Stat(c.folder.path(lockFile))
	ours, err2 := lock.Stat()
	if err1 != nil || err2 != nil || !os.SameFile(there, ours) {
		return nil
	}
	m, err := c.folder.Member()
	if err != nil {
		return nil
	}
	return m
}

// once sends what waits and asks what is told.
func once(ctx context.Context, f Folder, m *Member) error {
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	told, err := c.Stage(ctx)
	if err == nil {
		err = f.Hear(m, told, time.Now())
	}
	return errors.Join(err, f.Deliver(ctx, m, c))
}

// courier is one at work: a goroutine sends, one listens, one watches the folder.
type courier struct {
	folder Folder
	member *Member
	client *client.Client
	end    func()

	news                   chan struct{} // a result has come
	hurrySend, hurryListen chan struct{} // there may be a network again

	mu   sync.Mutex
	link Link
}

// poke fills a channel that holds one.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// send delivers whatever comes.
func (c *courier) send(ctx context.Context) {
	var pause pause
	for {
		err := c.folder.Deliver(ctx, c.member, c.client)
		switch {
		case ctx.Err() != nil:
			return
		case client.Gone(err):
			c.gone(err)
			return
		case err != nil:
			if !pause.wait(ctx, err, c.hurrySend) {
				return
			}
			continue
		}
		pause.over()
		select {
		case <-c.news:
		case <-ctx.Done():
			return
		}
	}
}

// listen keeps what is told.
func (c *courier) listen(ctx context.Context) {
	var pause pause
	for {
		begun := time.Now()
		err := c.client.Listen(ctx, func(t workshop.Told) error {
			_ = c.folder.Hear(c.member, t, time.Now()) // what was told before stands
			if c.connected(true, nil) {
				poke(c.hurrySend)
			}
			return nil
		})
		switch {
		case ctx.Err() != nil:
			return
		case client.Gone(err):
			c.gone(err)
			return
		}
		c.connected(false, err)
		// One that ends at once is no connection: another machine may have our
		// token, and then the two would end each other's streams without a pause.
		if time.Since(begun) > settled {
			pause.over()
		}
		if !pause.wait(ctx, err, c.hurryListen) {
			return
		}
	}
}

// connected notes whether there is a connection, where that has changed.
func (c *courier) connected(yes bool, why error) (changed bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	l := Link{Member: c.member.ID, Connected: yes, Since: time.Now().UTC().Round(0)}
	if why != nil {
		l.Error = Cause(why)
	}
	if c.link.Gone || c.link.Member != "" && c.link.Connected == yes && c.link.Error == l.Error {
		return false
	}
	if c.link.Member != "" && c.link.Connected == yes {
		l.Since = c.link.Since
	}
	changed = c.link.Connected != yes
	c.link = l
	_ = c.folder.write(linkFile, l, false) // status says less
	return changed
}

// gone ends the courier of somebody whom the host does not know.
func (c *courier) gone(why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.link = Link{Member: c.member.ID, Gone: true, Since: time.Now().UTC().Round(0), Error: why.Error()}
	_ = c.folder.write(linkFile, c.link, false) // the next courier finds out again
	c.end()
}

// watch looks at the folder: for results, for the learner, and for whether all
// of it is still there. Changed says that it ended since the membership is
// another, or none.
func (c *courier) watch(ctx context.Context) (changed bool) {
	begun := time.Now()
	var events chan fsnotify.Event
	every := often
	if w, err := fsnotify.NewWatcher(); err == nil {
		defer w.Close()
		if errors.Join(w.Add(string(c.folder)), w.Add(c.folder.path(spoolDir))) == nil {
			events, every = w.Events, seldom
		}
	}
	look := time.NewTicker(every)
	defer look.Stop()
	for {
		if m, err := c.folder.Member(); err != nil || *m != *c.member {
			return true
		}
		if c.unused(begun) >= idle {
			return false
		}
		select {
		case <-ctx.Done():
			return false
		case <-look.C:
			poke(c.news)
		case e, ok := <-events:
			switch {
			case !ok:
				events = nil
				look.Reset(often)
			case e.Name == c.folder.path(usedFile):
				// Somebody is there: the network may be, too.
				poke(c.hurrySend)
				poke(c.hurryListen)
			case e.Has(fsnotify.Create):
				poke(c.news)
			}
		}
	}
}

// unused is how long the learner has not used gokata, as far as a courier that
// has begun at a time can know.
func (c *courier) unused(begun time.Time) time.Duration {
	if info, err := os.Stat(c.folder.path(usedFile)); err == nil {
		begun = info.ModTime()
	}
	return time.Since(begun)
}
