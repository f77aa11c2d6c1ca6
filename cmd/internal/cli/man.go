package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func (a *app) man() *cobra.Command {
	return &cobra.Command{
		Use:   "man [DIR]",
		Short: "The manual pages, for man",
		Long: `Writes a manual page for gokata and one for each command to DIR, which is made
if need be; without DIR the page of gokata to standard output, for man -l -.

    gokata man ~/.local/share/man/man1`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			if len(args) == 0 {
				manPage(a.stdout, root, a.commands())
				return nil
			}
			dir := a.path(args[0])
			if err := os.MkdirAll(dir, 0o755); err != nil {
				return usage("Name a folder that can be made.", "failed to write the manual: %w", err)
			}
			pages := append([]*cobra.Command{root}, root.Commands()...)
			n := 0
			for _, c := range pages {
				if c != root && !c.IsAvailableCommand() {
					continue
				}
				var b strings.Builder
				manPage(&b, c, c.Commands())
				if c == root {
					b.Reset()
					manPage(&b, c, a.commands())
				}
				file := filepath.Join(dir, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1")
				if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
					return usage("Name a folder that can be written.", "failed to write the manual: %w", err)
				}
				n++
			}
			a.printf(" %s in %s\n", counted(n, "page"), args[0])
			return nil
		},
	}
}

// manPage writes the page of a command in the language of man(7).
func manPage(w io.Writer, c *cobra.Command, commands []*cobra.Command) {
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	fmt.Fprintf(w, ".TH %q 1 \"\" %q \"gokata\"\n", strings.ToUpper(name), "gokata "+version())
	fmt.Fprintf(w, ".SH NAME\n%s \\- %s\n", roff(name), roff(c.Short))
	fmt.Fprintf(w, ".SH SYNOPSIS\n.B %s\n", roff(c.UseLine()))
	text := c.Long
	if c.Parent() == nil {
		text = aboutGokata
	}
	if text != "" {
		fmt.Fprintf(w, ".SH DESCRIPTION\n%s", roffText(text))
	}
	heading := false
	for _, sub := range commands {
		if sub.Hidden {
			continue
		}
		if !heading {
			fmt.Fprintf(w, ".SH COMMANDS\n")
			heading = true
		}
		fmt.Fprintf(w, ".TP\n.B %s\n%s\n", roff(strings.TrimPrefix(sub.Use, "gokata ")), roff(sub.Short))
	}
	options := false
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		if !options {
			fmt.Fprintf(w, ".SH OPTIONS\n")
			options = true
		}
		value, text := pflag.UnquoteUsage(f)
		flag := "--" + f.Name
		if f.Shorthand != "" {
			flag = "-" + f.Shorthand + ", " + flag
		}
		fmt.Fprintf(w, ".TP\n.B %s\n%s\n", roff(strings.TrimSpace(flag+" "+value)), roff(text))
	})
	fmt.Fprintf(w, ".SH EXIT STATUS\n%s\n", roff(exitCodes))
}

// roff escapes what man(7) would take for its own.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

// roffText is text of several paragraphs; lines that are indented stand as they
// are.
func roffText(text string) string {
	var b strings.Builder
	asIs := false
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if example := strings.HasPrefix(line, "    "); example != asIs && line != "" {
			b.WriteString(map[bool]string{true: ".nf\n", false: ".fi\n"}[example])
			asIs = example
		}
		if line == "" {
			b.WriteString(".PP\n")
			continue
		}
		b.WriteString(roff(line) + "\n")
	}
	if asIs {
		b.WriteString(".fi\n")
	}
	return b.String()
}
