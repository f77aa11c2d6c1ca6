package cli

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

func TestEveryErrorHasItsExitCodeAndOneLine(t *testing.T) {
	tests := []struct {
		name string
		err  error
		code int
		line string
	}{
		{"none", nil, 0, ""},
		{"a verdict that was shown", errQuiet(ExitFailed), 1, ""},
		{"wrong input", usage("Do this.", "no x is called %q", "y"), 2, `gokata: no x is called "y". Do this.`},
		{"no hint", usage("", "broken."), 2, "gokata: broken"},
		{"wrapped", fmt.Errorf("check: %w", usage("Do this.", "no go")), 2, "gokata: check: no go. Do this."},
		{"interrupted", fmt.Errorf("check: %w", context.Canceled), 2, "gokata: interrupted; nothing lost"},
		{"with what others wrote", usage("", "the host refused: %w", errors.New("no\x1b[2J\u202e")), 2, "gokata: the host refused: no\u241b[2J\ufffd"},
		{"not expected", errors.New("bad state"), 4,
			"gokata: bad state. This is a mistake in gokata, not in your work. Please report it with the command that you typed."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, line := explain(tt.err)
			if code != tt.code || line != tt.line {
				t.Errorf("got %d %q, want %d %q", code, line, tt.code, tt.line)
			}
		})
	}
}
