package verdict

import (
	"encoding/json"
	"math"
	"testing"

	"gokata/checker/evidence"
)

// control is one calibration: medians of its twelve rounds.
type control struct {
	s, u, w, noise, waiting float64
}

func (c control) calibration(p int) *evidence.Calibration {
	steal := 0.0
	return &evidence.Calibration{
		P: p, Rounds: 12, Speedup: &evidence.Estimate{Median: c.s},
		Busy: &c.u, Inflation: &c.w, Noise: &c.noise, Waiting: &c.waiting, Steal: &steal,
	}
}

func two() evidence.Machine {
	return evidence.Machine{OS: "linux", Go: "go1.26.0", CPUs: 2, P: 2, CPUClock: "recorded", WaitClock: true, RaceDetector: true}
}

// Recorded on a virtual machine with two CPUs, calibrations of letter-frequency
// and parallel-sum by turns, beside no, one and three processes that compute
// (gokata course busy). The host put both CPUs on one core now and then.
var calibrations = map[Limit][]control{
	Quiet: {
		{1.85, 1.92, 1.01, 0.045, 0.093}, {1.85, 1.94, 1.01, 0.063, 0.111}, {1.82, 1.93, 1.02, 0.139, 0.094},
		{1.81, 1.94, 1.02, 0.049, 0.103}, {1.87, 1.94, 1.01, 0.058, 0.121}, {1.85, 1.94, 1.02, 0.068, 0.112},
		{1.86, 1.94, 1.01, 0.029, 0.157}, {1.91, 1.96, 1.01, 0.018, 0.083}, {1.88, 1.95, 1.01, 0.010, 0.121},
		{1.85, 1.92, 1.02, 0.215, 0.111}, {1.72, 1.89, 1.08, 0.168, 0.102}, {1.83, 1.93, 1.01, 0.047, 0.109},
	},
	Slack: {
		// One loop.
		{1.07, 1.05, 1.01, 0.159, 0.515}, {1.09, 1.05, 1.01, 0.235, 0.542}, {1.08, 1.10, 1.02, 0.170, 0.499},
		{1.04, 1.00, 1.01, 0.061, 0.529}, {1.10, 1.15, 1.03, 0.253, 0.499}, {1.10, 1.09, 1.01, 0.192, 0.509},
		{1.17, 1.15, 1.01, 0.303, 0.511}, {1.35, 0.97, 1.02, 0.317, 0.545}, {1.11, 0.99, 1.02, 0.031, 0.552},
		{1.01, 1.00, 1.01, 0.064, 0.522}, {1.20, 1.20, 1.01, 0.417, 0.460}, {1.15, 1.18, 1.01, 0.329, 0.485},
		// Three loops: U(1) falls too, so that S alone would look better than with one.
		{1.56, 0.68, 1.00, 0.101, 0.670}, {1.56, 0.62, 1.00, 0.220, 0.686}, {1.58, 0.69, 1.00, 0.227, 0.663},
		{1.39, 0.65, 1.00, 0.212, 0.690}, {1.53, 0.68, 1.01, 0.178, 0.667}, {1.42, 0.65, 1.00, 0.212, 0.687},
		{1.68, 0.68, 1.00, 0.242, 0.679}, {1.64, 0.67, 1.01, 0.201, 0.683}, {1.71, 0.72, 1.01, 0.114, 0.659},
	},
	SharedCore: {
		{1.35, 1.95, 1.40, 0.032, 0.068}, {1.28, 1.91, 1.44, 0.028, 0.091},
		{1.20, 1.98, 1.60, 0.05, 0.08}, // MEASURING.md, an earlier day
	},
}

func TestSMTIsToldApartFromSlack(t *testing.T) {
	for want, rows := range calibrations {
		for _, row := range rows {
			c := row.calibration(2)
			if got := LimitOf(two(), c); got != want {
				t.Errorf("%+v: %s, want %s", row, got, want)
			}
			s := Stand(two(), c)
			easy := want == Quiet
			if (s.Parallelism == Sure) != easy || s.Answers != Sure || s.Races != Sure || s.Why == "" || easy != (len(s.Cures) == 0) {
				t.Errorf("%+v: %+v", row, s)
			}
		}
	}
}

func TestMoreOfANeighbourOrOfASharedCoreKeepsTheName(t *testing.T) {
	for p := 2; p <= 4; p++ {
		m := two()
		m.P = p
		for u := 0.05; u < float64(p)/tolerated; u += 0.05 {
			row := control{u: u, w: 1.03}
			if got := LimitOf(m, row.calibration(p)); got != Slack {
				t.Errorf("%.2f of %d CPUs: %s", u, p, got)
			}
		}
		for w := tolerated; w < 4; w += 0.05 {
			row := control{u: 0.97 * float64(p), w: w}
			if got := LimitOf(m, row.calibration(p)); got != SharedCore {
				t.Errorf("P=%d, W=%.2f: %s", p, w, got)
			}
		}
	}
}

