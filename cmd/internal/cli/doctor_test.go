package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gokata/checker"
	"gokata/checker/build"
	"gokata/checker/evidence"
	lessonterm "gokata/lessons/term"
)

// patient is a machine as a doctor finds it.
type patient struct {
	scripted
	machine    evidence.Machine
	noCompiler string
	toolErr    error
	calibrate  func(ctx context.Context) (evidence.Calibration, error) // nil: must not be called
	t          *testing.T
}

func (p patient) Machine(context.Context) (evidence.Machine, string, error) {
	return p.machine, p.noCompiler, p.toolErr
}

func (p patient) Calibrate(ctx context.Context, r checker.Request) (evidence.Calibration, error) {
	if p.calibrate == nil {
		p.t.Error("calibrated, though nothing can be")
		return evidence.Calibration{}, nil
	}
	if len(r.Reference) == 0 || len(r.Hidden) == 0 {
		p.t.Errorf("a request without files: %+v", r.Spec)
	}
	return p.calibrate(ctx)
}

func healthy() evidence.Machine {
	load := 0.1
	return evidence.Machine{OS: "linux", Arch: "amd64", Go: "go1.26.0", CPUs: 2, P: 2, Load: &load,
		CPUClock: "clock_gettime(process)", WaitClock: true, RaceDetector: true, Online: 2, Cores: 2}
}

// reached is a calibration with the given medians.
func reached(s, busy, inflation, noise float64) func(context.Context) (evidence.Calibration, error) {
	lo, hi, waiting, steal := s-0.1, s+0.1, 0.1, 0.0
	return func(context.Context) (evidence.Calibration, error) {
		return evidence.Calibration{Kata: control, P: 2, Rounds: 12, Elapsed: 1400 * time.Millisecond,
			Speedup: &evidence.Estimate{Median: s, Low: &lo, High: &hi}, Busy: &busy, Inflation: &inflation,
			Noise: &noise, Waiting: &waiting, Steal: &steal}, nil
	}
}

func throttled(context.Context) (evidence.Calibration, error) {
	return evidence.Calibration{Kata: control, P: 2, Throttled: 24}, nil
}

// patients are machines with what doctor must say of them.
func patients() map[string]struct {
	patient
	code int
	says []string
} {
	type row = struct {
		patient
		code int
		says []string
	}
	with := func(change func(m *evidence.Machine)) evidence.Machine {
		m := healthy()
		change(&m)
		return m
	}
	half := 1.5
	return map[string]row{
		"healthy": {patient{machine: healthy(), calibrate: reached(1.86, 1.95, 1.01, 0.02)}, ExitDone,
			[]string{"1.86 x of 2", "1.95 of 2", "held back by nothing", "Answers, data races and parallelism can be judged."}},
		"busy": {patient{machine: healthy(), calibrate: reached(1.07, 1.05, 1.01, 0.16)}, ExitDone,
			[]string{"held back by slack", "parallelism not well now", "inconclusive"}},
		"shared core": {patient{machine: healthy(), calibrate: reached(1.28, 1.91, 1.44, 0.03)}, ExitDone,
			[]string{"held back by a shared core (SMT)", "1.44 times the CPU time", "parallelism not well now"}},
		"siblings": {patient{machine: with(func(m *evidence.Machine) { m.Cores = 1 }), calibrate: reached(1.28, 1.91, 1.44, 0.03)}, ExitDone,
			[]string{"1 for 2 CPUs (SMT)", "threads of one core", "lscpu --extended=CPU,CORE"}},
		"noisy": {patient{machine: healthy(), calibrate: reached(1.7, 1.9, 1.05, 0.4)}, ExitDone,
			[]string{"held back by noise", "differ by 40 %"}},
		"throttled": {patient{machine: healthy(), calibrate: throttled}, ExitDone,
			[]string{"held back by quota", "24 of 24 rounds", "parallelism (the CPU quota is too tight) cannot", "docker update --cpus=3 CONTAINER"}},
		"one CPU": {patient{machine: with(func(m *evidence.Machine) { m.CPUs, m.P, m.Cores = 1, 1, 1 })}, ExitDone,
			[]string{"✗ CPUs 1 CPU that this process may use (of 2)", "(which takes two CPUs) cannot", "taskset -c 0-1 gokata check"}},
		"quota": {patient{machine: with(func(m *evidence.Machine) { m.Quota, m.P = &half, 1 })}, ExitDone,
			[]string{"✗ quota 1.5 CPUs", "(which takes two CPUs) cannot", "docker update"}},
		"powersave": {patient{machine: with(func(m *evidence.Machine) { m.Governor = "powersave" }), calibrate: reached(1.86, 1.95, 1.01, 0.02)}, ExitDone,
			[]string{"! governor powersave", "cpupower frequency-set -g performance"}},
		"no compiler": {patient{machine: with(func(m *evidence.Machine) { m.RaceDetector = false }), noCompiler: "install gcc", calibrate: reached(1.86, 1.95, 1.01, 0.02)}, ExitDone,
			[]string{"✗ C compiler none install gcc.", "Answers and parallelism can be judged; data races cannot."}},
		"no go": {patient{machine: with(func(m *evidence.Machine) { m.Go, m.RaceDetector = "", false }), toolErr: fmt.Errorf("%w: install Go", build.ErrNoGo)}, ExitUsage,
			[]string{"✗ go missing or too old", "install Go", "Nothing can be checked until there is a go command"}},
	}
}

