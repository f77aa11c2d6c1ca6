package rehearse

import (
	"encoding/json"
	"io"
	"math"
)

// schema is the version of what WriteJSON writes.
const schema = 1

// WriteJSON writes a rehearsal as one JSON object, in one line. What was not
// measured is null.
func WriteJSON(w io.Writer, p *Plan, o *Outcome, v Verdict) error {
	type poll struct {
		Exact  bool     `json:"exact"`
		Asked  int      `json:"asked"`
		Voters int      `json:"voters"`
		Others int      `json:"others"`
		Tally  []int    `json:"tally"`
		Votes  *Latency `json:"votes"`
	}
	type host struct {
		RSS        int64 `json:"rss_bytes"`
		Goroutines int   `json:"goroutines"`
		Queue      int   `json:"queue"`
	}
	x := struct {
		Schema int `json:"schema"`
		Verdict
		Learners     int            `json:"learners"`
		Rate         float64        `json:"rate"`
		For          float64        `json:"for_s"`
		Elapsed      float64        `json:"elapsed_s"`
		Stopped      bool           `json:"stopped"`
		Joined       int            `json:"joined"`
		Acknowledged int            `json:"acknowledged"`
		Refused      int            `json:"refused"`
		Unsent       int            `json:"unsent"`
		Unshown      int            `json:"unshown"`
		Lost         int            `json:"lost"`
		Doubled      int            `json:"doubled"`
		Strangers    int            `json:"strangers"`
		Unverified   int            `json:"unverified"`
		Undeleted    int            `json:"undeleted"`
		Requests     int            `json:"requests"`
		Failures     int            `json:"failures"`
		Errors       map[string]int `json:"errors"`
		Join         *Latency       `json:"join"`
		Ack          *Latency       `json:"ack"`
		Dashboard    *Latency       `json:"dashboard"`
		Told         *Latency       `json:"told"`
		Lag          *Latency       `json:"lag"`
		Poll         *poll          `json:"poll"`
		Host         *host          `json:"host"`
	}{
		Schema: schema, Verdict: v, Learners: p.Learners, Rate: p.Rate, For: p.For.Seconds(),
		Elapsed: math.Round(o.Elapsed.Seconds()*10) / 10, Stopped: o.Stopped,
		Joined: o.Joined, Acknowledged: o.Acknowledged, Refused: o.Refused, Unsent: o.Unsent, Unshown: o.Unshown,
		Lost: o.Lost, Doubled: o.Doubled, Strangers: o.Strangers, Unverified: o.Unverified, Undeleted: o.Undeleted,
		Requests: o.Requests, Failures: o.Failures(), Errors: o.Errors,
		Join: &o.Joins, Ack: &o.Acks, Dashboard: &o.Shown, Told: &o.Told, Lag: &o.Lag,
	}
	if o.Poll != nil {
		x.Poll = &poll{o.Poll.Exact, o.Poll.Listeners, o.Poll.Votes.Count(), o.Poll.Others, o.Poll.Tally, o.Poll.Votes}
	}
	if o.Host != nil && o.Host.RSS > 0 {
		x.Host = (*host)(o.Host)
	}
	return json.NewEncoder(w).Encode(x)
}
