package cli

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"gokata/checker/evidence"
	"gokata/cmd/internal/workspace"
	"gokata/katas"
)

func (a *app) doctor() *cobra.Command {
	var warm bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "What this machine can measure, and why not",
		Long: `Says what a check can and cannot judge on this machine, and what to change.
--warm compiles what a first check needs of the standard library, once. The exit
code is 2 where there is no usable go command.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			m, noCompiler, err := a.env.Checker.Machine(cmd.Context())
			if cmd.Context().Err() != nil {
				return cmd.Context().Err()
			}
			dir, exists := workspace.Find(a.workspaceFlag, a.env.Getenv("GOKATA_WORKSPACE"), a.env.Dir, a.env.Home)
			a.printf("%s", a.diagnosis(m, noCompiler, err, dir, exists))
			if err != nil {
				return errQuiet(ExitUsage) // the cure stands in the line of the go command
			}
			if !warm {
				return nil
			}
			if err := a.warm(cmd.Context()); err != nil {
				return err
			}
			a.printf("\n %s The standard library is compiled; a first check starts at once.\n", a.out.Good("✓"))
			return nil
		},
	}
	cmd.Flags().BoolVar(&warm, "warm", false, "compile what a first check needs")
	return cmd
}

// diagnosis is a table: what, how it stands, what that means.
func (a *app) diagnosis(m evidence.Machine, noCompiler string, toolErr error, workspace string, exists bool) string {
	var b strings.Builder
	t := a.out
	row := func(ok bool, name, value, means string) {
		mark := t.Good("✓")
		if !ok {
			mark = t.Bad("✗")
		}
		fmt.Fprintf(&b, " %s %s %s\n", mark, pad(name, 14), value)
		if means != "" {
			for line := range strings.Lines(indent(means, t.Width-17)) {
				fmt.Fprintf(&b, "%s%s", strings.Repeat(" ", 17), line)
			}
			b.WriteByte('\n')
		}
	}
	if toolErr != nil {
		row(false, "go", "missing or too old", toolErr.Error())
	} else {
		row(true, "go", m.Go, "")
	}
	if m.RaceDetector {
		row(true, "C compiler", "there, for the race detector", "")
	} else if toolErr == nil {
		row(false, "C compiler", "none", noCompiler+". Data races are not looked for until then; the report says so.")
	}
	row(true, "system", fmt.Sprintf("%s/%s", runtime.GOOS, runtime.GOARCH), "")
	cpus := counted(m.CPUs, "CPU") + " that this process may use"
	if m.CPUs < runtime.NumCPU() {
		cpus += fmt.Sprintf(" (of %d)", runtime.NumCPU())
	}
	row(m.CPUs >= 2, "CPUs", cpus, where(m.CPUs < 2, "One CPU cannot show parallelism: answers and races are checked, then the verdict is inconclusive."))
	switch {
	case m.Quota == nil:
		row(true, "quota", "none", "")
	default:
		row(*m.Quota >= 2, "quota", fmt.Sprintf("%.4g CPUs", *m.Quota),
			where(*m.Quota < 2, "Less than two CPUs' time cannot show parallelism. Raise the limit of the container (docker run --cpus=2)."))
	}
	row(m.P >= 2, "judged at", fmt.Sprintf("GOMAXPROCS=%d", m.P), "")
	row(true, "CPU clock", or(m.CPUClock, "none"), "")
	row(m.WaitClock, "wait clock", yesno(m.WaitClock), where(!m.WaitClock,
		"How long threads wait for a CPU cannot be read here: expect more rounds, and inconclusive more often when the machine is busy."))
	if m.Load != nil {
		busy := *m.Load > float64(max(1, m.CPUs))/2
		row(!busy, "load", fmt.Sprintf("%.2f", *m.Load), where(busy, "Something else is using this machine. Close what runs before you trust a figure."))
	}
	place := a.tilde(workspace)
	switch {
	case workspace == "":
		row(false, "workspace", "none", "HOME is not set; name a folder with --workspace DIR or $GOKATA_WORKSPACE.")
	case !exists:
		row(true, "workspace", place+" (gokata next makes it)", "")
	default:
		row(true, "workspace", place, "")
	}
	fmt.Fprintf(&b, "\n%s\n", indent(t.Bold(conclusion(m, toolErr)), t.Width))
	return b.String()
}

// conclusion says in a sentence what can be judged.
func conclusion(m evidence.Machine, toolErr error) string {
	switch {
	case toolErr != nil:
		return "Nothing can be checked until there is a go command. Lessons and questions work."
	case m.P < 2:
		return "Answers can be checked, parallelism cannot: it takes two CPUs."
	case !m.RaceDetector:
		return "Answers and parallelism can be judged; data races cannot."
	}
	return "Answers, data races and parallelism can be judged."
}

// where is text where it applies, else nothing.
func where(applies bool, text string) string {
	if applies {
		return text
	}
	return ""
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func yesno(yes bool) string {
	if yes {
		return "there"
	}
	return "not there"
}

// warm checks the build of one kata's reference solution, which needs what all
// of them need.
func (a *app) warm(ctx context.Context) error {
	k, err := a.kata(katas.Slugs()[0])
	if err != nil {
		return err
	}
	reference, err := k.Files(katas.Solution)
	if err != nil {
		return internal(err)
	}
	request, clear, err := a.request(k, reference)
	if err != nil {
		return err
	}
	defer clear()
	if err := a.env.Checker.Warm(ctx, request); ctx.Err() != nil {
		return ctx.Err()
	} else if err != nil {
		return checkError(err)
	}
	return nil
}
