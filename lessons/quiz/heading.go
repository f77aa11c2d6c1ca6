package quiz

import (
	"slices"
	"strconv"
	"strings"
)

const defaultTolerance = 0.15

var (
	kinds  = []string{"one", "many", "output", "time", "fill", "order", "explain"}
	levels = []string{"junior", "mid", "senior"}
)

// heading reads title and attributes into q, and returns the tolerance of a
// time question. Kind stays empty where it is missing or unknown.
func (p *parser) heading(q *Question, l line) (tol float64) {
	text := strings.TrimSpace(strings.TrimLeft(trimIndent(l.text), "#"))
	open := strings.LastIndex(text, "{#")
	if open < 0 || !strings.HasSuffix(text, "}") {
		p.errorf(l.no, "question without attributes: end the heading with {#id kind=one level=junior topics=…}")
		return 0
	}
	if q.Title = strings.TrimSpace(text[:open]); q.Title == "" {
		p.errorf(l.no, "question without a text: write it between ## and {#…}")
	}
	attrs, msg := attributes(text[open+2 : len(text)-1])
	if msg != "" {
		p.errorf(l.no, "%s", msg)
		return 0
	}
	tol = defaultTolerance
	seen := map[string]bool{}
	for i, a := range attrs {
		if i == 0 {
			q.ID = a.value
			continue
		}
		if seen[a.key] {
			p.errorf(l.no, "attribute %s is given twice: keep one", a.key)
		}
		seen[a.key] = true
		if msg := q.set(a, &tol); msg != "" {
			p.errorf(l.no, "%s", msg)
		}
	}
	p.required(q, l.no, seen)
	return tol
}

// required reports attributes that are missing or do not fit each other.
func (p *parser) required(q *Question, no int, seen map[string]bool) {
	if !isSlug(q.ID) {
		p.errorf(no, "id %q: write {#id …} with lower-case letters, digits and hyphens", q.ID)
	} else if at, twice := p.ids[q.ID]; twice {
		p.errorf(no, "id %q is taken by the question on line %d: choose another", q.ID, at)
	} else {
		p.ids[q.ID] = no
	}
	if !seen["kind"] {
		p.errorf(no, "kind is missing: write kind= with one of %s", strings.Join(kinds, ", "))
	}
	if !seen["level"] {
		p.errorf(no, "level is missing: write level= with one of %s", strings.Join(levels, ", "))
	}
	if !seen["topics"] {
		p.errorf(no, "topics are missing: write topics= with one or more words, with commas between")
	}
	if seen["tol"] && q.Kind != Time && q.Kind != "" {
		p.errorf(no, "tol is for kind=time only: remove it")
	}
}

// set takes one attribute, or says what is wrong with it.
func (q *Question) set(a attribute, tol *float64) (mistake string) {
	switch a.key {
	case "kind":
		if !slices.Contains(kinds, a.value) {
			return "unknown kind " + strconv.Quote(a.value) + ": want one of " + strings.Join(kinds, ", ")
		}
		q.Kind = Kind(a.value)
	case "level":
		if !slices.Contains(levels, a.value) {
			return "unknown level " + strconv.Quote(a.value) + ": want one of " + strings.Join(levels, ", ")
		}
		q.Level = a.value
	case "topics":
		q.Topics = strings.Split(a.value, ",")
		for _, t := range q.Topics {
			if !isSlug(t) {
				return "topics " + strconv.Quote(a.value) + ": write lower-case words with commas between and no spaces"
			}
		}
	case "go":
		if !isVersion(a.value) {
			return "go " + strconv.Quote(a.value) + ": write a version such as 1.26"
		}
		q.Go = a.value
	case "lesson":
		if !isSlug(a.value) {
			return "lesson " + strconv.Quote(a.value) + ": write the id of a lesson"
		}
		q.Lesson = a.value
	case "tol":
		number, percent := strings.CutSuffix(a.value, "%")
		v, err := strconv.ParseFloat(number, 64)
		if err != nil || !percent || !(v > 0 && v < 100) {
			return "tol " + strconv.Quote(a.value) + ": write a percentage such as 20%"
		}
		*tol = v / 100
	default:
		return "unknown attribute " + strconv.Quote(a.key) + ": want kind, level, topics, go, lesson or tol"
	}
	return ""
}

// attribute is key=value. The first of a heading is the id, without a key.
type attribute struct{ key, value string }

// attributes reads what stands between {# and }. Values with spaces are quoted.
func attributes(text string) (out []attribute, mistake string) {
	id, rest, _ := strings.Cut(text, " ")
	out = append(out, attribute{value: strings.TrimSpace(id)})
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		key, tail, found := strings.Cut(rest, "=")
		if !found || key == "" || strings.ContainsAny(key, " \t\"") {
			word, _, _ := strings.Cut(rest, " ")
			return nil, "attribute " + strconv.Quote(word) + ": write key=value"
		}
		var value string
		if quoted, ok := strings.CutPrefix(tail, `"`); ok {
			if value, rest, ok = strings.Cut(quoted, `"`); !ok {
				return nil, "attribute " + key + ": the closing quote is missing"
			}
		} else if end := strings.IndexAny(tail, " \t"); end >= 0 {
			value, rest = tail[:end], tail[end:]
		} else {
			value, rest = tail, ""
		}
		out = append(out, attribute{key, value})
	}
	return out, ""
}

// isSlug reports whether s is made of lower-case words and hyphens between.
func isSlug(s string) bool {
	for i := range len(s) {
		c, inner := s[i], i > 0 && i < len(s)-1
		letter := 'a' <= c && c <= 'z' || '0' <= c && c <= '9'
		if !letter && !(c == '-' && inner && s[i-1] != '-') {
			return false
		}
	}
	return s != ""
}

// isVersion reports whether s looks like 1.26.
func isVersion(s string) bool {
	minor, ok := strings.CutPrefix(s, "1.")
	_, err := strconv.ParseUint(minor, 10, 8)
	return ok && err == nil
}
