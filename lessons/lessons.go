// Package lessons is the catalogue of the course: chapters, their lessons,
// their questions, and which kata follows which lesson.
//
// Load reads the front matter of every file and checks that the parts refer to
// each other rightly. The questions of a chapter are parsed when first asked
// for, and the text of a lesson is left as Markdown: packages markdown, term
// and web show it.
//
//	content.FS -> Load -> Course -> Steps (the order of `gokata next`)
//	                             -> Lesson.Body -> markdown -> term | web
//	                             -> Chapter.Questions -> quiz
//
// Every mistake is a *frontmatter.Error that names file and line, counted from
// 1; several are joined with errors.Join.
package lessons

import (
	"gokata/lessons/quiz"
)

// Title is the name of the course.
const Title = "Concurrency vs Parallelism in Go"

// KataRef is what the course must know of a kata.
type KataRef struct {
	Slug    string // "parallel-sum"
	Chapter string // id of its chapter
	Lesson  string // id of the lesson that prepares for it
	File    string // its kata.md, for messages
}

// Course is the whole catalogue. It does not change after Load.
type Course struct {
	Title    string
	Chapters []*Chapter // by number
	katas    []KataRef
}

// Chapter is a folder of the course.
type Chapter struct {
	ID, Title, Summary string
	Number             int       // of its folder; chapters may be missing, so not an index
	Lessons            []*Lesson // by number
	Katas              []string  // slugs: first those that lessons list, in their order
	Dir                string    // its folder in content.FS: "01-two-words"
	body               body
	questions          func() ([]*quiz.Question, error) // parses once
}

// Lesson is one page of the course.
type Lesson struct {
	ID, Title      string
	Question       string // what the page answers
	Chapter        string // id
	File           string // from the root of the repository, for messages
	Minutes        int    // a reader's time
	Draft          bool   // still being written: no such page is in the course
	Katas          []string
	Misconceptions []int // numbers of the list of common mistakes, 1 to 38
	Sources        []string
	body           body
}

// body is Markdown and the number of its first line in the file.
type body struct {
	src  []byte
	line int
}

// Body returns the Markdown after the front matter, and the number of its first
// line in the file. The caller must not change it.
func (l *Lesson) Body() (src []byte, firstLine int) { return l.body.src, l.body.line }

// Body returns the introduction of the chapter, one short paragraph or nothing,
// and the number of its first line in chapter.md. The caller must not change it.
func (c *Chapter) Body() (src []byte, firstLine int) { return c.body.src, c.body.line }

// Questions returns the questions of the chapter in the order of its quiz.md,
// each with the lesson that it follows. They are parsed when first asked for.
func (c *Chapter) Questions() ([]*quiz.Question, error) { return c.questions() }

// Chapter returns the chapter of that id, or nil.
func (c *Course) Chapter(id string) *Chapter {
	for _, ch := range c.Chapters {
		if ch.ID == id {
			return ch
		}
	}
	return nil
}

// Lesson returns the lesson of that id, or nil.
func (c *Course) Lesson(id string) *Lesson {
	for _, ch := range c.Chapters {
		for _, l := range ch.Lessons {
			if l.ID == id {
				return l
			}
		}
	}
	return nil
}
