package main

import (
	"os/exec"
	"testing"
)

// TestWatchShowsWhatTheInstructorSaysAndAsksItsPoll goes through a workshop at a
// terminal: joining by prompts, a cue and a hint that come while gokata watch
// runs, a poll by the key p, a solution when it is unlocked.
func TestWatchShowsWhatTheInstructorSaysAndAsksItsPoll(t *testing.T) {
	w := begin(t)
	r, err := hostRoom(w.env, "--addr", "127.0.0.1:0", "--data", t.TempDir(), "--ask-code")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.stop)
	act := func(fields ...string) {
		t.Helper()
		if err := r.act(fields...); err != nil {
			t.Fatal(err)
		}
	}
	leave := func() {
		cmd := exec.Command("gokata", "workshop", "leave", "--yes")
		cmd.Env = w.env
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
	}

	// Ctrl-C at a prompt leaves everything as it was.
	w.session = start(t, w.env, "gokata", "workshop", "join", r.Join)
	w.expect("Your name in the workshop")
	w.send("Kim" + enter)
	w.expect("Send it?")
	w.send(ctrlC)
	w.end(2)
	w.session = start(t, w.env, "gokata", "workshop", "status")
	w.expect("You are in no workshop.")
	w.end(0)

	w.session = start(t, w.env, "gokata", "workshop", "join", r.Join)
	w.expect("Your name in the workshop")
	w.send("Kim" + enter)
	w.expect("Send it?")
	w.send("y" + enter)
	w.expect("You are in the workshop as Kim.")
	w.expect("sent with each check")
	w.end(0)
	defer leave()

	w.says(t, "fail serial")
	w.session = start(t, w.env, "gokata-said", "watch", "parallel-sum")
	w.expect("NOT PARALLEL")
	act("act=cue", "text=Add it up", "item=parallel-sum", "minutes=12")
	w.expect("Now: Add it up · parallel-sum, until")
	act("act=hint", "text=Look at the lock")
	w.expect("Hint      Look at the lock")
	w.expect("q quit")
	w.send("s")
	w.expect("has not unlocked the solution of parallel-sum yet")
	act("act=poll", "text=What is it?", "options=this\nthat")
	w.expect("Poll      What is it?")
	w.expect("p poll")
	w.send("p")
	w.expect("Your answer")
	w.send(ctrlC) // back to the screen
	w.expect("p poll")
	w.send("p")
	w.expect("Your answer")
	w.send("2" + enter)
	w.expect("Your answer is counted, option 2")
	act("act=reveal")
	w.expect("How everybody answered")
	w.send("p")
	w.expect("1 (100 %)  yours")
	act("act=unlock", "item=parallel-sum")
	w.expect("s solution")
	w.send("s")
	w.expect("func Sum")
	w.send("q")
	w.end(0)
	w.restored()
}
