package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kballard/go-shellquote"
)

// editor is the command that opens files: $VISUAL, else $EDITOR, else code or
// an editor that is on most machines.
func (a *app) editor() ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		command := strings.TrimSpace(a.env.Getenv(name))
		if command == "" {
			continue
		}
		words, err := shellquote.Split(command)
		if err != nil || len(words) == 0 {
			return nil, usage("Set it to a command, such as nano or \"code --wait\".", "$%s is no command: %s", name, command)
		}
		return words, nil
	}
	for _, words := range [][]string{{"code", "--wait"}, {"nano"}, {"vim"}, {"vi"}} {
		if _, err := exec.LookPath(words[0]); err == nil {
			return words, nil
		}
	}
	return nil, usage("Set EDITOR to the command of your editor.", "no editor is known")
}

// edit opens a file in the editor and waits until it ends.
func (a *app) edit(ctx context.Context, file string) error {
	words, err := a.editor()
	if err != nil {
		return err
	}
	return a.runEditor(ctx, words, file)
}

// runEditor runs an editor on a file, in the terminal that gokata runs in.
func (a *app) runEditor(ctx context.Context, words []string, file string) error {
	cmd := exec.CommandContext(ctx, words[0], append(words[1:], file)...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.Stdin, cmd.Stdout, cmd.Stderr = a.env.In, a.env.Out, a.env.Err
	cmd.Dir = a.env.Dir
	release := a.interrupts.hold() // Ctrl-C is the editor's
	defer release()
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &exit):
		return usage("Nothing was checked; save the file and run gokata check.", "the editor %s ended with %v", words[0], err)
	}
	return usage("Set EDITOR to the command of your editor.", "failed to open the editor: %w", err)
}

// windowed are editors with a window of their own, which leave the terminal free.
var windowed = []string{"code", "codium", "cursor", "zed", "subl", "goland", "idea", "gedit", "kate", "gvim", "mvim", "mate", "xed"}

// beside is the command that opens a file without taking this terminal: an
// editor with a window of its own, or a pane of tmux or Zellij. Where is how
// people call that; ok is false where there is neither.
func (a *app) beside(file string) (words []string, where string, ok bool) {
	editor, err := a.editor()
	if err != nil {
		return nil, "", false
	}
	name := filepath.Base(editor[0])
	switch {
	case slices.Contains(windowed, name):
		return editor, name, true
	case a.env.Getenv("TMUX") != "":
		return append([]string{"tmux", "split-window", "-h", "-c", filepath.Dir(file)}, editor...), name + ", in a pane of tmux", true
	case a.env.Getenv("ZELLIJ") != "":
		return append([]string{"zellij", "run", "--close-on-exit", "--"}, editor...), name + ", in a pane of Zellij", true
	}
	return nil, "", false
}

// offer offers to open a file beside this terminal. Nothing waits for it.
func (a *app) offer(file string) error {
	words, where, ok := a.beside(file)
	if !ok || !a.interactive {
		return nil
	}
	a.printf("\n")
	yes, err := a.prompter().Confirm("Open it in "+where+"?", true)
	if err != nil {
		return asked(err)
	}
	if !yes {
		return nil
	}
	if complaint := a.open(words, file); complaint != "" {
		a.printf(" %s\n", complaint)
	}
	return nil
}

// open starts a command with a file, without waiting for it, and returns what
// went wrong.
func (a *app) open(words []string, file string) (complaint string) {
	cmd := exec.Command(words[0], append(words[1:], file)...)
	cmd.Dir = filepath.Dir(file)
	cmd.Env = os.Environ()
	detach(cmd)
	if err := cmd.Start(); err != nil {
		return fmt.Sprintf("%s could not be started: %v", words[0], err)
	}
	go cmd.Wait() // so that nothing is left of it when it ends
	return ""
}
