package soak

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/spec"
	"gokata/checker/verdict"
)

// Record is a line of a log: one trial.
type Record struct {
	Time      time.Time       `json:"time"`
	Program   Program         `json:"program"`
	Label     string          `json:"label,omitempty"`
	Machine   Machine         `json:"machine"`
	Condition string          `json:"condition"` // of Condition
	Busy      int             `json:"busy"`      // processes that computed beside it
	AtOnce    int             `json:"at_once"`   // checks that ran at once
	Kata      string          `json:"kata"`
	Measure   spec.Kind       `json:"measure"`
	Variant   string          `json:"variant"`
	Class     string          `json:"class"` // of Variant.Class
	Outcome   verdict.Outcome `json:"outcome"`
	Reason    verdict.Reason  `json:"reason"`
	Kind      Kind            `json:"kind"`
	Rounds    int             `json:"rounds"`
	Elapsed   int64           `json:"elapsed_ms"`
	// Predicted is the speed-up predicted from traces, and the measured one.
	Predicted *verdict.Prediction `json:"predicted,omitempty"`
	Err       string              `json:"error,omitempty"` // of a broken trial
}

// Program says which gokata checked. Commit is empty for a build that does not
// know it; Hash is the beginning of the executable's SHA-256.
type Program struct {
	Commit string `json:"commit,omitempty"`
	Hash   string `json:"hash"`
}

// Machine is the computer that it checked on.
type Machine struct {
	CPUs   int    `json:"cpus"`
	P      int    `json:"p"` // GOMAXPROCS at which parallelism was judged
	Go     string `json:"go"`
	OS     string `json:"os"`
	Arch   string `json:"arch"`
	Kernel string `json:"kernel,omitempty"` // empty: not known
}

// MachineOf shortens what the checker says of the machine, and adds the kernel.
func MachineOf(m evidence.Machine) Machine {
	kernel, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil { // not Linux
		kernel = nil
	}
	return Machine{CPUs: m.CPUs, P: m.P, Go: m.Go, OS: m.OS, Arch: m.Arch, Kernel: strings.TrimSpace(string(kernel))}
}

// ThisProgram describes the running executable.
func ThisProgram() (Program, error) {
	self, err := os.Executable()
	if err != nil {
		return Program{}, fmt.Errorf("failed to find this program: %w", err)
	}
	f, err := os.Open(self)
	if err != nil {
		return Program{}, fmt.Errorf("failed to read this program: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return Program{}, fmt.Errorf("failed to read this program: %w", err)
	}
	return Program{Commit: commit(), Hash: hex.EncodeToString(h.Sum(nil)[:8])}, nil
}

// commit is the revision that this program was built from, with a plus sign
// where the tree held more than that.
func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	revision, more := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			more = "+"
		}
	}
	if revision == "" {
		return ""
	}
	return revision + more
}

// Note makes the record of a trial from what is the same for all of a run.
func (r Record) Note(t Trial, now time.Time) Record {
	r.Time = now.UTC()
	r.Kata, r.Measure = t.Variant.Kata.Spec.Kata, t.Variant.Kata.Spec.Kind
	r.Variant, r.Class = string(t.Variant.Name), t.Variant.Class()
	r.Kind = t.Kind
	if t.Err != nil {
		r.Err = t.Err.Error()
		return r
	}
	r.Outcome, r.Reason = t.Report.Verdict.Outcome, t.Report.Verdict.Reason
	r.Predicted = verdict.Foretold(t.Report.Evidence)
	r.Rounds, r.Elapsed = len(t.Report.Evidence.Rounds), t.Report.Elapsed.Milliseconds()
	return r
}
