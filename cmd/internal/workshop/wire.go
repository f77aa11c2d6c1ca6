package workshop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"
)

// What one request may hold at most.
const (
	MaxBody    = 2 << 20 // bytes
	MaxResults = 50
)

// The JSON between learners and a host. A bearer token says who asks; every error
// is a Problem with a status of 400 and above.
type (
	// Hello is what anybody may know of a workshop: GET /api/hello.
	Hello struct {
		Asks      bool      `json:"asks"`      // for code
		Anonymous bool      `json:"anonymous"` // names are not taken
		Now       time.Time `json:"now"`       // the host's clock
	}
	// Problem is the answer to what was refused.
	Problem struct {
		Error string `json:"error"`
	}
	// JoinRequest asks to join: POST /api/join.
	JoinRequest struct {
		Code      string `json:"code"`
		Name      string `json:"name"`
		Source    bool   `json:"source"` // agrees to send code, where it is asked for
		Rehearsal bool   `json:"rehearsal,omitempty"`
	}
	// Joined is the answer to a JoinRequest.
	Joined struct {
		Token   string `json:"token"`
		Learner int64  `json:"learner"`
		Name    string `json:"name"`   // as others see it
		Source  bool   `json:"source"` // code is asked for, and was agreed to
		Asks    bool   `json:"asks"`   // code is asked for
	}
	// ResultsRequest reports results: POST /api/results, MaxResults and MaxBody at most.
	ResultsRequest struct {
		Results Results `json:"results"`
	}
	// Reported is the answer to a ResultsRequest: what is on the host's disk, and
	// what never will be.
	Reported struct {
		Accepted []string  `json:"accepted"`
		Refused  []Refused `json:"refused,omitempty"`
		Seq      int64     `json:"seq"` // of the last one that is new
	}
	// Refused says what is wrong with a result.
	Refused struct {
		ID    string `json:"id"`
		Error string `json:"error"`
	}
	// VoteRequest answers a poll: POST /api/vote. A later answer replaces it.
	VoteRequest struct {
		Poll   int64 `json:"poll"`
		Choice []int `json:"choice"` // options, from 0
	}
	// LeaveRequest leaves: POST /api/leave. Forget deletes what was reported.
	LeaveRequest struct {
		Forget bool `json:"forget"`
	}
	// Me is what the host knows of a learner: GET /api/me.
	Me struct {
		Learner  int64          `json:"learner"`
		Name     string         `json:"name"`
		Asks     bool           `json:"asks"`
		Attempts map[string]int `json:"attempts"` // by kata
		Answered int            `json:"answered"`
		Read     int            `json:"read"`
		Vote     []int          `json:"vote,omitempty"` // in the poll of the stage
	}
	// Told is what a learner is told: GET /api/stage, and the events "stage" of
	// GET /api/stream.
	Told struct {
		Stage
		Tally  []int     `json:"tally,omitempty"` // of a poll that is revealed
		Voters int       `json:"voters,omitempty"`
		Vote   []int     `json:"vote,omitempty"` // one's own
		Now    time.Time `json:"now"`            // the host's clock
		// Leaders are there where the instructor shows them; not in streams.
		Leaders []Leader `json:"leaders,omitempty"`
	}
)

// ErrTooMany says that a request holds more than MaxResults.
var ErrTooMany = fmt.Errorf("more than %d results at once", MaxResults)

// Results are those of one request.
type Results []Result

// UnmarshalJSON reads MaxResults and no more, whatever memory a longer list would
// take; it is an ErrTooMany.
func (r *Results) UnmarshalJSON(text []byte) error {
	*r = nil
	d := json.NewDecoder(bytes.NewReader(text))
	if begin, err := d.Token(); err != nil || begin == nil {
		return err // null is none
	} else if begin != json.Delim('[') {
		return fmt.Errorf("results are a list, not %v", begin)
	}
	for d.More() {
		if len(*r) == MaxResults {
			return ErrTooMany
		}
		var one Result
		if err := d.Decode(&one); err != nil {
			return err
		}
		*r = append(*r, one)
	}
	_, err := d.Token()
	return err
}
