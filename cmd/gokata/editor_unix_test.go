//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// editor puts a program in the place of an editor: it writes its arguments to
// the file log, and text into the file that it is to open.
func editor(t *testing.T, name, text string) (path, log string) {
	t.Helper()
	dir := t.TempDir()
	log = filepath.Join(dir, "log")
	script := "#!/bin/sh\necho \"$@\" >>'" + log + "'\nfor file; do :; done\n"
	if text != "" {
		script += "echo '" + text + "' >\"$file\"\n"
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir + ":" + os.Getenv("PATH"), log
}

// opened waits until the editor was called, and gives its arguments.
func opened(t *testing.T, log string) string {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if text, err := os.ReadFile(log); err == nil && strings.HasSuffix(string(text), "\n") {
			return strings.TrimSpace(string(text))
		}
	}
	t.Fatal("the editor was not opened")
	return ""
}

func TestAKataIsOfferedToTheEditorOnce(t *testing.T) {
	for _, c := range []struct {
		name, command string
		env           []string
		offered, args string
	}{
		{"a window of its own", "code", []string{"VISUAL=code --wait", "EDITOR=nano"}, "Open it in code?", "--wait "},
		{"a pane of tmux", "tmux", []string{"EDITOR=vim -n", "TMUX=/tmp/x"}, "Open it in vim, in a pane of tmux?", "split-window -h -c "},
		{"a pane of Zellij", "zellij", []string{"EDITOR=hx", "ZELLIJ=0"}, "Open it in hx, in a pane of Zellij?", "run --close-on-exit -- hx "},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, log := editor(t, c.command, "")
			home := t.TempDir()
			env := world(t, home, append(c.env, "PATH="+path)...)
			s := start(t, env, "gokata", "start", "parallel-sum")
			s.expect(c.offered)
			s.send(enter)
			s.end(0)
			args := opened(t, log)
			if file := filepath.Join(home, "gokata/katas/two-words/parallel-sum/parallelsum.go"); !strings.HasPrefix(args, c.args) || !strings.HasSuffix(args, file) {
				t.Errorf("%s %s", c.command, args)
			}
			s = start(t, env, "gokata", "start", "parallel-sum")
			s.end(0)
			if strings.Contains(s.plain(), "Open it") {
				t.Error("offered again")
			}
		})
	}
}

func TestNothingIsOfferedWhereAnEditorWouldTakeTheTerminal(t *testing.T) {
	s := start(t, world(t, t.TempDir(), "EDITOR=vim"), "gokata", "start", "parallel-sum")
	s.end(0)
	if strings.Contains(s.plain(), "Open it") {
		t.Errorf("offered: %s", s.plain())
	}
}

func TestCheckAndWatchOpenTheEditor(t *testing.T) {
	path, log := editor(t, "scribble", "package parallelsum // said: fail race")
	env := world(t, t.TempDir(), "PATH="+path, "EDITOR=scribble -x")
	start(t, env, "gokata", "start", "parallel-sum").end(0)

	s := start(t, env, "gokata-said", "check", "parallel-sum", "--edit")
	s.expect("DATA RACE") // what the editor has saved is checked
	s.end(1)
	if args := opened(t, log); !strings.HasPrefix(args, "-x /") || !strings.HasSuffix(args, "/parallelsum.go") {
		t.Errorf("scribble %s", args)
	}

	if err := os.Remove(log); err != nil {
		t.Fatal(err)
	}
	s = start(t, env, "gokata-said", "watch", "parallel-sum", "--edit-cmd", "scribble --here 'two words'")
	s.expect("DATA RACE")
	if args := opened(t, log); !strings.HasPrefix(args, "--here two words /") {
		t.Errorf("scribble %s", args)
	}
	s.send("q")
	s.end(0)

	s = start(t, env, "gokata-said", "watch", "parallel-sum", "--edit-cmd", "no-such-editor")
	s.expect("no-such-editor could not be started")
	s.send("q")
	s.end(0)

	s = start(t, append(env, "EDITOR=no-such-editor"), "gokata-said", "check", "parallel-sum", "--edit")
	s.expect("failed to open the editor")
	s.end(2)
}
