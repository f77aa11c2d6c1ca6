package cli

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	lessonterm "gokata/lessons/term"
)

// hostile is what a host may say to do harm.
const hostile = "\x1b]0;owned\a\x1b[2J\u202e`code`\r\n\x9b31m"

func TestNothingThatAHostSaysActsOnTheTerminal(t *testing.T) {
	env, out, errs := world(t, nil)
	folder, m := inWorkshop(t, &env)
	m.Name = "Kim" + hostile
	if err := folder.Join(m); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	told := workshop.Told{Now: now, Tally: []int{1, 0}, Voters: 1, Vote: []int{0, 7}, Stage: workshop.Stage{
		Seq: 9, Cue: "Now " + hostile, Item: "merge-sort" + hostile, Until: now.Add(time.Hour), Ended: "Over " + hostile, EndedSeq: 8, Paused: true,
		Unlocked: []string{hostile}, Messages: []workshop.Message{{Seq: 8, Text: "Look " + hostile}},
		Poll: &workshop.Poll{ID: 7, Text: "Which " + hostile, Page: "# Page " + hostile, Options: []string{"a " + hostile, "b"}, Right: []int{1, 99}, Revealed: true, Closed: true},
	}}
	if err := folder.Hear(m, told, now); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"next"}, {"workshop", "status"}, {"workshop", "status", "--json"}, {"workshop", "leave"}} {
		out.Reset()
		errs.Reset()
		if code := Run(context.Background(), env, args); code != ExitDone {
			t.Errorf("%v: exit code %d: %s", args, code, errs)
		}
		harmless(t, fmt.Sprint(args), out, errs)
		if args[0] == "next" {
			for _, text := range []string{"Now", "Over", "Look", "How everybody answered"} {
				if !strings.Contains(errs.String(), text) {
					t.Errorf("next does not say %q: %s", text, errs)
				}
			}
		}
	}
	out.Reset()
	if err := newApp(env, nil).printPollResult(told); err != nil {
		t.Error(err)
	}
	harmless(t, "a poll", out, errs)
	if !strings.Contains(out.String(), "1 (100 %)  yours") {
		t.Errorf("the poll shows %s", out)
	}
}

func harmless(t *testing.T, what string, texts ...*bytes.Buffer) {
	t.Helper()
	for _, text := range texts {
		if s := text.String(); lessonterm.Clean(s) != s {
			t.Errorf("%s writes %q", what, s)
		}
	}
}

func TestWhatIsLeftOfACueIsByTheHostsClock(t *testing.T) {
	env, _, errs := world(t, nil)
	folder, m := inWorkshop(t, &env)
	here := time.Now()
	host := here.Add(-26 * time.Hour) // it is slow by more than a day
	told := workshop.Told{Now: host, Stage: workshop.Stage{Cue: "Go", Until: host.Add(30 * time.Minute)}}
	if err := folder.Hear(m, told, here); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration]string{
		0: "30 min left", 29*time.Minute + time.Second: "1 min left", 31 * time.Minute: "time is up",
	} {
		errs.Reset()
		env.Now = func() time.Time { return here.Add(after) }
		Run(context.Background(), env, []string{"hint", "--seen", "parallel-sum"})
		if said := strings.ReplaceAll(errs.String(), "\u00a0", " "); !strings.Contains(said, want) {
			t.Errorf("after %v: %s; want %s", after, said, want)
		}
	}
}

func TestWhatWasHeardLongAgoIsSaidWithItsTimeAndThenNotAtAll(t *testing.T) {
	env, _, errs := world(t, nil)
	folder, m := inWorkshop(t, &env)
	here := time.Now()
	if err := folder.Hear(m, workshop.Told{Now: here, Stage: workshop.Stage{Cue: "Go"}}, here); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[time.Duration]bool{0: false, 10 * time.Minute: true} {
		errs.Reset()
		env.Now = func() time.Time { return here.Add(after) }
		Run(context.Background(), env, []string{"hint", "--seen", "parallel-sum"})
		if got := strings.Contains(errs.String(), "no connection"); got != want || !strings.Contains(errs.String(), "Go") {
			t.Errorf("after %v: %s", after, errs)
		}
	}
	errs.Reset()
	env.Now = func() time.Time { return here.Add(stale + time.Minute) }
	Run(context.Background(), env, []string{"hint", "--seen", "parallel-sum"})
	if errs.Len() > 0 {
		t.Errorf("after %v: %s", stale, errs)
	}
}

func TestAHintIsSaidOnceAndOfManyTheLast(t *testing.T) {
	env, _, errs := world(t, nil)
	folder, m := inWorkshop(t, &env)
	told := workshop.Told{Now: time.Now()}
	hear := func(from, to int64) string {
		for seq := from; seq <= to; seq++ {
			told.Messages = append(told.Messages, workshop.Message{Seq: seq, Text: fmt.Sprintf("number %d.", seq)})
		}
		if err := folder.Hear(m, told, time.Now()); err != nil {
			t.Fatal(err)
		}
		errs.Reset()
		Run(context.Background(), env, []string{"hint", "--seen", "parallel-sum"})
		return errs.String()
	}
	if said := hear(1, 1); strings.Count(said, "number") != 1 {
		t.Errorf("the first: %s", said)
	}
	if said := hear(1, 0); said != "" {
		t.Errorf("again: %s", said)
	}
	if said := hear(2, 9); strings.Count(said, "number") != mostHints || !strings.Contains(said, "number 9.") {
		t.Errorf("eight more: %s", said)
	}
	if said := hear(1, 0); said != "" {
		t.Errorf("again: %s", said)
	}
}

func TestNoticesFitIn40Columns(t *testing.T) {
	env, _, errs := world(t, nil)
	getenv := env.Getenv
	env.Getenv = func(name string) string {
		if name == "COLUMNS" {
			return "40"
		}
		return getenv(name)
	}
	folder, m := inWorkshop(t, &env)
	now := time.Now()
	told := workshop.Told{Now: now, Stage: workshop.Stage{
		Cue: strings.Repeat("word ", 30), Item: "letter-frequency", Until: now.Add(time.Hour), Messages: []workshop.Message{{Seq: 1, Text: strings.Repeat("名前 ", 30)}},
		Poll: &workshop.Poll{ID: 1, Text: strings.Repeat("unbroken", 20), Options: []string{"a", "b"}},
	}}
	if err := folder.Hear(m, told, now); err != nil {
		t.Fatal(err)
	}
	Run(context.Background(), env, []string{"hint", "--seen", "parallel-sum"})
	for line := range strings.Lines(errs.String()) {
		if n := lessonterm.Width(strings.TrimRight(line, "\n")); n > 40 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if !strings.Contains(errs.String(), "gokata start letter-frequency") {
		t.Errorf("the command is not there whole: %s", errs)
	}
}
