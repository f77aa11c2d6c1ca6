package rehearse

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gokata/cmd/internal/workshop"
)

// A rehearsal against a host that is well: everything arrives, the poll is exact,
// dashboards show all, and nobody is left behind.
func TestARehearsalOfAHostThatIsWell(t *testing.T) {
	p := startHost(t)
	plan := p.plan(20, 50, 2*time.Second)
	plan.Dashboards = 2
	r := New(plan)
	o, err := r.Run(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if o.Lost+o.Doubled+o.Strangers+o.Refused+o.Unsent+o.Unshown+o.Unverified+o.Undeleted != 0 || o.Joined != 20 {
		t.Error(told(&plan, o))
	}
	if o.Acknowledged != o.Acks.Count() || o.Acknowledged < 80 || o.Shown.Count() != 2*o.Acknowledged {
		t.Errorf("%d acknowledged, %d timed, %d shown on two dashboards", o.Acknowledged, o.Acks.Count(), o.Shown.Count())
	}
	if o.Poll == nil || !o.Poll.Exact || o.Poll.Votes.Count() != 20 {
		t.Errorf("poll %+v", o.Poll)
	}
	if o.Host == nil || o.Host.RSS == 0 {
		t.Errorf("host %+v", o.Host)
	}
	x, err := r.learnersLeft(context.Background())
	if err != nil || x != 0 {
		t.Errorf("%d learners are left, %v", x, err)
	}
	var b bytes.Buffer
	if err := WriteJSON(&b, &plan, o, Judge(o, DefaultLimits)); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b.Bytes(), &got); err != nil || got["acknowledged"] != float64(o.Acknowledged) || strings.Count(b.String(), "\n") != 1 {
		t.Errorf("%s: %v", b.String(), err)
	}
}

func (r *Rehearsal) learnersLeft(ctx context.Context) (int, error) {
	var x struct{ Learners int }
	err := r.instructor(ctx, "/instructor/health", nil, &x)
	return x.Learners, err
}

// Who stops a rehearsal leaves no learners behind either.
func TestARehearsalThatIsStoppedCleansUp(t *testing.T) {
	p := startHost(t)
	r := New(p.plan(10, 50, time.Minute))
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		for r.Progress().Acknowledged == 0 {
			time.Sleep(5 * time.Millisecond)
		}
		cancel()
	}()
	o, err := r.Run(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if !o.Stopped || o.Lost+o.Doubled+o.Undeleted+o.Unverified != 0 {
		t.Error(told(&r.plan, o))
	}
	if v := Judge(o, DefaultLimits); v.Verdict != Inconclusive {
		t.Errorf("stopped, and the verdict is %+v", v)
	}
	if x, err := r.learnersLeft(context.Background()); err != nil || x != 0 {
		t.Errorf("%d learners are left, %v", x, err)
	}
}

// What would fail for all is said at once.
func TestAWrongCodeOrTokenIsSaidAtOnce(t *testing.T) {
	p := startHost(t)
	wrong := p.plan(1000, 50, time.Minute)
	wrong.Address.Code = "AAAA-AAAA"
	if _, err := New(wrong).Run(context.Background()); err == nil || !strings.Contains(err.Error(), "code") {
		t.Errorf("wrong code: %v", err)
	}
	wrong = p.plan(1000, 50, time.Minute)
	wrong.Instructor = "nobody"
	if _, err := New(wrong).Run(context.Background()); err == nil || !strings.Contains(err.Error(), "instructor") {
		t.Errorf("wrong token: %v", err)
	}
}

// Every result that a simulated learner sends is one that a host takes, and their
// reports are about as long as real ones.
func TestTheClassIsPlausible(t *testing.T) {
	plan := Plan{Katas: []string{"merge-sort", "parallel-sum"}, Questions: []string{"two-words"}}
	kinds := map[workshop.Kind]int{}
	ids := map[string]bool{}
	passed, reports, size := 0, 0, 0
	for learner := range 20 {
		s := newScript(&plan, 7, learner)
		for range 100 {
			r := s.next()
			if err := r.Verify(); err != nil {
				t.Fatalf("%+v: %v", r, err)
			}
			kinds[r.Kind]++
			ids[r.ID] = true
			if r.Verdict == "pass" {
				passed++
			}
			if len(r.Report) > 0 {
				reports++
				size += len(r.Report)
			}
		}
	}
	if len(ids) != 2000 {
		t.Errorf("%d ids of 2000 results", len(ids))
	}
	for _, kind := range []workshop.Kind{workshop.Read, workshop.Started, workshop.Checked, workshop.Hint, workshop.Answered} {
		if kinds[kind] < 100 {
			t.Errorf("%d of 2000 are %s", kinds[kind], kind)
		}
	}
	if passed < 200 || passed > kinds[workshop.Checked]*2/3 {
		t.Errorf("%d of %d checks have passed", passed, kinds[workshop.Checked])
	}
	if mean := size / reports; mean < reportSize*3/4 || mean > reportSize*5/4 {
		t.Errorf("reports have %d bytes", mean)
	}
}

