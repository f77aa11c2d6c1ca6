package cli

import (
	"cmp"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	lessonterm "gokata/lessons/term"

	"gokata/cmd/internal/theme"
)

// commands are in the order in which the help shows them.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.attended(a.next()), a.attended(a.start()), a.attended(a.check()), a.watch(), a.trace(),
		a.attended(a.hint()), a.attended(a.solution()), a.reset(), a.restore(),
		a.list(), a.show(), a.lesson(), a.attended(a.quiz()), a.attended(a.review()), a.attended(a.interview()), a.stats(),
		a.export(), a.importCommand(),
		a.measureCommand(), a.workshop(),
		a.doctor(), a.man(), a.course(),
	}
}

// root is the command line as a whole.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:     "gokata",
		Short:   "Concurrency and parallelism in Go, measured",
		Version: version(),
		Args:    cobra.ArbitraryArgs, // an unknown command comes as an argument
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("command", args[0], commandNames(cmd), "gokata --help lists the commands.")
			}
			return cmd.Help()
		},
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(a.env.In)
	root.SetOut(a.env.Out)
	root.SetErr(a.env.Err)
	root.PersistentFlags().StringVar(&a.workspaceFlag, "workspace", "",
		"`DIR` of the workspace (else $GOKATA_WORKSPACE, the one around this folder, or gokata in the home folder)")
	root.PersistentFlags().BoolVar(&a.plainFlag, "plain", false, "draw nothing: words for signs, no cursor movement (also $GOKATA_PLAIN)")
	root.PersistentPreRun = func(*cobra.Command, []string) { a.out, a.err = a.looks() }
	root.SetVersionTemplate("gokata {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprint(a.env.Out, a.help(cmd)) })
	root.SetHelpCommand(a.helpCommand())
	root.AddCommand(a.commands()...)
	a.complete(root)
	root.InitDefaultCompletionCmd()
	return root
}

// aboutGokata is what gokata is, in a sentence.
const aboutGokata = `gokata teaches one subject, concurrency versus parallelism in Go, and proves by
measurement that you got there. It works without a network, and sends nothing to
anybody, unless you join a workshop.`

// exitCodes are those of every command.
const exitCodes = "0 pass or done, 1 failed, 2 wrong usage or input, 3 inconclusive, 4 our fault"

// version is what the binary knows of its own making: version, commit, toolchain
// and system.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(unknown version)"
	}
	set := map[string]string{}
	for _, s := range info.Settings {
		set[s.Key] = s.Value
	}
	text := cmp.Or(info.Main.Version, "(unknown version)")
	var more []string
	if commit := set["vcs.revision"]; commit != "" {
		more = append(more, "commit "+commit[:min(12, len(commit))])
	}
	if set["vcs.modified"] == "true" {
		more = append(more, "modified")
	}
	more = append(more, info.GoVersion, set["GOOS"]+"/"+set["GOARCH"])
	return text + " (" + strings.Join(more, ", ") + ")"
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND or TOPIC]",
		Short: "What a command does, or more about a topic",
		ValidArgsFunction: func(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			return append(commandNames(cmd.Root()), topics()...), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				if ok, err := a.topic(args[0]); ok {
					return err
				}
			}
			found, rest, err := cmd.Root().Find(args)
			if err != nil || found == cmd.Root() && len(rest) > 0 {
				return unknown("command or topic", args[0], append(commandNames(cmd.Root()), topics()...), "gokata --help lists them.")
			}
			return found.Help()
		},
	}
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return names
}

// flagError says which flag was meant.
func flagError(cmd *cobra.Command, err error) error {
	see := cmd.CommandPath() + " --help lists the flags."
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return usage(see, "%s: %w", cmd.CommandPath(), err)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return unknown("flag of "+cmd.CommandPath(), "--"+missing.GetSpecifiedName(), names, see)
}

// args refuses a number of arguments outside least and most.
func args(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if n := len(args); n < least || n > most {
			return usage("Usage: "+cmd.UseLine(), "%s takes %s, not %d", cmd.CommandPath(), amount(least, most), n)
		}
		return nil
	}
}

func amount(least, most int) string {
	switch {
	case most == 0:
		return "no argument"
	case least == 1 && most == 1:
		return "one argument"
	case least == 0:
		return fmt.Sprintf("at most %s", counted(most, "argument"))
	}
	return fmt.Sprintf("%d to %d arguments", least, most)
}

// help is the page of one command, or of gokata itself.
func (a *app) help(cmd *cobra.Command) string {
	var b strings.Builder
	t := a.out
	if cmd == cmd.Root() {
		fmt.Fprintf(&b, "%s\n\nBegin with  %s\n\n", aboutGokata, t.Command("gokata next"))
		for _, c := range a.commands() {
			fmt.Fprintf(&b, " %s %s\n", theme.Pad(t.Bold(c.Name()), 10), c.Short)
		}
		fmt.Fprintf(&b, " %s %s\n", theme.Pad(t.Bold("completion"), 10), "Completion with Tab, for bash, zsh, fish and PowerShell")
		more := lessonterm.Wrap("gokata help "+strings.Join(topics(), ", "), t.Width-12)
		fmt.Fprintf(&b, "\n%s  %s\n", t.Bold("More about"), strings.Join(more, "\n            "))
		fmt.Fprintf(&b, "%s  %s\n", t.Bold("Exit codes"), exitCodes)
	} else {
		fmt.Fprintf(&b, "%s\n\n%s %s\n", cmp.Or(cmd.Long, cmd.Short), t.Bold("Usage"), strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, " %s %s\n", theme.Pad(t.Bold(c.Name()), 10), c.Short)
			}
		}
	}
	if flags := cmd.Flags().FlagUsagesWrapped(t.Width); flags != "" {
		fmt.Fprintf(&b, "\n%s\n%s", t.Bold("Flags"), flags)
	}
	return b.String()
}
