package host

import (
	"fmt"
	"sync"

	"gokata/cmd/internal/workshop"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

// catalogue is the course as pages show it.
type catalogue struct {
	course *lessons.Course
	katas  []kataColumn
	titles map[string]string

	once      sync.Once
	questions []*quiz.Question
	mistake   error
}

// kataColumn is a kata in the table of the room.
type kataColumn struct{ Slug, Title, Chapter string }

func newCatalogue(c Config) *catalogue {
	k := &catalogue{course: c.Course, titles: c.Katas}
	for _, ch := range c.Course.Chapters {
		for _, slug := range ch.Katas {
			k.katas = append(k.katas, kataColumn{slug, c.Katas[slug], ch.Title})
		}
	}
	return k
}

// knows says whether something is a kata or a lesson of the course.
func (c *catalogue) knows(item string) bool {
	return c.titles[item] != "" || c.course.Lesson(item) != nil
}

// title is that of a kata or a lesson.
func (c *catalogue) title(item string) string {
	if t := c.titles[item]; t != "" {
		return t
	}
	if l := c.course.Lesson(item); l != nil {
		return l.Title
	}
	return item
}

// pollables are the questions of the course that can be polls, in its order:
// those with options to choose from.
func (c *catalogue) pollables() ([]*quiz.Question, error) {
	c.once.Do(func() {
		for _, ch := range c.course.Chapters {
			questions, err := ch.Questions()
			if err != nil {
				c.mistake = err
				return
			}
			for _, q := range questions {
				switch q.Kind {
				case quiz.One, quiz.Many, quiz.Output:
					if len(q.Options) <= workshop.MaxOptions {
						c.questions = append(c.questions, q)
					}
				}
			}
		}
	})
	return c.questions, c.mistake
}

// pollAbout is a question of the course as a poll.
func (c *catalogue) pollAbout(id string) (*workshop.Poll, error) {
	all, err := c.pollables()
	if err != nil {
		return nil, err
	}
	for _, q := range all {
		if q.ID != id {
			continue
		}
		p := &workshop.Poll{Text: q.Title, Page: string(q.Body), Question: id, Many: q.Kind != quiz.One}
		for i, o := range q.Options {
			p.Options = append(p.Options, o.Text)
			if o.Correct {
				p.Right = append(p.Right, i)
			}
		}
		return p, nil
	}
	return nil, fmt.Errorf("the course has no question %.40q with options to choose from", id)
}
