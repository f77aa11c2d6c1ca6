package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	lessonterm "gokata/lessons/term"
)

// The exit codes of gokata.
const (
	ExitDone         = 0 // pass, or done
	ExitFailed       = 1 // the check failed
	ExitUsage        = 2 // wrong usage or input; the message says what to do
	ExitInconclusive = 3
	ExitInternal     = 4 // our own fault
)

// Error is a failure with the exit code that it means and a cure.
type Error struct {
	Code int
	Err  error  // what failed, on what: lower-case, without a full stop
	Hint string // what to do: one or more sentences, or nothing
}

func (e *Error) Error() string { return e.Err.Error() }
func (e *Error) Unwrap() error { return e.Err }

// usage is an error of the person's making, or of their machine's: exit code 2.
func usage(hint, format string, args ...any) error {
	return &Error{Code: ExitUsage, Err: fmt.Errorf(format, args...), Hint: hint}
}

// internal is a mistake of gokata's own: exit code 4.
func internal(err error) error {
	if err == nil {
		return nil
	}
	return &Error{Code: ExitInternal, Err: err,
		Hint: "This is a mistake in gokata, not in your work. Please report it with the command that you typed."}
}

// errQuiet carries an exit code whose reason has been shown already: the
// report of a check is not an error message.
type errQuiet int

func (e errQuiet) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// explain turns what a command returned into its exit code and the one line
// for standard error, empty where there is nothing to say.
func explain(err error) (code int, line string) {
	var quiet errQuiet
	var known *Error
	switch {
	case err == nil:
		return ExitDone, ""
	case errors.As(err, &quiet):
		return int(quiet), ""
	case errors.Is(err, context.Canceled):
		return ExitUsage, "gokata: interrupted; nothing lost"
	case !errors.As(err, &known):
		errors.As(internal(err), &known)
	}
	msg := strings.TrimRight(err.Error(), ". \n")
	if known.Hint != "" {
		msg += ". " + known.Hint
	}
	return known.Code, "gokata: " + lessonterm.Clean(msg) // what failed may be named by others
}
