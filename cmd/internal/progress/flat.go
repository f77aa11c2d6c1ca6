package progress

import (
	"bytes"
	"strconv"
)

// flat reads lines as encode writes them: one object, known names, no spaces,
// no escapes, several times faster than encoding/json. It leaves every other
// line, right or wrong, to encoding/json.
type flat struct {
	rest  []byte
	words map[string]string // slugs and ids repeat: one copy of each is kept
}

// event reads a whole line; ok is false where the line has another form.
func (f *flat) event(line []byte, e *Event) (ok bool) {
	f.rest = line
	if !f.skip('{') {
		return false
	}
	for {
		name, ok := f.text()
		if !ok || !f.skip(':') || !f.field(name, e) {
			return false
		}
		if !f.skip(',') {
			return f.skip('}') && len(f.rest) == 0
		}
	}
}

func (f *flat) field(name []byte, e *Event) bool {
	switch string(name) {
	case "id":
		text, ok := f.text()
		e.ID = string(text)
		return ok
	case "at":
		text, ok := f.text()
		return ok && e.At.UnmarshalText(text) == nil
	case "after":
		text, ok := f.text()
		return ok && e.After.UnmarshalText(text) == nil
	case "kind":
		return f.word((*string)(&e.Kind))
	case "lesson":
		return f.word(&e.Lesson)
	case "question":
		return f.word(&e.Question)
	case "kata":
		return f.word(&e.Kata)
	case "interview":
		return f.word(&e.Interview)
	case "verdict":
		return f.word(&e.Verdict)
	case "reason":
		return f.word(&e.Reason)
	case "right":
		e.Right = f.literal("true")
		return e.Right || f.literal("false")
	case "score":
		score, ok := f.number()
		e.Score = score
		return ok
	case "speedup":
		e.Speedup = nil
		if f.literal("null") {
			return true
		}
		speedup, ok := f.number()
		e.Speedup = &speedup
		return ok
	case "elapsed_ms":
		n, ok := f.whole()
		e.ElapsedMS = int64(n)
		return ok
	case "hint":
		n, ok := f.whole()
		e.Hint = n
		return ok
	}
	return false
}

func (f *flat) skip(c byte) bool {
	if len(f.rest) == 0 || f.rest[0] != c {
		return false
	}
	f.rest = f.rest[1:]
	return true
}

func (f *flat) literal(word string) bool {
	rest, ok := bytes.CutPrefix(f.rest, []byte(word))
	f.rest = rest
	return ok
}

// text reads a string of plain ASCII.
func (f *flat) text() ([]byte, bool) {
	if !f.skip('"') {
		return nil, false
	}
	for i, c := range f.rest {
		switch {
		case c == '"':
			text := f.rest[:i]
			f.rest = f.rest[i+1:]
			return text, true
		case c < ' ' || c > '~' || c == '\\':
			return nil, false
		}
	}
	return nil, false
}

// word reads a string that other lines are likely to hold as well.
func (f *flat) word(to *string) bool {
	text, ok := f.text()
	if !ok {
		return false
	}
	word, known := f.words[string(text)]
	if !known {
		word = string(text)
		f.words[word] = word
	}
	*to = word
	return true
}

// whole reads a number of at most nine digits without sign.
func (f *flat) whole() (n int, ok bool) {
	i := 0
	for ; i < len(f.rest) && i < 10 && isDigit(f.rest[i]); i++ {
		n = 10*n + int(f.rest[i]-'0')
	}
	if i == 0 || i == 10 || i > 1 && f.rest[0] == '0' {
		return 0, false
	}
	f.rest = f.rest[i:]
	return n, true
}

// number reads a number without sign or exponent.
func (f *flat) number() (float64, bool) {
	i := 0
	for i < len(f.rest) && (isDigit(f.rest[i]) || f.rest[i] == '.') {
		i++
	}
	text := f.rest[:i]
	whole, decimals, point := bytes.Cut(text, []byte("."))
	if len(whole) == 0 || len(whole) > 1 && whole[0] == '0' || point && len(decimals) == 0 {
		return 0, false
	}
	n, err := strconv.ParseFloat(string(text), 64)
	f.rest = f.rest[i:]
	return n, err == nil
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
