package member

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// maxBatch is how large the files of one request may be: what is around them
// has room in workshop.MaxBody.
const maxBatch = workshop.MaxBody * 3 / 4

// Deliver sends what waits, until nothing does or something fails. What the host
// has on its disk leaves the spool; so does what it refuses, which is noted.
func (f Folder) Deliver(ctx context.Context, m *Member, c *client.Client) error {
	for {
		names, err := f.spooled()
		if err != nil {
			return err
		}
		b, err := f.batch(m, names)
		if err != nil || len(b.results) == 0 {
			return err
		}
		err = f.send(ctx, c, b)
		if unfit(err) { // one of them, or all together
			for i := range b.results {
				if err = f.sendOne(ctx, c, b.only(i)); err != nil {
					return err
				}
			}
		}
		if err != nil {
			return err
		}
	}
}

// batch is what one request takes.
type batch struct {
	results []workshop.Result
	files   map[string]string // by id of the result
}

func (b batch) only(i int) batch { return batch{b.results[i : i+1], b.files} }

// batch reads results from files. What is damaged is refused here.
func (f Folder) batch(m *Member, names []string) (b batch, err error) {
	b.files = map[string]string{}
	size := 0
	for _, name := range names {
		text, err := f.read(filepath.Join(spoolDir, name))
		if errors.Is(err, os.ErrNotExist) {
			continue // another courier has sent it
		}
		if len(b.results) == workshop.MaxResults || len(b.results) > 0 && size+len(text) > maxBatch {
			break
		}
		var w *waiting
		if err == nil {
			w, err = decodeWaiting(text)
		}
		if err != nil {
			if err := f.refuse(Refusal{At: time.Now().UTC(), File: name, Error: err.Error()}); err != nil {
				return b, err
			}
			continue
		}
		r := w.Result
		r.AgeMS = max(0, time.Since(w.At).Milliseconds())
		if !m.Source {
			r.Source = nil
		}
		size += len(text)
		b.results = append(b.results, r)
		b.files[r.ID] = name
	}
	return b, nil
}

// send sends a batch, and takes out of the spool what was decided on.
func (f Folder) send(ctx context.Context, c *client.Client, b batch) error {
	said, err := c.Report(ctx, b.results)
	if err != nil {
		return err
	}
	left := len(b.results)
	for _, id := range said.Accepted {
		if name, ok := b.files[id]; ok {
			if err := f.done(name); err != nil {
				return err
			}
			left--
		}
	}
	for _, r := range said.Refused {
		for i := range b.results {
			if b.results[i].ID == r.ID {
				if err := f.refuseResult(&b.results[i], b.files[r.ID], r.Error); err != nil {
					return err
				}
				left--
			}
		}
	}
	if left > 0 {
		return errors.New("the host did not say what became of the results")
	}
	return nil
}

// sendOne sends one result, which is refused where the host cannot take it.
func (f Folder) sendOne(ctx context.Context, c *client.Client, b batch) error {
	err := f.send(ctx, c, b)
	if unfit(err) {
		return f.refuseResult(&b.results[0], b.files[b.results[0].ID], err.Error())
	}
	return err
}

func (f Folder) refuseResult(r *workshop.Result, file, why string) error {
	return f.refuse(Refusal{At: time.Now().UTC(), File: file, Kind: r.Kind, Item: r.Item, Error: why})
}

// unfit says whether a request will never be taken as it is. Anything else may
// come from somebody in between, and costs no result.
func unfit(err error) bool {
	var e *client.Error
	return errors.As(err, &e) && (e.Status == http.StatusBadRequest || e.Status == http.StatusRequestEntityTooLarge)
}
