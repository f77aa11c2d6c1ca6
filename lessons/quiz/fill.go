package quiz

import (
	"fmt"
	"strings"
	"unicode"
)

// Gap is where [____] stands in a text: text[Start:End].
type Gap struct{ Start, End int }

// Gaps finds the blanks of a fill question: two or more underscores in brackets.
func Gaps(text string) (out []Gap) {
	for i := 0; i < len(text); i++ {
		if text[i] != '[' {
			continue
		}
		rest := strings.TrimLeft(text[i+1:], "_")
		n := len(text) - i - 1 - len(rest)
		if n >= 2 && strings.HasPrefix(rest, "]") {
			out = append(out, Gap{i, i + n + 2})
			i += n + 1
		}
	}
	return out
}

func blankLabel(i int) string { return fmt.Sprintf("blank %d", i+1) }

// alternatives cuts "a | b" at the bars that do not stand in backticks.
func alternatives(text string) (out []string) {
	start, inCode := 0, false
	for i := range len(text) {
		switch {
		case text[i] == '`':
			inCode = !inCode
		case text[i] == '|' && !inCode && i > 0 && i+1 < len(text) && text[i-1] == ' ' && text[i+1] == ' ':
			out = append(out, strings.TrimSpace(text[start:i]))
			start = i + 1
		}
	}
	return append(out, strings.TrimSpace(text[start:]))
}

// accepts reports whether an answer is one of the accepted ones. White space
// does not matter; case matters in code.
func (b *Blank) accepts(answer string) bool {
	for _, want := range b.Accept {
		if isCode(want) && squeeze(answer) == squeeze(want) {
			return true
		}
		if !isCode(want) && fold(answer) == fold(want) {
			return true
		}
	}
	return false
}

func isCode(s string) bool {
	return len(s) > 1 && strings.HasPrefix(s, "`") && strings.HasSuffix(s, "`")
}

func fold(s string) string { return strings.ToLower(squeeze(s)) }

// squeeze removes white space and backticks.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '`' {
			return -1
		}
		return r
	}, s)
}
