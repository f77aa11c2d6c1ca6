package prompt

import (
	"fmt"
	"slices"
)

// Script is a Prompter for tests of what asks: it answers from a list, and
// keeps what it was asked. Where no answer is left it gives ErrEOF.
type Script struct {
	// Answers are what a learner would type at a plain prompt: "2", "1,3",
	// "y", text. For a choice, the text of an option does as well.
	Answers []string
	// Asked is every question so far.
	Asked []Asked
}

// Asked is a question that a Script was asked.
type Asked struct {
	Kind    string // "select", "multiselect", "input", "lines", "confirm"
	Msg     string
	Options []string // of a choice
	Answer  string   // given, "" where none was left
}

// CtrlC, as an answer of a Script, gives ErrInterrupted.
const CtrlC = "\x03"

func (s *Script) next(kind, msg string, options []string) (string, error) {
	s.Asked = append(s.Asked, Asked{Kind: kind, Msg: msg, Options: slices.Clone(options)})
	if len(s.Answers) == 0 {
		return "", ErrEOF
	}
	answer := s.Answers[0]
	s.Answers = s.Answers[1:]
	s.Asked[len(s.Asked)-1].Answer = answer
	if answer == CtrlC {
		return "", ErrInterrupted
	}
	return answer, nil
}

// unfit says that a script does not fit what it is asked: a mistake in a test.
func unfit(answer, msg string, err error) error {
	return fmt.Errorf("script: the answer %q to %q: %w", answer, msg, err)
}

// Select answers with the next number or text.
func (s *Script) Select(msg string, options []string) (int, error) {
	answer, err := s.next("select", msg, options)
	if err != nil {
		return 0, err
	}
	if i := slices.Index(options, answer); i >= 0 {
		return i, nil
	}
	i, err := parseChoice(answer, len(options))
	if err != nil {
		return 0, unfit(answer, msg, err)
	}
	return i, nil
}

// MultiSelect answers with the next numbers, or the text of one option.
func (s *Script) MultiSelect(msg string, options []string) ([]int, error) {
	answer, err := s.next("multiselect", msg, options)
	if err != nil {
		return nil, err
	}
	if i := slices.Index(options, answer); i >= 0 {
		return []int{i}, nil
	}
	chosen, err := parseChoices(answer, len(options))
	if err != nil {
		return nil, unfit(answer, msg, err)
	}
	return chosen, nil
}

// Input answers with the next text.
func (s *Script) Input(msg, hint string) (string, error) { return s.next("input", msg, nil) }

// Lines answers with the next text, which may hold several lines.
func (s *Script) Lines(msg string) (string, error) { return s.next("lines", msg, nil) }

// Confirm answers with the next y, n or nothing.
func (s *Script) Confirm(msg string, def bool) (bool, error) {
	answer, err := s.next("confirm", msg, nil)
	if err != nil {
		return false, err
	}
	yes, err := parseYesNo(answer, def)
	if err != nil {
		return false, unfit(answer, msg, err)
	}
	return yes, nil
}
