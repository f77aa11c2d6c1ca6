package host

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"gokata/cmd/internal/workshop"
)

// errNobody tells the instructor that a learner has gone.
var errNobody = &refusal{http.StatusNotFound, "this learner is not in the workshop any more"}

// How long a cue or a poll may run.
const maxRunning = 24 * time.Hour

// postAct does what the instructor asks for by a form: its field act is one of
// workshop.Act, and the others are as actOf reads them. It answers with JSON
// where that is accepted, and otherwise leads back to the page.
func (h *Host) postAct(w http.ResponseWriter, r *http.Request, _ who) error {
	if err := r.ParseForm(); err != nil {
		return unreadable(err)
	}
	if err := h.act(r, form{r.PostForm.Get}); err != nil {
		return err
	}
	if wantsJSON(r) {
		return answer(w, http.StatusOK, struct{}{})
	}
	http.Redirect(w, r, "/instructor", http.StatusSeeOther)
	return nil
}

func wantsJSON(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") || strings.Contains(r.Header.Get("Accept"), "application/json")
}

func (h *Host) act(r *http.Request, f form) error {
	e := workshop.Event{Act: workshop.Act(f.get("act"))}
	if err := h.course.actOf(&e, f, h.config.Now(), h.config.wall()); err != nil {
		return &refusal{http.StatusBadRequest, err.Error()}
	}
	if e.Act == workshop.ActForget && f.get("rehearsal") != "" {
		return h.endRehearsal(r)
	}
	return h.desk.change(r.Context(), func(b *batch) error {
		switch e.Act {
		case workshop.ActForget:
			if b.person(e.Learner) == nil {
				return errNobody
			}
			return b.forget(e.Learner)
		case workshop.ActClear:
			return b.clear()
		case workshop.ActCode:
			if err := b.set(settingCode, newCode()); err != nil {
				return err
			}
		case workshop.ActHint:
			if e.Learner != 0 && b.person(e.Learner) == nil {
				return errNobody
			}
		case workshop.ActExtend, workshop.ActClose, workshop.ActReveal, workshop.ActDrop:
			p := b.stage.Poll
			switch id := f.get("poll"); {
			case p == nil:
				return &refusal{http.StatusConflict, "there is no poll"}
			case id != "" && id != strconv.FormatInt(p.ID, 10): // of another window
				return &refusal{http.StatusConflict, "another poll has been opened meanwhile"}
			}
			if e.Act == workshop.ActExtend {
				from := b.now
				switch {
				case p.Revealed:
					return &refusal{http.StatusConflict, "everybody has seen the answers; open a new poll"}
				case p.Open(b.now) && p.Until.IsZero():
					return &refusal{http.StatusConflict, "the poll is open without a limit"}
				case p.Open(b.now):
					from = p.Until
				}
				e.Until = from.Add(time.Duration(f.seconds("seconds", 30)) * time.Second)
			}
		}
		return b.event(e)
	})
}

