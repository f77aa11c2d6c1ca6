package host

import (
	"fmt"
	"net/http"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/store"
)

var errCode = &refusal{http.StatusForbidden, "this is not the workshop's code; the instructor has it"}

// join lets somebody in who knows the code.
func (h *Host) join(r *http.Request, q workshop.JoinRequest, browser bool) (*workshop.Joined, error) {
	now := h.config.Now()
	if !sameCode(q.Code, h.code()) {
		if !h.gates.wrong.AllowN(now, 1) {
			return nil, &refusal{http.StatusTooManyRequests, "too many wrong codes; wait a little"}
		}
		return nil, errCode
	}
	if !h.gates.join(r.Context(), now) {
		return nil, &refusal{http.StatusTooManyRequests, "too many join at once; try again"}
	}
	var name string
	if !h.config.Anonymous {
		var err error
		if name, err = cleanName(q.Name); err != nil {
			return nil, err
		}
	}
	token := newToken()
	j := &workshop.Joined{Token: token, Asks: h.config.Source, Source: h.config.Source && q.Source}
	err := h.desk.change(r.Context(), func(b *batch) (err error) {
		if !sameCode(q.Code, b.old.settings[settingCode]) {
			return errCode // it was changed while this one waited
		}
		if name == "" {
			name = fmt.Sprintf("Learner %d", b.seq+1) // its id
		}
		j.Name = b.unusedName(name)
		j.Learner, err = b.join(workshop.Learner{Name: j.Name, Source: j.Source, Browser: browser, Rehearsal: q.Rehearsal}, hashOf(token))
		return err
	})
	if err != nil {
		return nil, err
	}
	return j, nil
}

func (h *Host) apiHello(w http.ResponseWriter, r *http.Request, _ who) error {
	return answer(w, http.StatusOK, workshop.Hello{Asks: h.config.Source, Anonymous: h.config.Anonymous, Now: h.config.Now().UTC()})
}

func (h *Host) apiJoin(w http.ResponseWriter, r *http.Request, _ who) error {
	var q workshop.JoinRequest
	if err := decode(r, &q); err != nil {
		return err
	}
	j, err := h.join(r, q, false)
	if err != nil {
		return err
	}
	return answer(w, http.StatusOK, j)
}

func (h *Host) apiResults(w http.ResponseWriter, r *http.Request, by who) error {
	received := h.config.Now() // what follows may take long, and the results' age does not grow by it
	if h.desk.late() {
		return errBusy
	}
	done, ok := h.gates.read(r)
	if !ok {
		return errBusy
	}
	defer done()
	var q workshop.ResultsRequest
	if err := decode(r, &q); err != nil {
		return err
	}
	if !h.gates.results(by.learner, len(q.Results), h.config.Now()) {
		return &refusal{http.StatusTooManyRequests, "too many results; they can wait"}
	}
	said := workshop.Reported{Accepted: []string{}}
	var good []workshop.Result
	for _, res := range q.Results {
		if err := h.fit(&res); err != nil {
			said.Refused = append(said.Refused, workshop.Refused{ID: res.ID, Error: err.Error()})
			continue
		}
		good = append(good, res)
		said.Accepted = append(said.Accepted, res.ID)
	}
	if len(good) > 0 {
		err := h.desk.change(r.Context(), func(b *batch) error {
			p := b.person(by.learner)
			if p == nil {
				return errGone
			}
			for _, res := range good {
				if !p.Source || !h.config.Source {
					res.Source = nil
				}
				if err := b.result(by.learner, res, received); err != nil {
					return err
				}
			}
			said.Seq = b.person(by.learner).Seq
			return nil
		})
		if err != nil {
			return err
		}
	}
	return answer(w, http.StatusOK, said)
}

// fit says what is wrong with a result, if anything.
func (h *Host) fit(res *workshop.Result) error {
	if err := res.Verify(); err != nil {
		return err
	}
	switch res.Kind {
	case workshop.Answered, workshop.Read:
		return nil
	}
	if h.course.titles[res.Item] == "" {
		return fmt.Errorf("this workshop has no kata %s", res.Item)
	}
	return nil
}

func (h *Host) apiVote(w http.ResponseWriter, r *http.Request, by who) error {
	var q workshop.VoteRequest
	if err := decode(r, &q); err != nil {
		return err
	}
	if err := h.vote(r, by, q); err != nil {
		return err
	}
	return answer(w, http.StatusOK, map[string]bool{"counted": true})
}

func (h *Host) vote(r *http.Request, by who, q workshop.VoteRequest) error {
	if !h.gates.votes(by.learner, h.config.Now()) {
		return &refusal{http.StatusTooManyRequests, "too many answers at once; wait a little"}
	}
	return h.desk.change(r.Context(), func(b *batch) error {
		return b.vote(store.Vote{Poll: q.Poll, Learner: by.learner, Choice: q.Choice})
	})
}

func (h *Host) apiLeave(w http.ResponseWriter, r *http.Request, by who) error {
	var q workshop.LeaveRequest
	if err := decode(r, &q); err != nil {
		return err
	}
	if err := h.leave(r, by, q.Forget); err != nil {
		return err
	}
	return answer(w, http.StatusOK, map[string]bool{"left": true})
}

// leave ends a learner's part; with forget all of it is deleted.
func (h *Host) leave(r *http.Request, by who, forget bool) error {
	return h.desk.change(r.Context(), func(b *batch) error {
		if forget {
			return b.forget(by.learner)
		}
		return b.leave(by.learner)
	})
}

func (h *Host) apiMe(w http.ResponseWriter, r *http.Request, by who) error {
	me := workshop.Me{Asks: h.config.Source, Attempts: map[string]int{}}
	h.desk.look(func(s *state) {
		p := s.room.Person(by.learner)
		if p == nil {
			return
		}
		me.Learner, me.Name, me.Answered, me.Read = p.ID, p.Name, p.Answered, p.Read
		for kata, c := range p.Cells {
			me.Attempts[kata] = c.Attempts
		}
		if s.stage.Poll != nil {
			me.Vote = s.votes[s.stage.Poll.ID][by.learner]
		}
	})
	if me.Learner == 0 {
		return errGone
	}
	return answer(w, http.StatusOK, me)
}

// told is what a learner is told now.
func (h *Host) told(learner int64) (t workshop.Told) {
	t.Now = h.config.Now().UTC()
	h.desk.look(func(s *state) {
		t.Stage = s.stage.For(learner)
		if p := s.stage.Poll; p != nil {
			t.Vote = s.votes[p.ID][learner]
			counts, voters := s.tally()
			t.Voters = voters
			if p.Revealed {
				t.Tally = counts
			}
		}
	})
	return t
}

func (h *Host) apiStage(w http.ResponseWriter, r *http.Request, by who) error {
	t := h.told(by.learner)
	if t.Board {
		s := h.snapshot()
		t.Leaders = workshop.Leaders(s.people, s.shownName, by.learner)
	}
	return answer(w, http.StatusOK, t)
}
