package cli

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/member"
	lessonterm "gokata/lessons/term"
)

// leaveWithin is how long leaving may wait for the network.
const leaveWithin = 3 * time.Second

// leaveFlags are those of workshop leave.
type leaveFlags struct{ forget, yes bool }

func (a *app) workshopLeave() *cobra.Command {
	var f leaveFlags
	cmd := &cobra.Command{
		Use:   "leave",
		Short: "Leave the workshop; nothing is reported any more",
		Long: `Sends what is not sent yet, for three seconds at most, and ends your membership.
Your progress stays with you, and what you reported stays with the instructor.
--forget has the host delete all of yours first: results, answers to polls, name.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := a.membership()
			m, err := folder.Member()
			if errors.Is(err, member.ErrNone) {
				a.printf(" You are in no workshop.\n")
				return nil
			}
			if err != nil && f.forget {
				return usage("Ask the instructor to delete what is yours; without --forget it ends here.", "failed to read who you are in the workshop: %w", err)
			}
			return a.leave(cmd.Context(), folder, m, f)
		},
	}
	cmd.Flags().BoolVar(&f.forget, "forget", false, "have the host delete everything of yours first")
	cmd.Flags().BoolVarP(&f.yes, "yes", "y", false, "do not ask")
	return cmd
}

// leave ends a membership; m is nil where it cannot be read.
func (a *app) leave(ctx context.Context, folder member.Folder, m *member.Member, f leaveFlags) error {
	switch {
	case m == nil:
	case f.forget:
		if err := a.forget(ctx, m, f.yes); err != nil {
			return err
		}
	default:
		if err := a.deliver(ctx, folder, m, f.yes); err != nil {
			return err
		}
		a.takeLeave(ctx, m)
	}
	if err := folder.Leave(); err != nil {
		return usage("Make that folder writable, then leave again.", "failed to end the membership: %w", err)
	}
	if m == nil {
		a.printf(" You have left the workshop.\n")
		return nil
	}
	said := "You have left the workshop. Nothing is reported any more."
	if f.forget {
		said = "You have left the workshop, and it has deleted what was yours."
	}
	a.printf("%s\n", indent(said, a.out.Width))
	return nil
}

// takeLeave tells the host, if it can be reached, so that nobody there takes the
// learner for one who is stuck.
func (a *app) takeLeave(ctx context.Context, m *member.Member) {
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(ctx, leaveWithin)
	defer cancel()
	_ = c.Leave(ctx, false) // or the host finds out by and by
}

// forget has the host delete everything of the learner.
func (a *app) forget(ctx context.Context, m *member.Member, yes bool) error {
	question := "Delete everything of " + lessonterm.Clean(m.Name) + " in the workshop at " + m.URL + "?"
	if err := a.confirm(yes, question, "deleting what you reported"); err != nil {
		return err
	}
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(ctx, leaveWithin)
	defer cancel()
	if err := c.Leave(ctx, true); err != nil && !client.Gone(err) {
		return usage("You are still in it. Try again when there is a network, or leave without --forget.",
			"nothing was deleted: %w", memberError(err, "leave", m.Address()))
	}
	return nil
}

// deliver sends what waits, and asks what to do about what cannot be sent.
func (a *app) deliver(ctx context.Context, folder member.Folder, m *member.Member, yes bool) error {
	if folder.Waiting() == 0 {
		return nil
	}
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	soon, cancel := context.WithTimeout(ctx, leaveWithin)
	defer cancel()
	_ = folder.Deliver(soon, m, c) // what is left says it
	if ctx.Err() != nil {
		return ctx.Err()
	}
	left := folder.Waiting()
	if left == 0 {
		return nil
	}
	question := counted(left, "result") + " could not be sent, and would not be any more. Leave all the same?"
	return a.confirm(yes, question, "leaving with "+counted(left, "result")+" that could not be sent")
}
