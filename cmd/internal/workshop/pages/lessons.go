package pages

import (
	"html/template"
	"io"

	"gokata/lessons"
	"gokata/lessons/web"
)

// Contents is the page that lists the lessons.
type Contents struct {
	Plain  bool
	Course *lessons.Course
}

// Write writes the page.
func (c Contents) Write(w io.Writer) error {
	return render(w, Frame{Title: "Lessons", Class: "contents", Styles: []string{"lesson.css"}, Plain: c.Plain}, "lessons.html", c)
}

// LessonPage is a lesson, between its neighbours.
type LessonPage struct {
	Plain    bool
	Lesson   *lessons.Lesson
	Chapter  *lessons.Chapter
	Previous *lessons.Lesson // nil: it is the first
	Next     *lessons.Lesson // nil: it is the last
	Katas    []Item          // that it prepares for
}

// NewLessonPage is the page of a lesson; nil where the course has none of that
// id. Title is that of a kata.
func NewLessonPage(c *lessons.Course, id string, title func(slug string) string) *LessonPage {
	var page *LessonPage
	var before *lessons.Lesson
	for _, ch := range c.Chapters {
		for _, l := range ch.Lessons {
			if page != nil {
				page.Next = l
				return page
			}
			if l.ID == id {
				page = &LessonPage{Lesson: l, Chapter: ch, Previous: before}
				for _, slug := range l.Katas {
					page.Katas = append(page.Katas, Item{slug, title(slug)})
				}
			}
			before = l
		}
	}
	return page
}

// Write writes the page.
func (l *LessonPage) Write(w io.Writer) error {
	return render(w, Frame{Title: l.Lesson.Title, Class: "lesson", Styles: []string{"lesson.css"}, Plain: l.Plain}, "lesson.html", l)
}

// Text is the lesson itself.
func (l *LessonPage) Text() template.HTML {
	src, _ := l.Lesson.Body()
	return web.Render(src)
}
