package cli

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"gokata/lessons"
	"gokata/lessons/quiz"
)

// maxAnswers is the most that is read of an answers file, in bytes.
const maxAnswers = 1 << 20

func (a *app) quiz() *cobra.Command {
	var file string
	cmd := &cobra.Command{
		Use:   "quiz [CHAPTER]",
		Short: "Answer the questions of a chapter",
		Long: `Asks the questions of a chapter; without CHAPTER those of the current step, or
of its chapter. Each answer is kept at once.

--answers FILE takes the answers from a YAML or JSON file ("-" is standard
input), one line a question: id: answer. Options and rubric points are numbers
counting from 1, times and blanks are texts. gokata quiz without a terminal
prints the questions with the form of each answer. The exit code is 0 when all
could be graded, right or wrong.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			questions, err := a.quizQuestions(args)
			if err != nil {
				return err
			}
			switch {
			case cmd.Flags().Changed("answers"):
				return a.gradeFile(file, questions)
			case a.interactive:
				missed, err := a.askAll(questions, "gokata next")
				if err == nil {
					a.score(len(questions)-len(missed), len(questions))
					a.printf(" Then   %s\n", a.out.Command("gokata next"))
				}
				return err
			default:
				return a.printQuestions(questions, strings.Join(append([]string{"gokata quiz"}, args...), " "))
			}
		},
	}
	cmd.Flags().StringVar(&file, "answers", "", "`FILE` with the answers, YAML or JSON")
	return cmd
}

// quizQuestions are those of the chapter named, else of the current step, else
// of its chapter.
func (a *app) quizQuestions(args []string) ([]*quiz.Question, error) {
	course, err := a.catalogue()
	if err != nil {
		return nil, err
	}
	var ch *lessons.Chapter
	if len(args) > 0 {
		if ch, err = a.chapter(course, args[0]); err != nil {
			return nil, err
		}
	} else {
		j, err := a.journey(reading)
		if err != nil {
			return nil, err
		}
		step, ok := j.current()
		if !ok {
			return nil, usage("Name a chapter: gokata quiz CHAPTER.", "you have finished the course")
		}
		ch = course.Chapter(step.Chapter)
		if step.Kind == lessons.StepQuestions {
			return questionsOf(ch, step.ID)
		}
	}
	questions, err := ch.Questions()
	if err != nil {
		return nil, internal(err)
	}
	if len(questions) == 0 {
		return nil, usage("gokata list shows which chapters have questions.", "chapter %s has no questions yet", ch.ID)
	}
	return questions, nil
}

// printQuestions is the quiz where nobody can be asked. Command asks for these
// questions and no others.
func (a *app) printQuestions(questions []*quiz.Question, command string) error {
	for i, q := range questions {
		if err := printQuestion(a.stdout, a.out, q, i+1, len(questions)); err != nil {
			return err
		}
		printOptions(a.stdout, a.out, q)
		a.printf("%s\n\n", indent(fmt.Sprintf("Answer as   %s: %s", q.ID, answerForm(q)), a.out.Width))
	}
	a.printf(" Then   %s\n", a.out.Command(command+" --answers FILE"))
	return nil
}

// askAll asks questions one by one, keeps each answer as soon as it is given
// and returns those that were not right. The command after goes on with what
// is left.
func (a *app) askAll(questions []*quiz.Question, after string) (missed []*quiz.Question, err error) {
	j, err := a.journey(writing)
	if err != nil {
		return nil, err
	}
	for i, q := range questions {
		a.printf("\n")
		begun := a.env.Now()
		answer, err := a.put(j, q, i+1, len(questions))
		if err != nil {
			return missed, err
		}
		result := q.Grade(answer)
		if err := j.answered(q, result, a.env.Now().Sub(begun)); err != nil {
			return missed, err
		}
		if !result.Right {
			missed = append(missed, q)
		}
		a.printf("\n")
		if err := printResult(a.stdout, a.out, q, result, q.Kind != quiz.Explain); err != nil {
			return missed, err
		}
		if i+1 < len(questions) {
			a.printf("\n")
			on, err := a.prompter().Confirm("Next question?", true)
			if err != nil {
				return missed, asked(err)
			}
			if !on {
				a.printf("\n %s kept. %s goes on here.\n", counted(i+1, "answer"), a.out.Command(after))
				return missed, errQuiet(ExitDone)
			}
		}
	}
	return missed, nil
}

// put shows a question and asks for the answer.
func (a *app) put(j *journey, q *quiz.Question, number, of int) (quiz.Answer, error) {
	if err := printQuestion(a.stdout, a.out, q, number, of); err != nil {
		return quiz.Answer{}, err
	}
	if q.Kind == quiz.Order { // the prompt shows the options of the others
		printOptions(a.stdout, a.out, q)
	}
	answer, err := a.ask(j, q)
	if err != nil {
		return quiz.Answer{}, asked(err)
	}
	return answer, nil
}

// gradeFile grades answers from a file.
func (a *app) gradeFile(file string, questions []*quiz.Question) error {
	answers, err := a.answersFrom(file, questions)
	if err != nil {
		return err
	}
	j, err := a.journey(writing)
	if err != nil {
		return err
	}
	right := 0
	for i, q := range questions {
		result := q.Grade(answers[q.ID])
		if err := j.answered(q, result, 0); err != nil {
			return err
		}
		if result.Right {
			right++
		}
		if i > 0 {
			a.printf("\n")
		}
		a.printf(" %s\n", a.out.Bold(q.ID))
		if err := printResult(a.stdout, a.out, q, result, true); err != nil {
			return err
		}
	}
	a.score(right, len(questions))
	a.printf(" Then   %s\n", a.out.Command("gokata next"))
	return nil
}

// answersFrom reads the answers to questions from a file.
func (a *app) answersFrom(file string, questions []*quiz.Question) (map[string]quiz.Answer, error) {
	src, err := a.readAnswers(file)
	if err != nil {
		return nil, err
	}
	course, err := a.catalogue()
	if err != nil {
		return nil, err
	}
	return parseAnswers(file, src, questions, func(id string) (string, bool) {
		all, _, err := allQuestions(course)
		if err != nil || all[id] == nil {
			return "", false
		}
		return all[id].Chapter, true
	})
}

func (a *app) readAnswers(file string) ([]byte, error) {
	in := a.env.In
	if file != "-" {
		f, err := os.Open(a.path(file))
		if err != nil {
			return nil, usage("Check the path after --answers.", "failed to open the answers: %w", err)
		}
		defer f.Close()
		in = f
	}
	src, err := io.ReadAll(io.LimitReader(in, maxAnswers+1))
	switch {
	case err != nil:
		return nil, usage("Check the path after --answers.", "failed to read the answers: %w", err)
	case len(src) > maxAnswers:
		return nil, usage("Name a file of one line a question.", "%s is larger than 1 MB, which no answers file is", file)
	}
	return src, nil
}

func (a *app) score(right, of int) {
	a.printf("\n %s   %s\n", a.out.Bold(fmt.Sprintf("%d of %d right", right, of)), a.out.Bar(right, of))
}
