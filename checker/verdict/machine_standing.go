package verdict

import (
	"fmt"

	"gokata/checker/evidence"
)

// Trust says whether something can be judged on a machine.
type Trust string

const (
	Sure Trust = "yes"
	Hard Trust = "with trouble" // more rounds, and inconclusive more often; never wrong
	No   Trust = "no"
)

// Standing is what can be judged on a machine as it is now, and what to change.
type Standing struct {
	Answers     Trust  `json:"answers"`
	Races       Trust  `json:"races"`
	Parallelism Trust  `json:"parallelism"`
	Limit       Limit  `json:"limit"` // of the attainable speed-up
	Why         string `json:"why"`   // names the figures
	Cures       []Cure `json:"cures"` // the first helps most
}

// Cure is something to change: a sentence, and a command where there is one.
type Cure struct {
	Do      string `json:"do"`
	Command string `json:"command,omitempty"`
}

// Bounds of what Stand says. Quiet machines read below them, busy ones above:
// see the table of the test.
const (
	stealShows = 0.05 // share of CPU time
	waitShows  = 0.3  // share of the time in which a CPU was wanted
)

// NoiseShows is the noise, interquartile range over median, from which a
// machine that loses little on average is called noisy.
const NoiseShows = 0.25

// Stand judges a machine by what it has and by a calibration, nil if none was
// made.
func Stand(m evidence.Machine, c *evidence.Calibration) Standing {
	s := Standing{Answers: Sure, Races: Sure, Parallelism: Sure, Limit: LimitOf(m, c), Cures: []Cure{}}
	switch s.Limit {
	case OneCPU:
		s.oneCPU(m)
	case Quota:
		s.Why = fmt.Sprintf("A CPU quota stopped the control in %d of %d rounds.", c.Throttled, c.Throttled+c.Rounds)
		s.cure("Raise the quota: it must leave room for more than the program itself.", fmt.Sprintf("docker update --cpus=%d CONTAINER", m.P+1))
	case Slack:
		s.slack(m, c)
	case SharedCore:
		s.sharedCore(m, c)
	case Quiet:
		s.Why = "Nothing holds the control back."
		if c.Noise != nil && *c.Noise > NoiseShows {
			s.Parallelism = Hard
			s.Why = fmt.Sprintf("Nothing holds the control back for long, but its times differ by %.0f %%: something comes and goes.", 100**c.Noise)
			s.cure("Close what runs beside, and plug in the power supply.", monitor(m.OS))
		}
	}
	switch {
	case m.P < 2, m.CPUClock == "", s.Limit == Quota:
		s.Parallelism = No
	case s.Limit == Slack, s.Limit == SharedCore, !m.WaitClock:
		s.Parallelism = Hard
	}
	if !m.RaceDetector {
		s.Races = No
	}
	if m.Go == "" {
		s.Answers, s.Races, s.Parallelism = No, No, No
	}
	return s
}

func (s *Standing) cure(do, command string) { s.Cures = append(s.Cures, Cure{do, command}) }

func (s *Standing) oneCPU(m evidence.Machine) {
	switch {
	case m.Quota != nil && *m.Quota < 2:
		s.Why = fmt.Sprintf("A quota of %.3g CPUs: whenever two run, both are stopped before the period is over.", *m.Quota)
		s.cure("Give the container two CPUs' time and some to spare.", "docker update --cpus=3 CONTAINER")
	case m.OS == "linux" && m.Online > m.CPUs:
		s.Why = fmt.Sprintf("This process may use 1 of the %d CPUs.", m.Online)
		s.cure("Start gokata with more of them.", fmt.Sprintf("taskset -c 0-%d gokata check", min(m.Online, 4)-1))
	default:
		s.Why = "There is one CPU."
		s.cure("Check on a machine with at least two CPUs.", "")
	}
}

func (s *Standing) slack(m evidence.Machine, c *evidence.Calibration) {
	had := fmt.Sprintf("The control had %.2f of %d CPUs", *c.Busy, m.P)
	stolen, waiting := c.Steal != nil && *c.Steal >= stealShows, c.Waiting != nil && *c.Waiting >= waitShows
	switch {
	case stolen:
		s.Why = fmt.Sprintf("%s: the host of this virtual machine gave %.0f %% of its time to others.", had, 100**c.Steal)
		s.cure("Wait, or check on another machine.", "")
	case waiting:
		s.Why = fmt.Sprintf("%s: other programs ran for %.0f %% of the time in which it wanted one.", had, 100**c.Waiting)
	case c.Waiting == nil && c.Steal == nil:
		s.Why = had + ": something else uses this machine."
	default:
		s.Why = had + ", and did not wait for other programs: what takes them is outside of this system, or is saving power."
		s.cure("Plug in the power supply, and wait.", "")
	}
	if waiting || c.Waiting == nil && !stolen {
		s.cure("Close what runs beside; this shows what does.", monitor(m.OS))
	}
}

func (s *Standing) sharedCore(m evidence.Machine, c *evidence.Calibration) {
	s.Why = fmt.Sprintf("The control kept %.2f of %d CPUs busy, and on them the same work took %.2f times the CPU time: ", *c.Busy, m.P, *c.Inflation)
	if m.Cores > 0 && m.Cores < m.P {
		s.Why += fmt.Sprintf("the CPUs that this process may use are threads of %s.", cores(m.Cores))
		s.cure("Start gokata on CPUs of different cores; this shows which are.", "lscpu --extended=CPU,CORE")
		return
	}
	s.Why += "two of them share one core, or its memory."
	s.cure("Wait: the host of a virtual machine moves its CPUs, a laptop cools down.", "")
}

func cores(n int) string {
	if n == 1 {
		return "one core"
	}
	return fmt.Sprintf("%d cores", n)
}

// monitor is the command that shows what uses the CPUs.
func monitor(os string) string {
	if os == "windows" {
		return "taskmgr"
	}
	return "top"
}
