//go:build unix

package main

import (
	"os"
	"os/exec"
	"testing"
)

// TestCtrlZStopsEverywhere runs gokata under a shell, stops it with Ctrl-Z at a
// prompt, in the list and in watch, finds the shell's terminal in order, and
// goes on.
func TestCtrlZStopsEverywhere(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		if os.Getenv("GOKATA_CI") != "" {
			t.Fatal("no bash")
		}
		t.Skip("bash is not installed: it has the job control that this is about")
	}
	env := world(t, t.TempDir(), "PS1=$ ")
	const due = `{"id":"a","at":"2024-01-05T10:00:00Z","kind":"question-answered","question":"wait-in-the-loop","right":true,"score":1}`
	for _, c := range []struct{ name, command, shown, again, leave string }{
		{"a line", "gokata quiz two-words", "In your own words", "> ", ctrlC},
		{"a list", "gokata next --done </dev/null >/dev/null; echo '" + due + "' >>~/gokata/.gokata/progress.jsonl; gokata review", "Your answer  [", "> 1", ctrlC},
		{"the list of the course", "gokata list", "q quit", "q quit", "q"},
		{"watch", "gokata start parallel-sum; clear; gokata-said watch parallel-sum", "q quit", "q quit", "q"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := start(t, env, "bash", "--norc", "-i")
			s.send(c.command + enter)
			s.expect(c.shown)
			s.send("\x1a")
			s.expect("Stopped")
			s.send("echo in'' order; stty -a | grep -o ' icanon'" + enter)
			s.expect("in order")
			s.expect(" icanon")
			s.send("fg" + enter)
			s.expect(c.again)
			s.send(c.leave)
			s.expect("$ ")
			s.send("exit" + enter)
			s.expect("exit")
		})
	}
}
