package checker

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/verdict"
)

// Calibrating is the stage of Calibrate that follows Building.
const Calibrating = "calibrating"

// Rounds of a calibration: what counts, and what is tried at most where a quota
// spoils some.
const (
	calibrationRounds = 12
	calibrationTries  = 2 * calibrationRounds
)

// Calibrate measures what the reference solution of a kata of kind parallel
// reaches on this machine, here and now, in both roles of a check. The
// solution of the request is not looked at. On a machine where nothing can run
// in parallel no round is measured. Errors are as Check's.
func Calibrate(ctx context.Context, r Request) (evidence.Calibration, error) {
	c, err := begin(ctx, r)
	if err != nil {
		return evidence.Calibration{}, err
	}
	defer c.end()
	p := c.evidence.Machine.P
	if p < 2 {
		return evidence.Calibration{Kata: r.Spec.Kata, P: p}, nil
	}
	if err := c.buildControl(ctx); err != nil {
		return evidence.Calibration{}, err
	}
	start := time.Now()
	before, known := meter.Stolen()
	rounds, err := c.control(ctx, p)
	if err != nil {
		return evidence.Calibration{}, err
	}
	found := verdict.Calibrated(p, rounds)
	found.Kata, found.Elapsed = r.Spec.Kata, time.Since(start)
	if after, ok := meter.Stolen(); ok && known {
		found.Steal = after.Share(before)
	}
	return found, nil
}

// buildControl builds the reference solution and nothing else.
func (c *check) buildControl(ctx context.Context) error {
	note := ""
	if _, err := os.Stat(filepath.Join(c.builder.Cache, "std-"+c.builder.Go.Version)); err != nil {
		note = "compiling the standard library: once, about 20 s"
	}
	c.Progress(Progress{Stage: Building, Note: note})
	ref, err := c.builder.Build(ctx, build.Part{Spec: c.Spec, Solution: c.Reference, Hidden: c.Hidden, Starter: c.Starter}, false, false)
	if err != nil {
		return err
	}
	if len(ref.Compile) > 0 {
		return fmt.Errorf("the reference solution of %s does not compile: %s", c.Spec.Kata, ref.Compile[0].Message)
	}
	c.programs = meter.Programs{You: ref.Plain, Ref: ref.Plain, Env: build.Environment()}
	return nil
}

// control measures rounds in which the reference solution plays both roles.
func (c *check) control(ctx context.Context, p int) (rounds []evidence.Round, err error) {
	session := meter.NewSession(c.programs, c.Spec, []int{1, p}, c.seed)
	defer session.Close()
	for good := 0; good < calibrationRounds && len(rounds) < calibrationTries; {
		c.Progress(Progress{Stage: Calibrating, Step: good, Of: calibrationRounds})
		round, err := session.Round(ctx, 1)
		if err != nil {
			return nil, err
		}
		if w := round.Wrong; w != nil {
			return nil, fmt.Errorf("the reference solution of %s failed (%s): %s", c.Spec.Kata, w.Failed, w.Detail)
		}
		if round.Discarded == "" {
			good++
		}
		rounds = append(rounds, round)
	}
	return rounds, nil
}
