package host

import (
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"gokata/cmd/internal/workshop"
)

// joiner holds emoji together, and is seen nowhere else.
const joiner = '\u200d'

// blanks are letters and symbols that look like spaces.
const blanks = "\u115f\u1160\u2800\u3164\uffa0"

// cleanName makes a name that can be shown, in one line.
func cleanName(s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != joiner || unicode.Is(unicode.Co, r) || strings.ContainsRune(blanks, r)
	}), " ")
	s = strings.Join(strings.Fields(withoutLooseJoiners(s)), " ")
	switch n := utf8.RuneCountInString(s); {
	case !strings.ContainsFunc(s, visible):
		return "", &refusal{http.StatusBadRequest, "a name is needed, your own or another"}
	case n > workshop.MaxName:
		return "", &refusal{http.StatusBadRequest, fmt.Sprintf("the name is longer than %d characters", workshop.MaxName)}
	}
	return s, nil
}

// visible says whether a character is seen without another.
func visible(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

// withoutLooseJoiners takes out joiners that do not stand between emoji: two names
// that look the same are the same.
func withoutLooseJoiners(s string) string {
	if !strings.ContainsRune(s, joiner) {
		return s
	}
	all := []rune(s)
	var b strings.Builder
	for i, r := range all {
		holds := i > 0 && i+1 < len(all) && (unicode.IsSymbol(all[i-1]) || unicode.Is(unicode.Mn, all[i-1])) && unicode.IsSymbol(all[i+1])
		if r != joiner || holds {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unusedName is a name that nobody else has: "Kim", "Kim 2".
func (b *batch) unusedName(name string) string {
	unused := name
	for n := 2; b.old.room.Named(unused) || b.names[unused]; n++ {
		suffix := fmt.Sprintf(" %d", n)
		base := []rune(name)
		unused = string(base[:min(len(base), workshop.MaxName-len(suffix))]) + suffix
	}
	return unused
}
