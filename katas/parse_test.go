package katas

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gokata/checker/spec"
	"gokata/content/frontmatter"
)

const sample = `---
title: Sample
chapter: two-words
lesson: wall-and-cpu-time
kind: overlap
difficulty: 2
minutes: 10
limits: { in_flight: 17, waits: 3, cpu: 10ms }
allow: [syscall.Getrusage]
wrong:
  serial: not-overlapping
  polling: spinning
  arrival: wrong-answer
---
What to do.

` + "```go\n## Hint 1, but inside of a fence\n```" + `

## Hint 1
One.
## Hint 2
Two.

### deeper
still two
## Hint 3
Three.
## Why this scales, and when it would not
Because.
`

func of(src string) fs.FS {
	return fstest.MapFS{"sam-ple/kata.md": {Data: []byte(src)}}
}

func TestLoadReadsEveryField(t *testing.T) {
	got, err := load(of(sample), "sam-ple")
	if err != nil {
		t.Fatal(err)
	}
	want := &Kata{
		Spec: spec.Spec{
			Kata: "sam-ple", Package: "sample", Lesson: "wall-and-cpu-time", Kind: spec.Overlap, Compare: spec.Equal,
			Limits: spec.Limits{InFlight: 17, Waits: 3, CPU: 10 * time.Millisecond},
			Allow:  []string{"syscall.Getrusage"},
		},
		Title: "Sample", Chapter: "two-words", Lesson: "wall-and-cpu-time",
		Difficulty: 2, Minutes: 10,
		Brief:      []byte("What to do.\n\n```go\n## Hint 1, but inside of a fence\n```"),
		Hints:      [][]byte{[]byte("One."), []byte("Two.\n\n### deeper\nstill two"), []byte("Three.")},
		Commentary: []byte("Because."),
		Wrong: []Wrong{
			{"arrival", "wrong-answer"}, {"polling", "spinning"}, {"serial", "not-overlapping"},
		},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Kata{})); diff != "" {
		t.Errorf("load (-want +got):\n%s", diff)
	}
}

func TestLineEndsOfWindowsMakeNoDifference(t *testing.T) {
	got, err := load(of(strings.ReplaceAll(sample, "\n", "\r\n")), "sam-ple")
	if err != nil {
		t.Fatal(err)
	}
	if string(got.Hints[2]) != "Three." || string(got.Commentary) != "Because." {
		t.Errorf("hint 3 %q, commentary %q", got.Hints[2], got.Commentary)
	}
}

func TestMistakesAreNamedWithFileAndLine(t *testing.T) {
	tests := []struct {
		name     string
		old, new string // what to replace in the sample
		want     string
	}{
		{"unknown key", "minutes: 10", "minuets: 10", `sam-ple/kata.md:7: unknown key "minuets"`},
		{"unknown limit", "waits: 3", "weights: 3", `sam-ple/kata.md:8: unknown key "weights"`},
		{"no title", "title: Sample\n", "", `sam-ple/kata.md:1: title is missing`},
		{"empty lesson", "lesson: wall-and-cpu-time", "lesson:", `sam-ple/kata.md:4: lesson is missing`},
		{"no chapter", "chapter: two-words\n", "", `sam-ple/kata.md:1: chapter is missing`},
		{"kind", "kind: overlap", "kind: wide", `sam-ple/kata.md:5: kind "wide": want one of ["parallel" "overlap" "meter" "counted"]`},
		{"compare", "difficulty: 2", "compare: about\ndifficulty: 2", `sam-ple/kata.md:6: compare "about": want equal, near or reported`},
		{"meter that compares", "kind: overlap", "kind: meter", `sam-ple/kata.md:1: kind meter with compare equal: meter and reported go together`},
		{"difficulty", "difficulty: 2", "difficulty: 6", `sam-ple/kata.md:6: difficulty 6: want 1 to 5`},
		{"minutes", "minutes: 10", "minutes: 0", `sam-ple/kata.md:7: minutes is missing: how long does a learner take?`},
		{"limits of another kind", "kind: overlap", "kind: parallel", `sam-ple/kata.md:8: kind parallel: want limits speedup (above 0, at most 1) and inflation (at least 1)`},
		{"parallelism of a kata that waits", ", cpu: 10ms", ", cpu: 10ms, parallelism: 4", `sam-ple/kata.md:8: limit parallelism 4: want a number from 2 to 8, with kind parallel`},
		{"limit missing", ", cpu: 10ms", "", `sam-ple/kata.md:8: kind overlap: want limits in_flight (at least 2), waits (at least 1) and cpu (a duration)`},
		{"too few wrong solutions", "  polling: spinning\n", "", `sam-ple/kata.md:10: 2 wrong solutions: want at least 3, each with its reason`},
		{"no brief", "What to do.\n\n```go\n## Hint 1, but inside of a fence\n```\n", "", `sam-ple/kata.md:15: the brief is missing: it stands between the front matter and Hint 1`},
		{"hints out of order", "## Hint 2", "## Hint 3", `sam-ple/kata.md:23: section "Hint 3": want ["Hint 1" "Hint 2" "Hint 3" "Why this scales, and when it would not"], in this order`},
		{"a section too many", "Because.\n", "Because.\n## Notes\n", `sam-ple/kata.md:32: section "Notes": want ["Hint 1" "Hint 2" "Hint 3" "Why this scales, and when it would not"], in this order`},
		{"empty hint", "Three.\n", "\n", `sam-ple/kata.md:28: section "Hint 3" is empty`},
		{"no commentary", "## Why this scales, and when it would not\nBecause.\n", "", `sam-ple/kata.md:30: section "Why this scales, and when it would not" is missing`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			src := strings.Replace(sample, tt.old, tt.new, 1)
			if src == sample {
				t.Fatalf("%q does not occur in the sample", tt.old)
			}
			_, err := load(of(src), "sam-ple")
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
			if fe := new(frontmatter.Error); !errors.As(err, &fe) {
				t.Errorf("%T is not a *frontmatter.Error", err)
			}
		})
	}
}

// FuzzLoad holds that a kata.md either loads whole or gives an error with file
// and line.
func FuzzLoad(f *testing.F) {
	f.Add(sample)
	f.Add(strings.ReplaceAll(sample, "\n", "\r\n"))
	f.Add(strings.Replace(sample, "## Hint 1\n", "## Hint 1", 1))
	f.Add("---\ntitle: x\n---\n")
	f.Add("---\n- 1\n---\n```\n## Hint 1")
	f.Fuzz(func(t *testing.T, src string) {
		k, err := load(of(src), "sam-ple")
		if err != nil {
			if fe := new(frontmatter.Error); !errors.As(err, &fe) || fe.File != "sam-ple/kata.md" || fe.Line < 1 {
				t.Fatalf("error without file and line: %v", err)
			}
			return
		}
		if len(k.Brief) == 0 || len(k.Hints) != 3 || len(k.Commentary) == 0 || len(k.Wrong) < 3 || k.Title == "" {
			t.Fatalf("loaded a kata that is not whole: %+v", k)
		}
	})
}