// Results are due at the rate that was asked for, each in its period.
func TestResultsAreDueAtTheRate(t *testing.T) {
	plan := Plan{Learners: 50, Rate: 100}
	for learner := range plan.Learners {
		for k := range 20 {
			at := due(k, learner, 7, plan.every())
			if lo := time.Duration(k) * plan.every(); at < lo || at >= lo+plan.every() {
				t.Fatalf("result %d is due at %v, not in its period of %v", k, at, plan.every())
			}
		}
	}
}

func TestLatencies(t *testing.T) {
	var l Latency
	if l.Quantile(0.5) != 0 || l.Max() != 0 {
		t.Error("there is a latency of nothing")
	}
	for i := range 1000 {
		l.Add(time.Duration(i+1) * time.Millisecond)
	}
	l.Add(-time.Second)
	for _, c := range []struct {
		q    float64
		want time.Duration
	}{{0, 0}, {0.5, 500 * time.Millisecond}, {0.99, 990 * time.Millisecond}, {1, time.Second}} {
		if got := l.Quantile(c.q); float64(got) < 0.99*float64(c.want) || float64(got) > 1.03*float64(c.want)+float64(latencyLeast) {
			t.Errorf("%g of 1 to 1000 ms: %v, not %v", c.q, got, c.want)
		}
	}
	if l.Max() != time.Second || l.Count() != 1001 {
		t.Errorf("%v of %d", l.Max(), l.Count())
	}
	ranges := l.Ranges(10*time.Millisecond, 100*time.Millisecond)
	sum := 0
	for _, r := range ranges {
		sum += r.Count
	}
	if len(ranges) != 3 || sum != 1001 || ranges[0].Count < 9 || ranges[0].Count > 12 || ranges[2].UpTo != 0 {
		t.Errorf("%v", ranges)
	}
}

// The time to a dashboard is that of the first event which has the result.
func TestTheWayToTheDashboard(t *testing.T) {
	var l Latency
	results := []delivered{{seq: 5, due: time.Second}, {seq: 9, due: time.Second}, {seq: 20, due: time.Second}}
	sights := []sight{{4, 900 * time.Millisecond}, {7, 1100 * time.Millisecond}, {9, 1300 * time.Millisecond}}
	missing := shown(&l, results, sights)
	if missing != 1 || l.Count() != 2 || l.Max() != 300*time.Millisecond {
		t.Errorf("%d missing, %d came, %v at most", missing, l.Count(), l.Max())
	}
}

func TestLossesAndDoublesAreFound(t *testing.T) {
	of := func(checks, answered, read int) counts {
		return counts{map[string]int{"merge-sort": checks}, answered, read}
	}
	for _, c := range []struct {
		name                     string
		acknowledged, open, host counts
		lost, doubled            int
	}{
		{"all is there", of(3, 2, 1), of(0, 0, 0), of(3, 2, 1), 0, 0},
		{"one check is lost", of(3, 2, 1), of(0, 0, 0), of(2, 2, 1), 1, 0},
		{"all is lost", of(3, 2, 1), of(0, 0, 0), counts{}, 6, 0},
		{"an answer is doubled", of(3, 2, 1), of(0, 0, 0), of(3, 3, 1), 0, 1},
		{"one came that nobody heard of", of(3, 2, 1), of(1, 0, 0), of(4, 2, 1), 0, 0},
		{"it came twice", of(3, 2, 1), of(1, 0, 0), of(5, 2, 1), 0, 1},
	} {
		if lost, doubled := compare(c.acknowledged, c.open, c.host); lost != c.lost || doubled != c.doubled {
			t.Errorf("%s: %d lost, %d doubled", c.name, lost, doubled)
		}
	}
}

