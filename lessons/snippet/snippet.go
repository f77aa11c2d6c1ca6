// Package snippet builds and runs the Go code of the course, so that no page
// shows code that does not compile or output that no program printed.
//
// Data passes one way: Lesson and Question extract programs and outputs from
// Markdown, Build compiles them all at once in a module of their own, Binaries
// runs them, and SameShape and Judge compare what they print with what the page
// says. Check does all of it for a whole course.
//
// In a lesson a code block is a program, a part of one, or a fragment:
//
//	```go run=four.go             the complete program (package clause and
//	                              imports of standard packages may be left out)
//	```go run=four.go show=four   declaration four of the complete program
//	                              testdata/four.go; several: show=four,wait
//	```output of=four.go          what it prints; numbers may differ
//	```go                         a fragment: declarations or statements
//	```go compile=no why="..."    a fragment that can not compile, and why
//
// A question of kind time has its program in testdata, by the question's name;
// see Timed.
//
// In shown parts and in outputs, a line … stands for lines left out.
package snippet

import "gokata/content/frontmatter"

// Program is Go code of the course, completed so that it builds.
type Program struct {
	Name   string // unique among those that are built together
	File   string // file of the course that holds the code
	Line   int    // line of File with the first line of the code
	Source string // a whole file of Go
	Beside string // another file of the same package, or nothing
	Header int    // lines of Source before the code
	Runs   bool   // it can be run; otherwise it is only compiled
	Loose  bool   // statements without context: unused variables are no mistake
}

// Printed is an output that a lesson shows.
type Printed struct {
	Program string // name
	File    string
	Line    int // of the first line of Text
	Text    string
}

// Set is the code of some pages.
type Set struct {
	Programs []Program
	Outputs  []Printed
}

// Add appends the code of another page. A program that both hold is kept once.
func (s *Set) Add(other Set) {
	have := map[string]bool{}
	for _, p := range s.Programs {
		have[p.Name] = true
	}
	for _, p := range other.Programs {
		if !have[p.Name] {
			s.Programs = append(s.Programs, p)
		}
	}
	s.Outputs = append(s.Outputs, other.Outputs...)
}

func mistake(file string, line int, msg string) error {
	return &frontmatter.Error{File: file, Line: max(line, 1), Msg: msg}
}
