package lessons

// StepKind says what a step asks of the learner.
type StepKind string

// The kinds of steps.
const (
	StepLesson    StepKind = "lesson"    // read a lesson
	StepQuestions StepKind = "questions" // answer the questions of a lesson
	StepKata      StepKind = "kata"      // solve a kata
)

// Step is one thing to do on the way through the course.
type Step struct {
	Kind    StepKind
	ID      string // of the lesson, or of the lesson whose questions these are, or slug of the kata
	Chapter string // id
}

// Steps lists the way through the course: in each chapter each lesson, then its
// questions, then its katas; the katas that no lesson lists end the chapter. A
// lesson without questions has no questions step. It parses all questions, and
// returns the first chapter's mistakes where it finds any.
func (c *Course) Steps() ([]Step, error) {
	var steps []Step
	for _, ch := range c.Chapters {
		questions, err := ch.Questions()
		if err != nil {
			return nil, err
		}
		asked := map[string]bool{}
		for _, q := range questions {
			asked[q.Lesson] = true
		}
		listed := 0
		for _, l := range ch.Lessons {
			steps = append(steps, Step{StepLesson, l.ID, ch.ID})
			if asked[l.ID] {
				steps = append(steps, Step{StepQuestions, l.ID, ch.ID})
			}
			for _, slug := range l.Katas {
				steps = append(steps, Step{StepKata, slug, ch.ID})
			}
			listed += len(l.Katas)
		}
		for _, slug := range ch.Katas[listed:] {
			steps = append(steps, Step{StepKata, slug, ch.ID})
		}
	}
	return steps, nil
}
