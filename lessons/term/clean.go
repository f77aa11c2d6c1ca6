package term

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text that somebody else wrote safe to write to a terminal: control
// characters, escape sequences among them, become visible.
func Clean(s string) string { return clean(s, "\ufffd") }

// clean makes s safe to write to a terminal: control characters, among them
// ESC and the one-character forms C1, bytes that are not UTF-8, and invisible
// format characters such as those that reverse the direction of writing become
// visible. Of C0, each has its own picture (U+2400) unless bad is "?". Newline
// and tab pass.
func clean(s, bad string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				b.WriteString(bad)
			} else {
				b.WriteRune(r)
			}
		case harmless(r):
			b.WriteRune(r)
		case r < ' ' && bad != "?":
			b.WriteRune('\u2400' + r)
		case r == 0x7f && bad != "?":
			b.WriteRune('\u2421')
		default:
			b.WriteString(bad)
		}
	}
	return b.String()
}

func isClean(s string) bool {
	for _, r := range s {
		if r == utf8.RuneError || !harmless(r) {
			return false
		}
	}
	return true
}

// harmless says whether a terminal shows r and does nothing else.
func harmless(r rune) bool {
	const (
		zeroWidthNonJoiner = '\u200c'
		zeroWidthJoiner    = '\u200d'
	)
	switch {
	case r == '\n' || r == '\t':
		return true
	case r < ' ':
		return false
	case r < 0x7f:
		return true
	case r == zeroWidthNonJoiner || r == zeroWidthJoiner: // within emoji and scripts that need them
		return true
	case 0xE0020 <= r && r <= 0xE007F: // tags, of which flags are made
		return true
	}
	return !unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}