// flat is a text without its layout.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }

func TestDoctorSaysWhatAMachineCanDoAtEveryWidth(t *testing.T) {
	for name, p := range patients() {
		p.patient.t = t
		for width := 40; width <= 120; width++ {
			env, out, errs := world(t, p.patient)
			env.Getenv = func(key string) string {
				if key == "COLUMNS" {
					return fmt.Sprint(width)
				}
				return ""
			}
			if code := Run(context.Background(), env, []string{"doctor"}); code != p.code || errs.Len() > 0 {
				t.Fatalf("%s: exit code %d, want %d; %s", name, code, p.code, errs)
			}
			for line := range strings.Lines(out.String()) {
				if n := lessonterm.Width(strings.TrimRight(line, "\n")); n > width {
					t.Errorf("%s, %d columns: %d: %s", name, width, n, line)
				}
			}
			for _, text := range p.says {
				if !strings.Contains(flat(out.String()), text) {
					t.Errorf("%s, %d columns: no %q in\n%s", name, width, text, out)
				}
			}
		}
	}
}

func TestDoctorPrintsOneObject(t *testing.T) {
	for name, p := range patients() {
		p.patient.t = t
		env, out, _ := world(t, p.patient)
		if code := Run(context.Background(), env, []string{"doctor", "--json"}); code != p.code {
			t.Errorf("%s: exit code %d, want %d", name, code, p.code)
		}
		var got findings
		dec := json.NewDecoder(out)
		dec.DisallowUnknownFields()
		if err := dec.Decode(&got); err != nil || dec.More() {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Schema != 1 || got.Machine.CPUs == 0 || got.Standing.Limit == "" || (got.NoGo == "") != (p.toolErr == nil) ||
			(got.Calibration == nil) != (p.calibrate == nil) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAQuickDoctorMeasuresNothing(t *testing.T) {
	env, out, errs := world(t, patient{machine: healthy(), t: t})
	if code := Run(context.Background(), env, []string{"doctor", "--quick"}); code != ExitDone || errs.Len() > 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if strings.Contains(out.String(), "Here and now") || !strings.Contains(out.String(), "Answers, data races and parallelism can be judged.") {
		t.Error(out)
	}
}

func TestACalibrationThatIsCutShortIsShownAsNone(t *testing.T) {
	for _, asJSON := range []bool{false, true} {
		ctx, cancel := context.WithCancel(context.Background())
		env, out, errs := world(t, patient{machine: healthy(), t: t, calibrate: func(context.Context) (evidence.Calibration, error) {
			cancel()
			return evidence.Calibration{}, errors.New("killed: signal")
		}})
		line := []string{"doctor"}
		if asJSON {
			line = append(line, "--json")
		}
		if code := Run(ctx, env, line); code != ExitUsage || errs.String() != "gokata: interrupted; nothing lost\n" {
			t.Errorf("exit code %d: %s", code, errs)
		}
		if strings.Contains(out.String(), "Here and now") || asJSON && out.Len() > 0 {
			t.Error(out)
		}
	}
}
