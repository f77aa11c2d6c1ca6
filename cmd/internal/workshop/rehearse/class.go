package rehearse

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"

	"gokata/cmd/internal/workshop"
)

// reportSize is what check --json prints of an ordinary kata, in bytes.
const reportSize = 6 << 10

// script is what one learner does, result by result: a lesson, a kata that fails
// for a reason once or a few times, now and then a hint, the pass, and a question.
// It never ends.
type script struct {
	rand      *rand.Rand
	katas     []string
	questions []string
	run       uint64 // so that ids of two rehearsals differ
	learner   int
	n         int // results so far
	kata      int
	step      int
	failures  int // before the pass of this kata
	reason    string
	skill     float64 // speed-up that this learner reaches on 2 CPUs
}

// reasons are what beginners meet.
var reasons = [...]string{"serialised", "serial", "race", "wrong-answer", "overhead", "imbalanced", "deadlock", "build"}

func newScript(p *Plan, run uint64, learner int) *script {
	s := &script{
		rand:  rand.New(rand.NewPCG(run, uint64(learner))),
		katas: p.Katas, questions: p.Questions, run: run, learner: learner,
	}
	s.skill = 1.3 + 0.6*s.rand.Float64()
	s.begin()
	return s
}

func (s *script) begin() {
	s.step = 0
	s.failures = s.rand.IntN(5)
	s.reason = reasons[s.rand.IntN(len(reasons))]
}

// next is what the learner does next.
func (s *script) next() workshop.Result {
	s.n++
	r := workshop.Result{ID: fmt.Sprintf("rehearse-%016x-%04d-%06d", s.run, s.learner, s.n), Item: s.katas[s.kata%len(s.katas)]}
	step := s.step
	s.step++
	switch {
	case step == 0:
		r.Kind, r.Item = workshop.Read, s.question()
	case step == 1:
		r.Kind = workshop.Started
	case step == 3 && s.failures > 1:
		r.Kind, r.Hint = workshop.Hint, 1
	case s.failures > 0:
		s.failures--
		if s.rand.IntN(3) == 0 {
			s.reason = reasons[s.rand.IntN(len(reasons))]
		}
		s.check(&r, "fail", s.reason)
	case s.failures == 0:
		s.failures--
		s.check(&r, "pass", "ok")
	default:
		r.Kind, r.Item, r.Right = workshop.Answered, s.question(), s.rand.IntN(4) > 0
		if r.Right {
			r.Score = 1
		}
		s.kata++
		s.begin()
	}
	return r
}

func (s *script) question() string { return s.questions[s.rand.IntN(len(s.questions))] }

func (s *script) check(r *workshop.Result, verdict, reason string) {
	r.Kind, r.Verdict, r.Reason = workshop.Checked, verdict, reason
	r.ElapsedMS = 900 + s.rand.Int64N(2500)
	if reason == "build" {
		return
	}
	r.CPUs, r.Attainable, r.Speedup = 8, 1.9+0.05*s.rand.Float64(), 1
	r.Curve = map[string]float64{"2": 1, "4": 1, "8": 1, "16": 1, "32": 1, "64": 1}
	if verdict == "pass" {
		r.Speedup = s.skill
		for i, cpus := range []string{"2", "4", "8", "16", "32", "64"} {
			p := float64(int(2) << i)
			r.Curve[cpus] = p / (1 + (2-s.skill)/2*(p-1)) // as Amdahl has it
		}
	}
	r.Report = s.report(r)
}

// report looks as check --json does, and is as long.
func (s *script) report(r *workshop.Result) json.RawMessage {
	type sample struct {
		Role  string  `json:"role"`
		Procs int     `json:"gomaxprocs"`
		Wall  []int64 `json:"wall_ns"`
		CPU   []int64 `json:"cpu_ns"`
		Wait  []int64 `json:"wait_ns"`
	}
	samples := []sample{{Role: "learner", Procs: 1}, {Role: "learner", Procs: 2}, {Role: "reference", Procs: 1}, {Role: "reference", Procs: 2}}
	const rounds = (reportSize - 400) / (4 * 3 * 9) // nine characters a figure
	for i := range samples {
		for range rounds {
			ns := 20_000_000 + s.rand.Int64N(60_000_000)
			samples[i].Wall = append(samples[i].Wall, ns)
			samples[i].CPU = append(samples[i].CPU, ns+10_000_000)
			samples[i].Wait = append(samples[i].Wait, ns-10_000_000)
		}
	}
	text, _ := json.Marshal(map[string]any{ // numbers and words: it cannot fail
		"schema": 1, "kata": r.Item, "verdict": r.Verdict, "reason": r.Reason, "speedup": r.Speedup, "attainable": r.Attainable,
		"explanation": "This check was simulated by gokata workshop rehearse; nobody has written this code.",
		"samples":     samples, "elapsed_ms": r.ElapsedMS, "predicted": r.Curve,
	})
	return text
}

// due is when the result number k of a learner is sent, after the begin: once in
// every period, at any time of it, as people do.
func due(k, learner int, run uint64, every time.Duration) time.Duration {
	u := rand.New(rand.NewPCG(run^uint64(learner)<<32, uint64(k))).Float64()
	return time.Duration((float64(k) + u) * float64(every))
}
