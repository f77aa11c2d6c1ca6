package term

import (
	"strings"

	"gokata/lessons/gocode"
)

// goCode colours Go source: keywords, strings, numbers and comments.
func (p *page) goCode(src string) string {
	if !p.color {
		return src
	}
	var b strings.Builder
	for _, s := range gocode.Spans(src) {
		if st := p.classStyle(s.Class); st != "" {
			b.WriteString(p.styled(st, s.Text))
		} else {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

func (p *page) classStyle(c gocode.Class) style {
	switch c {
	case gocode.Keyword:
		return p.theme.keyword
	case gocode.Text:
		return p.theme.text
	case gocode.Number:
		return p.theme.number
	case gocode.Comment:
		return p.theme.comment
	}
	return ""
}