func TestWhatAMachineCanJudge(t *testing.T) {
	quiet := calibrations[Quiet][0]
	one, quota := two(), two()
	one.CPUs, one.P, one.Online = 1, 1, 2
	half := 1.5
	quota.P, quota.Quota = 1, &half
	noGo, noCC, noClock, noWait := two(), two(), two(), two()
	noGo.Go, noCC.RaceDetector, noClock.CPUClock, noWait.WaitClock = "", false, "", false
	siblings := two()
	siblings.Cores = 1
	throttled := &evidence.Calibration{P: 2, Throttled: 20, Rounds: 4}
	stolen := calibrations[Slack][0].calibration(2)
	steal := 0.3
	stolen.Steal = &steal
	noisy := control{1.5, 1.92, 1.12, 0.355, 0.087}
	for _, w := range []struct {
		name                        string
		m                           evidence.Machine
		c                           *evidence.Calibration
		answers, races, parallelism Trust
		limit                       Limit
		command                     string // of the first cure
	}{
		{"all is well", two(), quiet.calibration(2), Sure, Sure, Sure, Quiet, ""},
		{"not calibrated", two(), nil, Sure, Sure, Sure, Unknown, ""},
		{"one CPU allowed of two", one, nil, Sure, Sure, No, OneCPU, "taskset -c 0-1 gokata check"},
		{"a quota of 1.5", quota, nil, Sure, Sure, No, OneCPU, "docker update --cpus=3 CONTAINER"},
		{"throttled", two(), throttled, Sure, Sure, No, Quota, "docker update --cpus=3 CONTAINER"},
		{"no go", noGo, nil, No, No, No, Unknown, ""},
		{"no C compiler", noCC, quiet.calibration(2), Sure, No, Sure, Quiet, ""},
		{"no CPU clock", noClock, nil, Sure, Sure, No, Unknown, ""},
		{"no wait clock", noWait, quiet.calibration(2), Sure, Sure, Hard, Quiet, ""},
		{"two threads of one core", siblings, calibrations[SharedCore][0].calibration(2), Sure, Sure, Hard, SharedCore, "lscpu --extended=CPU,CORE"},
		{"a host that steals", two(), stolen, Sure, Sure, Hard, Slack, ""},
		{"a busy neighbour", two(), calibrations[Slack][0].calibration(2), Sure, Sure, Hard, Slack, "top"},
		{"comes and goes", two(), noisy.calibration(2), Sure, Sure, Hard, Quiet, "top"},
	} {
		s := Stand(w.m, w.c)
		command := ""
		if len(s.Cures) > 0 {
			command = s.Cures[0].Command
		}
		if s.Answers != w.answers || s.Races != w.races || s.Parallelism != w.parallelism || s.Limit != w.limit || command != w.command {
			t.Errorf("%s: %+v", w.name, s)
		}
	}
}

// Rounds with known quotients give them back, and throttled ones do not count.
func TestACalibrationIsTheMediansOfItsRounds(t *testing.T) {
	delay := int64(2_000_000)
	var rounds []evidence.Round
	for i := range 12 {
		jitter := 1 + 0.001*float64(i-6)
		one := evidence.Sample{Wall: int64(20e6 * jitter), CPU: 20_000_000, Wait: &delay}
		all := evidence.Sample{Wall: int64(11e6 * jitter), CPU: 22_000_000, Wait: &delay}
		r := evidence.Round{You: map[int]evidence.Sample{1: one, 2: all}, Ref: map[int]evidence.Sample{1: one, 2: all}}
		rounds = append(rounds, r)
		r.Discarded = "throttled"
		rounds = append(rounds, r)
	}
	c := Calibrated(2, rounds)
	near := func(what string, got *float64, want float64) {
		if got == nil || math.Abs(*got-want) > 0.01*want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	if c.Rounds != 12 || c.Throttled != 12 || c.P != 2 {
		t.Errorf("%+v", c)
	}
	near("speed-up", &c.Speedup.Median, 20./11)
	near("its low end", c.Speedup.Low, 20./11)
	near("its high end", c.Speedup.High, 20./11)
	near("busy", c.Busy, 2)
	near("inflation", c.Inflation, 1.1)
	near("waiting", c.Waiting, 2./24)
	if c.Noise == nil || *c.Noise <= 0 || *c.Noise > 0.01 {
		t.Errorf("noise %v", c.Noise)
	}
}

func TestFewRoundsGiveNoIntervalAndNoneNoFigures(t *testing.T) {
	s := evidence.Sample{Wall: 1e6, CPU: 1e6}
	both := map[int]evidence.Sample{1: s, 2: s}
	few := Calibrated(2, []evidence.Round{{You: both, Ref: both}})
	if few.Rounds != 1 || few.Speedup == nil || few.Speedup.Low != nil || few.Waiting != nil {
		t.Errorf("%+v", few)
	}
	none := Calibrated(2, []evidence.Round{{You: both, Ref: both, Discarded: "throttled"}, {You: both}})
	if none.Rounds != 0 || none.Throttled != 1 || none.Speedup != nil || none.Busy != nil {
		t.Errorf("%+v", none)
	}
	for _, c := range []evidence.Calibration{few, none} {
		if _, err := json.Marshal(c); err != nil {
			t.Error(err)
		}
	}
}
