package checker

import (
	"context"
	"fmt"
	"time"

	"gokata/checker/build"
	"gokata/checker/evidence"
	"gokata/checker/meter"
	"gokata/checker/verdict"
)

// Calibrating is the stage of Calibrate that follows Building.
const Calibrating = "calibrating"

// calibrationRounds is how many rounds of a calibration count.
const calibrationRounds = 12

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
	c.announceBuild()
	control, err := c.buildControl(ctx)
	if err != nil {
		return evidence.Calibration{}, err
	}
	c.programs = meter.Programs{You: control, Ref: control, Env: build.Environment()}
	start := time.Now()
	before, known := meter.Stolen()
	if err := c.rounds(ctx, Calibrating, calibrationRounds); err != nil {
		return evidence.Calibration{}, err
	}
	rounds := c.evidence.Rounds
	if w := rounds[len(rounds)-1].Wrong; w != nil {
		return evidence.Calibration{}, fmt.Errorf("the reference solution of %s failed (%s): %s", r.Spec.Kata, w.Failed, w.Detail)
	}
	found := verdict.Calibrated(p, rounds)
	found.Kata, found.Elapsed = r.Spec.Kata, time.Since(start)
	if after, ok := meter.Stolen(); ok && known {
		found.Steal = after.Share(before)
	}
	return found, nil
}
