// Package quiz reads the questions of a chapter from Markdown and grades
// answers to them.
//
// A quiz.md is readable on any Git host: a second-level heading a question, a
// list as its options, a quote as its explanation, with the source last.
//
//	## Is a Go map safe for concurrent writes? {#map-writes kind=one level=junior topics=races}
//	Text, code, figures.
//
//	- [ ] yes
//	- [x] no
//
//	> The runtime stops the program when it notices.
//	> Source: `src/internal/runtime/maps/map.go`
//
// Attributes: #id, kind, level (junior, mid, senior) and topics (with commas)
// are required; go (a version), lesson (id of the lesson that the question
// follows; without it the last of the chapter) and tol (kind=time) are not.
//
// After the text, each kind has its own answers:
//
//	one      a list with boxes, one marked [x]
//	many     a list with boxes, at least one marked [x]
//	output   a fence ```go run, then a list with boxes: the marked ones are
//	         exactly the possible outputs, white space aside
//	time     a table whose blank cells are [200 ms]
//	fill     text or code with [____]; then "- [x] answer" for each blank, with
//	         alternatives as "a | b"; an answer in `backticks` is code, where
//	         upper and lower case differ
//	order    a numbered list in the right order
//	explain  nothing: the quote is the model answer, and the list with boxes
//	         after it the rubric
//
// Data passes one way: quiz.md -> sections -> blocks -> Question, and then
// Question and Answer -> Result. Each mistake of a file is a
// *frontmatter.Error; all of them are returned, joined.
package quiz

import "time"

// Kind says how a question is asked and graded.
type Kind string

// The kinds of questions.
const (
	One     Kind = "one"     // choose one option
	Many    Kind = "many"    // choose all options that are right
	Output  Kind = "output"  // choose all outputs that a program can print
	Time    Kind = "time"    // say how long it takes, for each blank cell
	Fill    Kind = "fill"    // fill in the blanks
	Order   Kind = "order"   // put the items in order
	Explain Kind = "explain" // answer in own words, then grade oneself by a rubric
)

// Question is one question as its author wrote it.
type Question struct {
	ID            string
	Title         string // inline Markdown
	Kind          Kind
	Level         string // junior, mid or senior
	Topics        []string
	Go            string // version of Go that the answer is about, "1.26", or empty
	Lesson        string // id of the lesson it follows; empty: the chapter's last
	Chapter       string // id; set by package lessons
	File          string
	Line          int      // of the heading
	Body          []byte   // Markdown to show before the options; blank cells are ____
	BodyLine      int      // line of the file on which Body begins
	Options       []Option // one, many, output; order: the items in their right order
	Blanks        []Blank  // fill: in order of the text; time: by row, then column
	Explanation   []byte   // Markdown; for explain the model answer
	Sources       []string // Markdown inline
	Rubric        []string // explain: Markdown inline
	Program       string   // output: the complete Go program
	ProgramHeader int      // lines of Program that stand before the author's text
	ProgramLine   int      // line of the file with the author's first line of Program
}

// Option is one line to choose, or one item to put in order.
type Option struct {
	Text    string // Markdown inline
	Correct bool
	Line    int
}

// Blank is one gap to fill.
type Blank struct {
	Label string // time: "P=1 wall"; fill: "blank 2"
	Line  int
	// Accept are the right answers of a fill question, the first one being the
	// model; those in backticks are code.
	Accept []string
	// Value is the right answer of a time question, Tolerance the share of it
	// by which an answer may be off: 0.15.
	Value     time.Duration
	Tolerance float64
}
