package prompt

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The answers of a plain question, as pure functions: what was typed, and what
// it means. Errors say what to write instead.

// parseChoice reads the number of one of n options, and gives it from 0.
func parseChoice(text string, n int) (int, error) {
	text = strings.TrimSuffix(strings.TrimSpace(text), ".")
	number, err := strconv.Atoi(text)
	if err != nil || number < 1 || number > n {
		return 0, fmt.Errorf("please answer with a number from 1 to %d", n)
	}
	return number - 1, nil
}

// parseChoices reads one or more numbers of n options, split by commas or
// spaces, and gives them from 0, rising, each once.
func parseChoices(text string, n int) ([]int, error) {
	fields := strings.FieldsFunc(text, func(r rune) bool {
		return r == ',' || r == ';' || r == ' ' || r == '\t'
	})
	var chosen []int
	for _, field := range fields {
		one, err := parseChoice(field, n)
		if err != nil {
			chosen = nil
			break
		}
		chosen = append(chosen, one)
	}
	if len(chosen) == 0 {
		return nil, fmt.Errorf("please answer with one or more numbers from 1 to %d, as in: 1,%d", n, n)
	}
	slices.Sort(chosen)
	return slices.Compact(chosen), nil
}

// parseYesNo reads yes or no; nothing means def.
func parseYesNo(text string, def bool) (bool, error) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "":
		return def, nil
	case "y", "yes":
		return true, nil
	case "n", "no":
		return false, nil
	default:
		return false, fmt.Errorf("please answer y or n")
	}
}

// yesNo shows the two answers, the default one in capitals.
func yesNo(def bool) string {
	if def {
		return "[Y/n]"
	}
	return "[y/N]"
}
