package soak

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// Fixture is the evidence of a trial with what its verdict must be, so that a
// test can judge it again (checker/verdict/soak_test.go).
type Fixture struct {
	Kata      string            `json:"kata"`
	Variant   string            `json:"variant"`
	Condition string            `json:"condition"`
	Want      []verdict.Reason  `json:"want"` // empty: any fail
	Got       string            `json:"got"`  // outcome and reason, as of then
	Evidence  evidence.Evidence `json:"evidence"`
}

// Most is how many files a folder of evidence may hold, of which the last
// Reserved are for false verdicts: a night of inconclusive ones must not crowd
// them out.
const (
	Most     = 200
	Reserved = 50
)

// ErrFull is in the chain of Keep's error where the folder holds Most files.
var ErrFull = errors.New("the folder for evidence is full")

// Keeper writes the evidence of what was not right to a folder.
type Keeper struct {
	Dir string
	All bool // of what was right as well
}

// Keep writes the evidence of a trial to a file of its own, and names it: the
// empty name where nothing was to be kept.
func (k Keeper) Keep(t Trial, condition string, now time.Time) (file string, err error) {
	if t.Err != nil || t.Kind == Right && !k.All {
		return "", nil
	}
	if err := os.MkdirAll(k.Dir, 0o755); err != nil {
		return "", fmt.Errorf("failed to make the folder for evidence: %w", err)
	}
	there, err := filepath.Glob(filepath.Join(k.Dir, "*.json"))
	if err != nil {
		return "", fmt.Errorf("failed to look into the folder for evidence: %w", err)
	}
	room := Most
	if t.Kind != FalsePass && t.Kind != FalseFail {
		room -= Reserved
	}
	if len(there) >= room {
		return "", fmt.Errorf("%w: %s holds %d files", ErrFull, k.Dir, len(there))
	}
	v := t.Report.Verdict
	b, err := json.Marshal(Fixture{
		Kata: t.Variant.Kata.Spec.Kata, Variant: string(t.Variant.Name), Condition: condition,
		Want: t.Variant.Want, Got: fmt.Sprintf("%s, %s", v.Outcome, v.Reason), Evidence: t.Report.Evidence,
	})
	if err != nil {
		return "", fmt.Errorf("failed to write evidence: %w", err)
	}
	file = filepath.Join(k.Dir, fmt.Sprintf("%s-%s-%s-%s.json", slug(t.Variant.Kata.Spec.Kata), slug(string(t.Variant.Name)),
		slug(condition), now.UTC().Format("20060102T150405.000")))
	if err := os.WriteFile(file, append(b, '\n'), 0o644); err != nil {
		return "", fmt.Errorf("failed to write evidence: %w", err)
	}
	return file, nil
}
