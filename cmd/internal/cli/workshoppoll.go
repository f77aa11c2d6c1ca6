package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/theme"
	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/member"
	lessonterm "gokata/lessons/term"
)

// pollWithin is how long a poll may wait for the network.
const pollWithin = 5 * time.Second

func (a *app) workshopPoll() *cobra.Command {
	var choose string
	cmd := &cobra.Command{
		Use:   "poll",
		Short: "Answer the instructor's poll, or see how it went",
		Long: `Shows the poll that is open and asks for your answer, which you can change until
it closes. Afterwards it shows how everybody answered, when the instructor has
revealed it. --choose answers without being asked: options count from 1.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			folder := a.membership()
			m, err := folder.Member()
			if err != nil {
				return notMember(err)
			}
			return a.poll(cmd.Context(), folder, m, choose)
		},
	}
	cmd.Flags().StringVar(&choose, "choose", "", "answer with option `N`, or with several as in 2,3")
	return cmd
}

// notMember is the error of a command that is for members.
func notMember(err error) error {
	if errors.Is(err, member.ErrNone) {
		return usage("gokata workshop join JOIN joins one; its host shows JOIN.", "%w", err)
	}
	return usage("gokata workshop leave clears it; then join again.", "failed to read who you are in your workshop: %w", err)
}

// poll asks the host for its poll, shows it and takes an answer.
func (a *app) poll(ctx context.Context, folder member.Folder, m *member.Member, choose string) error {
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	asking, cancel := context.WithTimeout(ctx, pollWithin)
	defer cancel()
	told, err := c.Stage(asking)
	switch {
	case err != nil:
		return memberError(err, "reach", m.Address())
	case told.Poll == nil && choose != "":
		return usage("", "there is no poll to answer")
	case told.Poll == nil:
		a.printf(" There is no poll.\n")
		return nil
	case told.Poll.Open(told.Now):
		said, err := a.vote(ctx, folder, m, told, choose)
		if said != "" {
			a.printf("%s\n", indent(a.out.Good(a.out.Sign("✓", "Done:"))+" "+said, a.out.Width))
		}
		return err
	case choose != "":
		return usage("", "the poll takes no more answers")
	}
	return a.printPollResult(told)
}

// vote shows a poll that is open, asks for an answer and sends it. Said is what
// to say then; nothing where nobody could be asked.
func (a *app) vote(ctx context.Context, folder member.Folder, m *member.Member, told workshop.Told, choose string) (said string, err error) {
	p := told.Poll
	if err := a.printPoll(p); err != nil {
		return "", err
	}
	choice, err := a.pollChoice(told, choose)
	if err != nil || choice == nil {
		return "", err
	}
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(ctx, pollWithin)
	defer cancel()
	if err := c.Vote(ctx, p.ID, choice); err != nil {
		var refused *client.Error
		if errors.As(err, &refused) && !refused.Temporary() {
			return "", usage("", "your answer was not counted: %s", lessonterm.Clean(refused.Text))
		}
		return "", usage("Your answer was not counted; give it again.", "%w", memberError(err, "reach", m.Address()))
	}
	shown := folder.Shown(m)
	shown.Voted = p.ID
	_ = folder.Show(shown) // or the poll is announced once more
	return "Your answer is counted, " + optionNumbers(choice) + "; you can change it until the poll closes.", nil
}

// printPoll shows the question of a poll.
func (a *app) printPoll(p *workshop.Poll) error {
	a.printf(" %s\n", a.out.Dim("Poll"))
	for _, line := range lessonterm.Wrap(lessonterm.Inline(p.Text, a.out.Markdown()), a.out.Width-1) {
		a.printf(" %s\n", a.out.Bold(line))
	}
	if p.Page == "" {
		return nil
	}
	a.printf("\n")
	return a.markdown([]byte(p.Page))
}

// pollChoice is the answer to a poll that is open, as options from 0; nil where
// nobody can be asked and none was given.
func (a *app) pollChoice(told workshop.Told, choose string) ([]int, error) {
	p := told.Poll
	if choose != "" {
		choice, err := numbers(words(choose), len(p.Options))
		if err == nil {
			err = p.VerifyChoice(choice)
		}
		if err != nil {
			return nil, usage("", "--choose %s: %w", choose, err)
		}
		return choice, nil
	}
	a.printf("\n")
	t := a.out
	if len(told.Vote) > 0 {
		a.printf(" Your answer so far is %s.\n", optionNumbers(told.Vote))
	}
	if left := p.Until.Sub(told.Now); !p.Until.IsZero() {
		a.printf(" %s\n", t.Dim(seconds(left)+" left"))
	}
	options := make([]string, len(p.Options))
	for i, o := range p.Options {
		options[i] = lessonterm.Inline(o, t.Markdown())
	}
	if !a.interactive {
		for i, o := range p.Options {
			printItem(a.stdout, t, strconv.Itoa(i+1), o)
		}
		form := "--choose N"
		if p.Many {
			form = "--choose N,M"
		}
		a.printf("\n Then   %s\n", t.Command("gokata workshop poll "+form))
		return nil, nil
	}
	if p.Many {
		choice, err := a.prompter().MultiSelect("All that you choose", options)
		return choice, unanswered(err)
	}
	i, err := a.prompter().Select("Your answer", options)
	return []int{i}, unanswered(err)
}

func unanswered(err error) error {
	if err == nil {
		return nil
	}
	return asked(err)
}

// optionNumbers name options as people count them: "option 2", "options 1 and 3".
func optionNumbers(choice []int) string {
	var all []string
	for _, c := range slices.Sorted(slices.Values(choice)) {
		all = append(all, strconv.Itoa(c+1))
	}
	if len(all) < 2 {
		return "option " + strings.Join(all, "")
	}
	return "options " + strings.Join(all[:len(all)-1], ", ") + " and " + all[len(all)-1]
}

// seconds writes a short time.
func seconds(d time.Duration) string {
	if d < 2*time.Minute {
		return fmt.Sprintf("%d s", max(0, int(d/time.Second)))
	}
	return clock(d)
}

// printPollResult shows a poll that takes no more answers, and how it went once
// that is revealed.
func (a *app) printPollResult(told workshop.Told) error {
	t, p := a.out, told.Poll
	if err := a.printPoll(p); err != nil {
		return err
	}
	if !p.Revealed {
		a.printf("\n%s\n", indent("It takes no more answers; the instructor has not revealed them yet.", t.Width))
		return nil
	}
	a.printf("\n %s\n", t.Dim(counted(told.Voters, "answer")))
	cells := min(40, t.Width-len("        1000 (100 %)  yours"))
	for i, o := range p.Options {
		mark := strconv.Itoa(i + 1)
		for _, line := range lessonterm.Wrap(lessonterm.Inline(o, t.Markdown()), t.Width-7) {
			a.printf("  %s %s\n", theme.Pad(mark, 4), line)
			mark = ""
		}
		n := 0
		if i < len(told.Tally) {
			n = told.Tally[i]
		}
		length := 0
		if told.Voters > 0 {
			length = (min(n, told.Voters)*cells + told.Voters - 1) / told.Voters
		}
		line := fmt.Sprintf("%s%d (%d %%)", t.Stripe(length)+strings.Repeat(" ", min(length, 1)), n, theme.Percent(n, told.Voters))
		if slices.Contains(told.Vote, i) {
			line += "  " + t.Bold("yours")
		}
		if slices.Contains(p.Right, i) {
			a.printf("       %s\n", t.Good(t.Sign("✓ ", "")+"right"))
		}
		a.printf("       %s\n", line)
	}
	if len(p.Right) > 0 && len(told.Vote) > 0 {
		mine, right := slices.Sorted(slices.Values(told.Vote)), slices.Sorted(slices.Values(p.Right))
		if slices.Equal(mine, right) {
			a.printf("\n %s\n", t.Good(t.Sign("✓ ", "")+"You were right."))
		}
	}
	return nil
}
