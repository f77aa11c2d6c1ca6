package term

import (
	"go/scanner"
	"go/token"
	"strings"
)

// goCode colours Go source: keywords, strings, numbers and comments. Code that
// does not scan, such as a string without its end, comes back as it is; a
// character that is not Go, such as the "…" of a cut, stays uncoloured.
func (p *page) goCode(src string) string {
	if !p.color {
		return src
	}
	file := token.NewFileSet().AddFile("", -1, len(src))
	broken := false
	var s scanner.Scanner
	s.Init(file, []byte(src), func(_ token.Position, msg string) {
		if !strings.HasPrefix(msg, "illegal character") {
			broken = true
		}
	}, scanner.ScanComments)

	var b strings.Builder
	done := 0 // src[:done] is written
	for {
		pos, tok, literal := s.Scan()
		if broken {
			return src
		}
		if tok == token.EOF {
			break
		}
		st := p.tokenStyle(tok)
		start := file.Offset(pos)
		end := start + len(literal)
		if st == "" || start < done || end > len(src) {
			continue
		}
		b.WriteString(src[done:start])
		b.WriteString(p.styled(st, src[start:end]))
		done = end
	}
	b.WriteString(src[done:])
	return b.String()
}

func (p *page) tokenStyle(tok token.Token) style {
	switch {
	case tok.IsKeyword():
		return p.theme.keyword
	case tok == token.STRING || tok == token.CHAR:
		return p.theme.text
	case tok == token.INT || tok == token.FLOAT || tok == token.IMAG:
		return p.theme.number
	case tok == token.COMMENT:
		return p.theme.comment
	}
	return ""
}