// endRehearsal deletes everybody who was simulated.
func (h *Host) endRehearsal(r *http.Request) error {
	return h.desk.change(r.Context(), func(b *batch) error {
		for _, p := range b.old.room.People() {
			if p.Rehearsal && b.person(p.ID) != nil {
				if err := b.forget(p.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// form gives the fields of a form.
type form struct{ field func(string) string }

func (f form) get(name string) string { return strings.TrimSpace(f.field(name)) }

func (f form) on() bool { return f.get("on") == "1" }

// seconds is a whole number of seconds from a field, or another.
func (f form) seconds(name string, otherwise int) int {
	n, err := strconv.Atoi(f.get(name))
	if err != nil || n <= 0 || n > int(maxRunning/time.Second) {
		return otherwise
	}
	return n
}

// actOf reads a form into an event.
//
//	cue       text, item (kata or lesson), minutes or until (15:04, host's time)
//	end       text
//	pause, board, unnamed   on: 1 or nothing
//	hint      text, learner (0: all)
//	unlock    item (kata)
//	poll      question (of the course), or text, options (a line each), many (1); seconds
//	extend    seconds; poll (id, so that no other is meant)
//	limits    quiet (minutes), same (failures)
//	forget    learner, or rehearsal (1)
//	clear     sure: "delete all"
//	close, reveal, drop           poll, as above
//	code      nothing
func (c *catalogue) actOf(e *workshop.Event, f form, now, wall time.Time) (err error) {
	e.On = f.on()
	if e.Text, err = cleanText(f.get("text")); err != nil {
		return err
	}
	switch e.Act {
	case workshop.ActCue:
		if e.Item = f.get("item"); e.Item != "" && !c.knows(e.Item) {
			return fmt.Errorf("the course has no kata or lesson %.40q", e.Item)
		}
		e.Until, err = until(f, now, wall)
	case workshop.ActUnlock:
		if e.Item = f.get("item"); c.titles[e.Item] == "" {
			return fmt.Errorf("the course has no kata %.40q", e.Item)
		}
	case workshop.ActEnd:
		if e.Text == "" {
			return fmt.Errorf("say what is over, and what comes next")
		}
	case workshop.ActHint:
		if e.Text == "" {
			return fmt.Errorf("the message is empty")
		}
		if s := f.get("learner"); s != "" {
			if e.Learner, err = strconv.ParseInt(s, 10, 64); err != nil {
				return fmt.Errorf("learner %.20q is no number", s)
			}
		}
	case workshop.ActForget:
		if f.get("rehearsal") == "" {
			if e.Learner, err = strconv.ParseInt(f.get("learner"), 10, 64); err != nil {
				return fmt.Errorf("learner %.20q is no number", f.get("learner"))
			}
		}
	case workshop.ActClear:
		if !strings.EqualFold(f.get("sure"), "delete all") {
			return fmt.Errorf("to delete everybody and everything, write \"delete all\"")
		}
	case workshop.ActLimits:
		minutes, err1 := strconv.Atoi(f.get("quiet"))
		same, err2 := strconv.Atoi(f.get("same"))
		if err1 != nil || err2 != nil || minutes < 1 || minutes > 24*60 || same < 1 || same > 100 {
			return fmt.Errorf("somebody is stuck after 1 to 1440 minutes, or after 1 to 100 failures")
		}
		e.Limits = &workshop.Limits{Quiet: time.Duration(minutes) * time.Minute, Same: same}
	case workshop.ActPoll:
		e.Text = ""
		if e.Poll, err = c.pollOf(f); err == nil {
			if n := f.seconds("seconds", 0); n > 0 {
				e.Poll.Until = now.Add(time.Duration(n) * time.Second).UTC()
			}
		}
	case workshop.ActPause, workshop.ActBoard, workshop.ActUnnamed, workshop.ActExtend,
		workshop.ActClose, workshop.ActReveal, workshop.ActDrop, workshop.ActCode:
	default:
		return fmt.Errorf("%.20q is nothing that an instructor can do", string(e.Act))
	}
	return err
}

// until reads when a cue ends: so many minutes from now, or the next time that
// clocks on walls show a time of day.
func until(f form, now, wall time.Time) (time.Time, error) {
	if s := f.get("minutes"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > int(maxRunning.Minutes()) {
			return time.Time{}, fmt.Errorf("%.20q is no number of minutes from 1 to 1440", s)
		}
		return now.Add(time.Duration(n) * time.Minute).UTC(), nil
	}
	s := f.get("until")
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse("15:04", s)
	if err != nil {
		return time.Time{}, fmt.Errorf("%.20q is no time of day such as 10:40", s)
	}
	local := wall.Local()
	end := time.Date(local.Year(), local.Month(), local.Day(), t.Hour(), t.Minute(), 0, 0, local.Location())
	if !end.After(wall) {
		end = end.AddDate(0, 0, 1)
	}
	return now.Add(end.Sub(wall)).UTC(), nil
}

// pollOf is a poll of a question of the course, or one that the instructor has
// written.
func (c *catalogue) pollOf(f form) (*workshop.Poll, error) {
	if id := f.get("question"); id != "" {
		return c.pollAbout(id)
	}
	text, err := cleanText(f.get("text"))
	if err != nil {
		return nil, err
	}
	p := &workshop.Poll{Text: text, Many: f.get("many") == "1"}
	for line := range strings.Lines(f.get("options")) {
		if line, err = cleanText(line); err != nil {
			return nil, err
		}
		if line != "" {
			p.Options = append(p.Options, line)
		}
	}
	return p, p.Verify()
}

// cleanText makes a text of one paragraph that can be shown anywhere: nothing in
// it turns around what stands beside it.
func cleanText(s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
	if utf8.RuneCountInString(s) > workshop.MaxText {
		return "", fmt.Errorf("the text is longer than %d characters", workshop.MaxText)
	}
	return s, nil
}
