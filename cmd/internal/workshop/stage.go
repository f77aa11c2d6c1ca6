package workshop

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Act says what the instructor has done.
type Act string

// The acts.
const (
	ActCue     Act = "cue"     // what to do now; an empty one takes it away
	ActPause   Act = "pause"   // everybody listens; On says whether
	ActUnlock  Act = "unlock"  // the solution of a kata may be seen
	ActHint    Act = "hint"    // a message to one learner or to all
	ActEnd     Act = "end"     // a section is over
	ActBoard   Act = "board"   // the leaderboard is shown; On says whether
	ActPoll    Act = "poll"    // a poll is opened
	ActExtend  Act = "extend"  // a poll runs longer
	ActClose   Act = "close"   // a poll takes no more answers
	ActReveal  Act = "reveal"  // everybody sees how a poll went
	ActDrop    Act = "drop"    // a poll is taken away; its answers are kept
	ActCode    Act = "code"    // a new join code
	ActUnnamed Act = "unnamed" // names are shown to nobody; On says whether
	ActLimits  Act = "limits"  // when somebody is stuck
	ActForget  Act = "forget"  // a learner was deleted
	ActClear   Act = "clear"   // everything was deleted
)

// Limits of what an instructor may write.
const (
	MaxText    = 500 // characters of a cue, a hint, a question
	MaxName    = 40  // characters of a name
	MaxOptions = 10
	MaxOption  = 200 // characters
)

