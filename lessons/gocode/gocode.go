// Package gocode cuts Go source into spans of one colour, for the renderers.
package gocode

import (
	"go/scanner"
	"go/token"
	"strings"
)

// Class is what a span of source is. The zero Class is everything that gets no
// colour: names, operators, space.
type Class string

// The classes that get a colour.
const (
	Keyword Class = "keyword"
	Text    Class = "text" // strings and characters
	Number  Class = "number"
	Comment Class = "comment"
)

// Span is a piece of source.
type Span struct {
	Class Class
	Text  string
}

// Spans cuts src up; the texts of the spans, joined, are src. Code that does not
// scan, such as a string without its end, is one span without a class; a
// character that is not Go, such as the "…" of a cut, has none either.
func Spans(src string) []Span {
	file := token.NewFileSet().AddFile("", -1, len(src))
	broken := false
	var s scanner.Scanner
	s.Init(file, []byte(src), func(_ token.Position, msg string) {
		if !strings.HasPrefix(msg, "illegal character") {
			broken = true
		}
	}, scanner.ScanComments)

	var spans []Span
	done := 0 // src[:done] is in spans
	for {
		pos, tok, literal := s.Scan()
		if broken {
			return []Span{{Text: src}}
		}
		if tok == token.EOF {
			break
		}
		class := classOf(tok)
		start := file.Offset(pos)
		end := start + len(literal)
		if class == "" || start < done || end > len(src) {
			continue
		}
		if start > done {
			spans = append(spans, Span{Text: src[done:start]})
		}
		spans = append(spans, Span{class, src[start:end]})
		done = end
	}
	if done < len(src) {
		spans = append(spans, Span{Text: src[done:]})
	}
	return spans
}

func classOf(tok token.Token) Class {
	switch {
	case tok.IsKeyword():
		return Keyword
	case tok == token.STRING || tok == token.CHAR:
		return Text
	case tok == token.INT || tok == token.FLOAT || tok == token.IMAG:
		return Number
	case tok == token.COMMENT:
		return Comment
	}
	return ""
}
