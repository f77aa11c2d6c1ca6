//go:build unix

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gokata/lessons/quiz"
)

// mocked are the questions and the kata of the latest mock interview of a home.
func mocked(t *testing.T, home string) (id, kata string, questions []*quiz.Question) {
	t.Helper()
	log, err := os.ReadFile(filepath.Join(home, "gokata/.gokata/progress.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var begun struct {
		Kind, Interview, Kata string
		Questions             []string
	}
	for line := range strings.Lines(string(log)) {
		if strings.Contains(line, `"interview-begun"`) {
			if err := json.Unmarshal([]byte(line), &begun); err != nil {
				t.Fatal(err)
			}
		}
	}
	course, err := course()
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*quiz.Question{}
	for _, ch := range course.Chapters {
		all, err := ch.Questions()
		if err != nil {
			t.Fatal(err)
		}
		for _, q := range all {
			byID[q.ID] = q
		}
	}
	for _, id := range begun.Questions {
		questions = append(questions, byID[id])
	}
	return begun.Interview, begun.Kata, questions
}

// TestAMockInterviewIsHeld answers all questions right, with a power cut in
// between, and solves the kata at the second try.
func TestAMockInterviewIsHeld(t *testing.T) {
	home := t.TempDir()
	env := world(t, home)
	s := start(t, env, "gokata-said", "interview", "--minutes", "30", "--seed", "4")
	s.expect("Mock interview")
	s.expect("left")
	s.expect("Question 1 of ")
	id, kata, questions := mocked(t, home)
	for _, q := range questions[:2] {
		s.expect(q.ID)
		s.say(q)
	}
	s.expect(questions[2].ID)
	if strings.Contains(s.plain(), "Right.") {
		t.Error("an answer was judged before the end")
	}
	s.send(ctrlC)
	s.end(2)

	s = start(t, env, "gokata-said", "interview")
	s.expect("Not finished: 30 minutes, 2 of ")
	s.send(enter)
	for _, q := range questions[2:] {
		s.expect(q.ID)
		s.say(q)
	}
	s.expect("Now the kata:")
	s.expect("When you have saved it")
	pkg := strings.ReplaceAll(kata, "-", "")
	file := filepath.Join(home, "gokata/katas/interview-"+id, kata, pkg+".go")
	for _, said := range []string{"fail serial", "pass ok"} {
		if err := os.WriteFile(file, []byte("package "+pkg+" // said: "+said+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
		s.send(enter)
		if said == "fail serial" {
			s.expect("✗ ")
			s.expect("When you have saved it")
		}
	}
	s.expect("Mock interview")
	s.expect(" of ") // points for each theme
	s.expect("✓ solved")
	// say gives items in the order shown, which is never the right one.
	if slices.ContainsFunc(questions, func(q *quiz.Question) bool { return q.Kind == quiz.Order }) {
		s.expect("Look at the")
		s.send("n" + enter)
	}
	s.end(0)

	s = start(t, env, "gokata", "list", "--status", "passed")
	s.expect(kata)
	s.end(0)
}
