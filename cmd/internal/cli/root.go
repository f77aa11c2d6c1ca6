package cli

import (
	"cmp"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commands are in the order in which the help shows them.
func (a *app) commands() []*cobra.Command {
	return []*cobra.Command{
		a.next(), a.start(), a.check(), a.trace(), a.hint(), a.solution(), a.reset(),
		a.list(), a.show(), a.lesson(), a.quiz(),
		a.measureCommand(),
		a.doctor(), a.course(),
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
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetVersionTemplate("gokata {{.Version}}\n")
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { fmt.Fprint(a.env.Out, a.help(cmd)) })
	root.SetHelpCommand(a.helpCommand())
	root.AddCommand(a.commands()...)
	return root
}

// version is what the binary knows of its own making.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown version)"
}

func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "What a command does",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err != nil || found == cmd.Root() && len(rest) > 0 {
				return unknown("command", args[0], commandNames(cmd.Root()), "gokata --help lists the commands.")
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
		fmt.Fprintf(&b, "gokata teaches one subject, concurrency versus parallelism in Go, and proves by\nmeasurement that you got there. Begin with  %s\n\n", t.Command("gokata next"))
		for _, c := range a.commands() {
			fmt.Fprintf(&b, " %s %s\n", pad(t.Bold(c.Name()), 10), c.Short)
		}
		fmt.Fprintf(&b, "\n%s  0 pass or done, 1 failed, 2 wrong usage or input, 3 inconclusive, 4 our fault\n", t.Bold("Exit codes"))
	} else {
		fmt.Fprintf(&b, "%s\n\n%s %s\n", cmp.Or(cmd.Long, cmd.Short), t.Bold("Usage"), strings.TrimSuffix(cmd.UseLine(), " [flags]"))
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, " %s %s\n", pad(t.Bold(c.Name()), 10), c.Short)
			}
		}
	}
	if flags := cmd.Flags().FlagUsagesWrapped(t.Width); flags != "" {
		fmt.Fprintf(&b, "\n%s\n%s", t.Bold("Flags"), flags)
	}
	return b.String()
}
