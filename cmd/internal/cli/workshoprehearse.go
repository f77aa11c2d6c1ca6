package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/rehearse"
)

// rehearsalFlags are those of workshop rehearse besides the plan's own.
type rehearsalFlags struct {
	streams int
	json    bool
}

func (a *app) workshopRehearse() *cobra.Command {
	var p rehearse.Plan
	var f rehearsalFlags
	cmd := &cobra.Command{
		Use:   "rehearse 'URL#CODE'",
		Short: "Try the host and the room's network with a simulated class",
		Long: `Plays a class against a workshop that is hosted, the evening before: so many
learners join, listen, send results and vote, each over a connection of its own,
and then everything that the host has acknowledged is compared with what it has.
It takes what learners type to join. Run it from another machine in the room to
try the network, and on the host's own to try that alone. The simulated learners
are marked as such, and deleted at the end.

With the instructor's token (--token, or $GOKATA_INSTRUCTOR_TOKEN) it also opens
dashboards, makes a poll in the middle, and asks for the host's memory. The poll
takes the place of one that is open: do not rehearse while a class is there.

--json prints one object: schema (1), verdict (ready, not-ready, inconclusive),
why and advice (lists), learners, rate, for_s, elapsed_s, joined, acknowledged,
refused, unsent, unshown, stopped, lost, doubled, strangers, unverified, undeleted,
requests, failures, errors (number by text); join, ack, dashboard, told, lag
(each null, or count, p50_ms, p99_ms, max_ms); poll (null, or exact, voters,
others, tally, asked, votes as ack); host (null, or rss_bytes, goroutines, queue: the
most of each).

Exit code: 0 ready, 1 not ready, 2 wrong input or stopped, 3 inconclusive.`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if !cmd.Flags().Changed("streams") {
				f.streams = min(p.Learners, 500)
			}
			if !cmd.Flags().Changed("arrive") {
				p.Arrive = min(time.Minute, time.Duration(p.Learners)*20*time.Millisecond)
			}
			p.Streams = f.streams
			if p.Instructor == "" {
				p.Instructor = a.env.Getenv("GOKATA_INSTRUCTOR_TOKEN")
			}
			if p.Instructor == "" {
				p.Dashboards = 0
			}
			return a.rehearse(cmd.Context(), p, args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.IntVar(&p.Learners, "learners", 30, "simulate `N` learners, at most 5000")
	flags.Float64Var(&p.Rate, "rate", 5, "send `R` results a second, of all learners together, at most 2000")
	flags.DurationVar(&p.For, "for", time.Minute, "send results for `TIME`, such as 90s or 10m")
	flags.DurationVar(&p.Arrive, "arrive", 0, "everybody joins within `TIME` (else 20ms a learner, 1m at most)")
	flags.IntVar(&f.streams, "streams", 0, "`N` learners listen to the instructor (else all, 500 at most)")
	flags.StringVar(&p.Instructor, "token", "", "the instructor's `TOKEN`, which workshop host has printed")
	flags.IntVar(&p.Dashboards, "dashboards", 3, "with the token, keep `N` dashboards open")
	flags.BoolVar(&p.Shared, "shared", false, "send through a few connections, where this machine cannot open one each")
	flags.BoolVar(&p.Keep, "keep", false, "do not delete the simulated learners at the end")
	flags.BoolVar(&f.json, "json", false, "one JSON object")
	return cmd
}

func (a *app) rehearse(ctx context.Context, p rehearse.Plan, join string, f rehearsalFlags) error {
	var err error
	if p.Address, err = client.ParseAddress(join); err != nil {
		return usage("Type what workshop host shows for learners, in quotes.", "%w", err)
	}
	if err := a.rehearsed(&p); err != nil {
		return err
	}
	if err := p.Verify(); err != nil {
		return usage("gokata workshop rehearse --help lists the flags.", "%w", err)
	}
	if may := rehearse.OpenFiles(); may > 0 && p.Connections() > may {
		return usage(fmt.Sprintf("Type ulimit -n %d before, or say --shared.", p.Connections()),
			"%d learners need %d open files, and this shell allows %d", p.Learners, p.Connections(), may)
	}
	r := rehearse.New(p)
	stop := a.lasting(250*time.Millisecond, func() string { return progressText(r.Progress(), p) })
	o, err := r.Run(ctx)
	stop()
	if err != nil {
		return rehearsalError(ctx, err, p)
	}
	v := rehearse.Judge(o, rehearse.DefaultLimits)
	if f.json {
		err = rehearse.WriteJSON(a.stdout, &p, o, v)
	} else {
		a.printRehearsal(o, v)
	}
	switch {
	case err != nil:
		return err
	case o.Stopped:
		return errQuiet(ExitUsage)
	case v.Verdict == rehearse.NotReady:
		return errQuiet(ExitFailed)
	case v.Verdict == rehearse.Inconclusive:
		return errQuiet(ExitInconclusive)
	}
	return nil
}

// rehearsed gives a plan what results are about.
func (a *app) rehearsed(p *rehearse.Plan) error {
	course, err := a.catalogue()
	if err != nil {
		return err
	}
	for _, ch := range course.Chapters {
		p.Katas = append(p.Katas, ch.Katas...)
	}
	p.Questions = lessonIDs(course)
	return nil
}

// rehearsalError says what to do where nothing could be rehearsed.
func rehearsalError(ctx context.Context, err error, p rehearse.Plan) error {
	var refused *client.Error
	switch {
	case ctx.Err() != nil:
		return context.Canceled
	case errors.Is(err, client.ErrPin):
		return usage("Take the join string from the host's screen.", "failed to rehearse: %w", err)
	case errors.As(err, &refused):
		return usage("Take the join string, and the token, from the host's screen.", "the host refused: %w", err)
	}
	return usage("Is workshop host running, and is this machine in the same network?", "failed to reach %s: %w", p.Address.URL, err)
}

// progressText says how a rehearsal is getting on.
func progressText(s rehearse.Progress, p rehearse.Plan) string {
	switch s.Phase {
	case rehearse.Arriving:
		return fmt.Sprintf("arriving: %d of %d", s.Joined, p.Learners)
	case rehearse.Comparing:
		return "comparing what was acknowledged with what the host has"
	case rehearse.Leaving:
		return "deleting the simulated learners"
	}
	text := fmt.Sprintf("%v left   %d results   99 %% in %s", s.Left.Round(time.Second), s.Acknowledged, milliseconds(s.AckP99))
	if s.Failures > 0 {
		text += "   " + counted(s.Failures, "error")
	}
	return text
}