// Event is one thing that the instructor has done.
type Event struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`
	Act     Act       `json:"act"`
	Text    string    `json:"text,omitempty"`
	Item    string    `json:"item,omitempty"`    // kata or lesson
	Until   time.Time `json:"until,omitzero"`    // of a cue or a poll
	Learner int64     `json:"learner,omitempty"` // 0: all
	On      bool      `json:"on,omitempty"`
	Poll    *Poll     `json:"poll,omitempty"`
	Limits  *Limits   `json:"limits,omitempty"`
}

// Poll is a question to everybody.
type Poll struct {
	ID       int64     `json:"id"`
	Text     string    `json:"text"`           // the question, inline Markdown
	Page     string    `json:"page,omitempty"` // what stands between it and the options, Markdown
	Options  []string  `json:"options"`
	Many     bool      `json:"many"`
	Question string    `json:"question,omitempty"` // id, where it is one of the course
	Right    []int     `json:"right,omitempty"`    // of a question of the course
	Until    time.Time `json:"until,omitzero"`
	Closed   bool      `json:"closed"`
	Revealed bool      `json:"revealed"`
}

// Open says whether a poll takes answers.
func (p *Poll) Open(now time.Time) bool {
	return p != nil && !p.Closed && (p.Until.IsZero() || now.Before(p.Until))
}

// Verify says what is wrong with a poll that somebody has made.
func (p *Poll) Verify() error {
	p.Text = strings.TrimSpace(p.Text)
	switch {
	case p.Text == "":
		return errors.New("the poll has no question")
	case utf8.RuneCountInString(p.Text) > MaxText:
		return fmt.Errorf("the question is longer than %d characters", MaxText)
	case len(p.Options) < 2 || len(p.Options) > MaxOptions:
		return fmt.Errorf("a poll has 2 to %d options, one in each line", MaxOptions)
	}
	for i, o := range p.Options {
		switch {
		case strings.TrimSpace(o) == "":
			return fmt.Errorf("option %d is empty", i+1)
		case utf8.RuneCountInString(o) > MaxOption:
			return fmt.Errorf("option %d is longer than %d characters", i+1, MaxOption)
		}
	}
	return nil
}

// VerifyChoice says what is wrong with an answer to a poll.
func (p *Poll) VerifyChoice(choice []int) error {
	if len(choice) == 0 || len(choice) > 1 && !p.Many {
		return errors.New("choose one option")
	}
	seen := map[int]bool{}
	for _, c := range choice {
		if c < 0 || c >= len(p.Options) || seen[c] {
			return fmt.Errorf("there is no option %d, or it is chosen twice", c+1)
		}
		seen[c] = true
	}
	return nil
}

// Message is a hint to one learner or to all.
type Message struct {
	Seq     int64     `json:"seq"`
	At      time.Time `json:"at"`
	Text    string    `json:"text"`
	Learner int64     `json:"learner,omitempty"`
}

// messages is how many are kept.
const messages = 200

// Stage is what everybody is told: what the events of the instructor add up to.
type Stage struct {
	Seq      int64     `json:"seq"`
	Cue      string    `json:"cue,omitempty"`
	Item     string    `json:"item,omitempty"`
	Until    time.Time `json:"until,omitzero"`
	CueSeq   int64     `json:"cue_seq,omitempty"`
	Paused   bool      `json:"paused,omitempty"`
	Unlocked []string  `json:"unlocked,omitempty"`
	Messages []Message `json:"messages,omitempty"`
	Ended    string    `json:"ended,omitempty"` // the section that was over last
	EndedSeq int64     `json:"ended_seq,omitempty"`
	Board    bool      `json:"board,omitempty"`
	Unnamed  bool      `json:"unnamed,omitempty"`
	Poll     *Poll     `json:"poll,omitempty"`
	Limits   Limits    `json:"-"`
}

// NewStage is that of a workshop that begins.
func NewStage() *Stage { return &Stage{Limits: DefaultLimits} }

// Add adds an event.
func (s *Stage) Add(e Event) {
	s.Seq = max(s.Seq, e.Seq)
	switch e.Act {
	case ActCue:
		s.Cue, s.Item, s.Until, s.CueSeq = e.Text, e.Item, e.Until, e.Seq
		s.Ended = ""
		s.goOn(e.At)
	case ActPause:
		s.Paused = e.On
	case ActUnlock:
		if !slices.Contains(s.Unlocked, e.Item) {
			s.Unlocked = append(s.Unlocked, e.Item)
		}
	case ActHint:
		s.Messages = append(s.Messages, Message{Seq: e.Seq, At: e.At, Text: e.Text, Learner: e.Learner})
		if len(s.Messages) > messages {
			s.Messages = slices.Clone(s.Messages[len(s.Messages)-messages:])
		}
	case ActEnd:
		s.Ended, s.EndedSeq, s.Cue, s.Item, s.Until = e.Text, e.Seq, "", "", time.Time{}
		s.goOn(e.At)
	case ActBoard:
		s.Board = e.On
	case ActUnnamed:
		s.Unnamed = e.On
	case ActLimits:
		if e.Limits != nil {
			s.Limits = *e.Limits
		}
	case ActPoll:
		if e.Poll != nil {
			p := *e.Poll
			p.ID = e.Seq
			s.Poll = &p
		}
	case ActExtend, ActClose, ActReveal:
		s.change(e)
	case ActDrop:
		s.Poll = nil
	case ActForget:
		s.Messages = slices.DeleteFunc(s.Messages, func(m Message) bool { return m.Learner == e.Learner })
	case ActClear:
		limits := s.Limits
		if e.Limits != nil { // the events that set them are gone
			limits = *e.Limits
		}
		*s = Stage{Seq: s.Seq, Limits: limits}
	}
}

// goOn takes away a poll that is over: the room goes on to something else.
func (s *Stage) goOn(at time.Time) {
	if !s.Poll.Open(at) {
		s.Poll = nil
	}
}

func (s *Stage) change(e Event) {
	if s.Poll == nil {
		return
	}
	p := *s.Poll // the one before may be on its way to a learner
	switch e.Act {
	case ActExtend:
		p.Until, p.Closed = e.Until, false
	case ActClose:
		p.Closed = true
	case ActReveal:
		p.Closed, p.Revealed = true, true
	}
	s.Poll = &p
}

// For is the stage as one learner may see it: the messages to others and the
// answers of a poll that is not revealed are left out.
func (s *Stage) For(learner int64) Stage {
	mine := *s
	mine.Messages = nil
	for _, m := range s.Messages {
		if m.Learner == 0 || m.Learner == learner {
			mine.Messages = append(mine.Messages, m)
		}
	}
	if p := s.Poll; p != nil && !p.Revealed {
		hidden := *p
		hidden.Right = nil
		mine.Poll = &hidden
	}
	return mine
}
