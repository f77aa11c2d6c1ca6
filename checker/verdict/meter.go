package verdict

import (
	"fmt"
	"math"
	"time"

	"gokata/checker/evidence"
)

// A reading agrees with ours within a tenth, or within the few milliseconds
// that a delay between the two readings of a clock may take.
const (
	closeShare = 0.10
	closeTime  = 3 * time.Millisecond
)

// A reading is plainly wrong when no delay explains it: more wall time than
// passed around the call, less than half of it, or CPU time a quarter off.
const (
	leastShare = 0.5
	plainShare = 0.25
)

func plainlyWrong(r evidence.MeterReport) (wall, cpu bool) {
	slack := float64(closeTime)
	said, ours := float64(r.SaidWall), float64(r.Wall)
	wall = said > ours*(1+closeShare)+slack || said < ours*leastShare
	cpu = math.Abs(float64(r.SaidCPU-r.CPU)) > plainShare*float64(r.CPU)+slack
	return wall, cpu
}

// agrees says whether a reading is ours, up to what reading later may add.
func agrees(said, ours int64) bool {
	slack := max(closeShare*float64(ours), float64(closeTime))
	return math.Abs(float64(said-ours)) <= slack
}

// scenario is all reports of one workload at one GOMAXPROCS.
type scenario struct {
	name                 string
	procs                int
	n, wallOK, cpuOK, ok int
	wallBad, cpuBad      int                  // plainly wrong
	worst                evidence.MeterReport // the last that disagreed
}

func scenarios(reports []evidence.MeterReport) []scenario {
	var all []scenario
next:
	for _, r := range reports {
		for i := range all {
			if all[i].name == r.Workload && all[i].procs == r.Procs {
				all[i].take(r)
				continue next
			}
		}
		s := scenario{name: r.Workload, procs: r.Procs}
		s.take(r)
		all = append(all, s)
	}
	return all
}

func (s *scenario) take(r evidence.MeterReport) {
	s.n++
	wall, cpu := agrees(r.SaidWall, r.Wall), agrees(r.SaidCPU, r.CPU)
	if wall {
		s.wallOK++
	}
	if cpu {
		s.cpuOK++
	}
	if wall && cpu {
		s.ok++
	} else {
		s.worst = r
	}
	if bad, _ := plainlyWrong(r); bad {
		s.wallBad++
	}
	if _, bad := plainlyWrong(r); bad {
		s.cpuBad++
	}
}

// meter judges a solution that measures: its readings against ours around the
// same call. Both see the same noise, so that only the few milliseconds
// between two readings can part them, and not in every run.
func meter(e evidence.Evidence) Verdict {
	if e.Machine.P < 2 {
		return tooFew(e)
	}
	v := Verdict{Witnesses: silent()}
	wall, cpu := &v.Witnesses[0], &v.Witnesses[1]
	all := scenarios(e.Reports)
	decided := len(all) > 0
	wall.Says, cpu.Says = Speaks, Speaks
	for _, s := range all {
		say := func(w *Witness, ok, bad int) {
			switch {
			case ok >= enough:
			case bad == s.n && s.n >= enough:
				w.Says = Denies
			case w.Says == Speaks:
				w.Says = Unavailable
			}
		}
		say(wall, s.wallOK, s.wallBad)
		say(cpu, s.cpuOK, s.cpuBad)
		switch {
		case s.ok >= enough:
		case s.n >= enough && (s.wallBad == s.n || s.cpuBad == s.n):
			return v.misread(s)
		default:
			decided = false
		}
	}
	if decided {
		v.Outcome, v.Reason = Pass, OK
		v.Explanation = fmt.Sprintf("In %d calls your readings are ours, within %.0f %% or %v: sleeping, computing, and computing on two CPUs at once.", len(e.Reports), 100*closeShare, closeTime)
		return v
	}
	v.Outcome, v.Reason = Inconclusive, NoisyMachine
	v.More = !e.Spent
	v.Explanation = fmt.Sprintf("Your readings agree with ours in some calls and not in others, after %d calls: something else is using this machine between two readings of a clock.", len(e.Reports))
	v.Try = "Close what runs beside, and check again. Your attempt is kept."
	return v
}

// misread explains readings that never agree.
func (v Verdict) misread(s scenario) Verdict {
	r := s.worst
	what, said, ours := "wall", r.SaidWall, r.Wall
	if s.cpuBad == s.n {
		what, said, ours = "CPU", r.SaidCPU, r.CPU
	}
	return v.fail(WrongAnswer, fmt.Sprintf("Around %q at GOMAXPROCS=%d your %s time is %v where our clock reads %v (limit: %.0f %% or %v apart), in each of %d calls.",
		s.name, s.procs, what, ms(float64(said)), ms(float64(ours)), 100*closeShare, closeTime, s.n),
		"Ask which clock you read: the one on the wall, that of one thread, or that of the whole process.")
}
