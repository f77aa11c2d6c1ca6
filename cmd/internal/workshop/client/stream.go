package client

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"gokata/cmd/internal/workshop"
)

// silence is how long a stream may be without a word: three of the host's
// heartbeats.
const silence = 45 * time.Second

// maxEvent is the longest event of a stream, in bytes.
const maxEvent = 8 << 20

// Event is one server-sent event.
type Event struct {
	Name string
	ID   int64
	Data []byte
}

// Events calls a function with each event of a stream until it returns an error,
// the context ends, the host is silent for too long, or the stream ends (io.EOF).
func (c *Client) Events(ctx context.Context, path string, last int64, each func(Event) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r, err := c.request(ctx, http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept", "text/event-stream, application/json")
	if last > 0 {
		r.Header.Set("Last-Event-ID", strconv.FormatInt(last, 10))
	}
	res, err := c.HTTP.Do(r)
	if err != nil {
		return plain(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return refused(res, io.LimitReader(res.Body, maxAnswer))
	}
	quiet := time.AfterFunc(silence, func() { cancel(errors.New("the host says nothing")) })
	defer quiet.Stop()
	err = readEvents(res.Body, func(e Event) error {
		quiet.Reset(silence)
		if e.Name == "" {
			return nil
		}
		return each(e)
	})
	if cause := context.Cause(ctx); cause != nil && err != nil {
		return cause
	}
	return err
}

// readEvents reads server-sent events; comments come as events without a name.
func readEvents(from io.Reader, each func(Event) error) error {
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 64<<10), maxEvent)
	var e Event
	for lines.Scan() {
		line := lines.Bytes()
		name, value, _ := bytes.Cut(line, []byte(":"))
		value = bytes.TrimPrefix(value, []byte(" "))
		switch {
		case len(line) == 0:
			if err := each(e); err != nil {
				return err
			}
			e = Event{}
		case string(name) == "event":
			e.Name = string(value)
		case string(name) == "id":
			e.ID, _ = strconv.ParseInt(string(value), 10, 64)
		case string(name) == "data":
			e.Data = append(e.Data, value...)
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	return io.EOF
}

// Listen calls a function with what the learner is told, now and whenever it
// changes.
func (c *Client) Listen(ctx context.Context, each func(workshop.Told) error) error {
	return c.Events(ctx, "/api/stream", 0, func(e Event) error {
		if e.Name != "stage" {
			return nil
		}
		var t workshop.Told
		if err := json.Unmarshal(e.Data, &t); err != nil {
			return err
		}
		return each(t)
	})
}