func TestVerdicts(t *testing.T) {
	outcome := func(change func(*Outcome)) *Outcome {
		o := &Outcome{Learners: 10, Joined: 10, Requests: 1000, Errors: map[string]int{}}
		for range 100 {
			o.Acks.Add(5 * time.Millisecond)
			o.Lag.Add(time.Millisecond)
		}
		change(o)
		return o
	}
	slow := func(l *Latency) {
		for range 100 {
			l.Add(time.Minute)
		}
	}
	for _, c := range []struct {
		name   string
		change func(*Outcome)
		want   string
		why    string // part of it
	}{
		{"well", func(*Outcome) {}, Ready, ""},
		{"a few errors that were mended", func(o *Outcome) { o.Errors["cut"] = 5 }, Ready, ""},
		{"a loss", func(o *Outcome) { o.Lost = 1 }, NotReady, "1 acknowledged results are lost"},
		{"a double", func(o *Outcome) { o.Doubled = 1 }, NotReady, "1 are counted twice"},
		{"a stranger", func(o *Outcome) { o.Strangers = 1 }, NotReady, "somebody else"},
		{"a tally that is wrong", func(o *Outcome) { o.Poll = &Poll{Votes: &Latency{}} }, NotReady, "poll"},
		{"a result that was refused", func(o *Outcome) { o.Refused = 1 }, NotReady, "refused"},
		{"one that was never taken", func(o *Outcome) { o.Unsent = 1 }, NotReady, "delivered"},
		{"one who could not join", func(o *Outcome) { o.Joined = 9 }, NotReady, "1 of 10 learners could not join"},
		{"one who could not ask", func(o *Outcome) { o.Unverified = 1 }, NotReady, "could not ask"},
		{"many errors", func(o *Outcome) { o.Errors["cut"] = 50 }, NotReady, "5.0 %"},
		{"slow answers", func(o *Outcome) { slow(&o.Acks) }, NotReady, "an acknowledgement took 1m0s"},
		{"slow dashboards", func(o *Outcome) { slow(&o.Shown) }, NotReady, "dashboard"},
		{"slow because this machine is", func(o *Outcome) { slow(&o.Acks); slow(&o.Lag) }, Inconclusive, "this machine"},
		{"a loss, whatever this machine is", func(o *Outcome) { o.Lost = 1; slow(&o.Acks); slow(&o.Lag) }, NotReady, "lost"},
		{"stopped", func(o *Outcome) { o.Stopped, o.Joined = true, 3 }, Inconclusive, "stopped"},
		{"stopped after a loss", func(o *Outcome) { o.Stopped, o.Lost = true, 1 }, NotReady, "lost"},
	} {
		v := Judge(outcome(c.change), DefaultLimits)
		if v.Verdict != c.want || !strings.Contains(strings.Join(v.Why, "; "), c.why) {
			t.Errorf("%s: %+v", c.name, v)
		}
		if v.Verdict == NotReady && len(v.Advice) == 0 {
			t.Errorf("%s: no advice", c.name)
		}
	}
}

func TestPlansThatAreAbsurdAreRefused(t *testing.T) {
	good := Plan{Learners: 30, Rate: 5, For: time.Minute, Streams: 30, Dashboards: 3, Katas: []string{"x"}, Questions: []string{"y"}}
	if err := good.Verify(); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(*Plan){
		"0 learners":        func(p *Plan) { p.Learners = 0 },
		"5001 learners":     func(p *Plan) { p.Learners = 5001 },
		"0 results":         func(p *Plan) { p.Rate = 0 },
		"2001 results":      func(p *Plan) { p.Rate = 2001 },
		"1s to 1h0m0s":      func(p *Plan) { p.For = time.Millisecond },
		"not 2h0m0s":        func(p *Plan) { p.For = 2 * time.Hour },
		"within":            func(p *Plan) { p.Arrive = -1 },
		"31 of 30":          func(p *Plan) { p.Streams = 31 },
		"33 dashboards":     func(p *Plan) { p.Dashboards = 33 },
		"nothing to report": func(p *Plan) { p.Katas = nil },
	} {
		p := good
		change(&p)
		if err := p.Verify(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	if d := cmp.Diff([]int{97, 67}, []int{(&Plan{Learners: 30, Dashboards: 3}).Connections(), (&Plan{Learners: 30, Dashboards: 3, Shared: true}).Connections()}); d != "" {
		t.Error(d)
	}
}
