// Package watch tells when the Go files of a folder were saved.
//
// The system's events tell at once, where they come: not for a folder on
// another machine, or on the other side of a virtual one (NFS, SMB, WSL). So
// the files are looked at now and then as well, and what was seen so before any
// event shows that events do not come here; from then on looking is quick.
//
//	events, looks -> one signature of all files -> quiet for a moment -> Saved
package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// Times of a Watcher.
const (
	// settle is how long nothing must change before a save counts as complete:
	// editors write, rename and format in several steps.
	settle = 200 * time.Millisecond
	// seldom is how often the files are looked at where events come, and often
	// where they do not.
	seldom = 2 * time.Second
	often  = 300 * time.Millisecond
)

// Watcher watches one folder until Close.
type Watcher struct {
	// Saved gets a value after the Go files have changed and then stood still.
	// Saves that nobody has received yet become one.
	Saved <-chan struct{}
	// Looking gets the reason once, when the files have to be looked at since no
	// events come.
	Looking <-chan string

	quit, done chan struct{}
}

// New watches a folder, which must exist. Only for tests is noEvents true.
func New(dir string, noEvents bool) (*Watcher, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, fmt.Errorf("failed to watch: %w", err)
	}
	saved, looking := make(chan struct{}, 1), make(chan string, 1)
	w := &Watcher{Saved: saved, Looking: looking, quit: make(chan struct{}), done: make(chan struct{})}
	f := &folder{dir: dir, saved: saved, looking: looking}
	if reason := remote(dir); reason != "" {
		f.look(reason)
	} else if err := f.listen(noEvents); err != nil {
		f.look(err.Error())
	}
	f.seen = f.signature()
	go func() {
		defer close(w.done)
		f.watch(w.quit)
	}()
	return w, nil
}

// Close ends watching and waits until it has ended.
func (w *Watcher) Close() {
	close(w.quit)
	<-w.done
}

// folder is the folder under watch, of the goroutine that watches.
type folder struct {
	dir     string
	saved   chan<- struct{}
	looking chan<- string
	events  *fsnotify.Watcher // nil where there are none
	seen    map[string]state  // the files when they were last told of
	every   time.Duration     // between looks
}

// state tells one version of a file from another.
type state struct {
	size int64
	mod  time.Time
	mode fs.FileMode
}

// listen asks for the system's events.
func (f *folder) listen(none bool) error {
	if none {
		return errors.New("no events here")
	}
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	if err := events.Add(f.dir); err != nil {
		events.Close()
		return err
	}
	f.events, f.every = events, seldom
	return nil
}

// look gives up waiting for events.
func (f *folder) look(reason string) {
	if f.events != nil {
		f.events.Close()
		f.events = nil
	}
	f.every = often
	f.looking <- reason
}

// watch runs until quit.
func (f *folder) watch(quit <-chan struct{}) {
	defer func() {
		if f.events != nil {
			f.events.Close()
		}
	}()
	look := time.NewTimer(f.every)
	quiet := time.NewTimer(settle)
	quiet.Stop()
	var pending map[string]state // what was seen when quiet was set
	for {
		var events chan fsnotify.Event
		var failed chan error
		if f.events != nil {
			events, failed = f.events.Events, f.events.Errors
		}
		select {
		case <-quit:
			return
		case e, ok := <-events:
			if !ok {
				f.look("events have ended")
			} else if isSource(filepath.Base(e.Name)) {
				pending = f.signature()
				quiet.Reset(settle)
			}
		case err := <-failed:
			// Too many events at once, or the folder is gone: looking tells what
			// was missed.
			if err != nil && !errors.Is(err, fsnotify.ErrEventOverflow) {
				f.look(err.Error())
			}
			look.Reset(0)
		case <-look.C:
			look.Reset(f.every)
			if now := f.signature(); pending == nil && !maps.Equal(now, f.seen) {
				if f.events != nil {
					// An event may be on its way; it had all the time since the save.
					if len(f.events.Events) == 0 && f.old(now) {
						f.look("no event came for a file that was saved")
						look.Reset(f.every)
					}
				}
				pending = now
				quiet.Reset(settle)
			}
		case <-quiet.C:
			now := f.signature()
			if !maps.Equal(now, pending) { // still being written
				pending = now
				quiet.Reset(settle)
				continue
			}
			pending = nil
			if maps.Equal(now, f.seen) {
				continue
			}
			f.seen = now
			select {
			case f.saved <- struct{}{}:
			default: // one waits already
			}
		}
	}
}

// old says whether what has changed was changed a while ago, so that its event
// should have come.
func (f *folder) old(now map[string]state) bool {
	for name, s := range now {
		if s != f.seen[name] && time.Since(s.mod) < settle {
			return false
		}
	}
	return true
}

// signature is the state of all Go files. A folder that is away for a moment,
// as while it is reset, has none.
func (f *folder) signature() map[string]state {
	all := map[string]state{}
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return all
	}
	for _, e := range entries {
		if !isSource(e.Name()) {
			continue
		}
		if info, err := os.Stat(filepath.Join(f.dir, e.Name())); err == nil {
			all[e.Name()] = state{info.Size(), info.ModTime(), info.Mode()}
		}
	}
	return all
}

// isSource says whether a file is one that a learner edits; editors leave
// others beside them while they save.
func isSource(name string) bool {
	return strings.HasSuffix(name, ".go") && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_") && !strings.HasPrefix(name, "#")
}
