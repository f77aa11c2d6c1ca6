// Package cli is the command line of gokata: one file for each command, named
// as the command is.
//
// Run is the only way in. It takes everything that a command may touch of the
// world (streams, environment, folder, clock, checker) as one value, and
// returns the exit code:
//
//	args -> root (root.go) -> one command -> its text on Out
//	                                      -> an error -> one line on Err, exit code (errors.go)
//
// What the commands share is on app (app.go): the course, the katas, the
// workspace with its progress, the looks of the two writers, and whether there
// is somebody to ask. A command reads the course and the progress as values
// and prints. What only reads (list, show, lesson, stats, trace, export) never
// adds to the progress.
//
// To add a command: a file with a function `func (a *app) name() *cobra.Command`
// and a line in commands (root.go).
package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"golang.org/x/term"

	"gokata/cmd/internal/theme"
)

// Streams are the standard streams of a command.
type Streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// Standard returns the streams of the process.
func Standard() Streams { return Streams{os.Stdin, os.Stdout, os.Stderr} }

// Env is the world that a command works in.
type Env struct {
	Streams
	Getenv  func(string) string
	Dir     string // current folder
	Home    string // the person's home folder, "" where there is none
	Now     func() time.Time
	Checker Checker
	// Courier starts, in the background, what carries results of a workspace to
	// the workshop; nil starts nothing.
	Courier func(workspace string)
}

// System is the world as the operating system shows it.
func System(s Streams) Env {
	dir, err := os.Getwd()
	if err != nil {
		dir = "." // the folder was deleted; what needs it will say so
	}
	home, err := os.UserHomeDir()
	if err != nil {
		home = ""
	}
	return Env{Streams: s, Getenv: os.Getenv, Dir: dir, Home: home, Now: time.Now, Checker: realChecker{}, Courier: startCourier}
}

// Run executes one command line, without the name of the program, and returns
// its exit code. Errors are printed once, on env.Err.
func Run(ctx context.Context, env Env, args []string) (code int) {
	ctx, interrupts, stop := watchInterrupts(ctx)
	defer stop()
	a := newApp(env, interrupts)
	defer func() {
		if r := recover(); r != nil {
			code = a.fail(internal(fmt.Errorf("unexpected state: %v", r)))
			if env.Getenv("GOKATA_DEBUG") != "" {
				fmt.Fprintf(env.Err, "%s", debug.Stack())
			}
		}
	}()
	root := a.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = a.lost()
	}
	return a.fail(err)
}

// fail prints an error and returns its exit code; nil is 0 and prints nothing.
func (a *app) fail(err error) int {
	code, line := explain(err)
	if line != "" {
		fmt.Fprintln(a.env.Err, line)
	}
	return code
}

// onTerminal says whether a stream is a terminal.
func onTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// looks decides the theme of each writer, as wide as it is now.
func (a *app) looks() (out, err theme.Theme) {
	out, err = theme.For(a.env.Out, a.env.Getenv), theme.For(a.env.Err, a.env.Getenv)
	out.Dumb, err.Dumb = out.Dumb || a.plainFlag, err.Dumb || a.plainFlag
	return out, err
}
