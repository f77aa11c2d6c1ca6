package quiz

import "strings"

// blockKind tells apart what the parts of a question are made of.
type blockKind int

const (
	other blockKind = iota // paragraphs, tables without brackets, plain lists
	code                   // fenced
	quote
	boxes    // list with boxes
	numbered // list with numbers
	table
)

// block is a run of lines of one kind. Lists that only blank lines part are one
// block, as they are in Markdown.
type block struct {
	kind  blockKind
	lines []line
	info  string // code: what follows the opening marker
	items []item // boxes, numbered
}

// item is an entry of a list.
type item struct {
	text    string
	checked bool
	line    int
}

// blocks groups the lines of a section.
func (p *parser) blocks(lines []line) []block {
	var out []block
	for i := 0; i < len(lines); {
		b := block{kind: other}
		switch text := lines[i].text; {
		case strings.TrimSpace(text) == "":
			i++
			continue
		case opensFence(text):
			i = b.takeFence(lines, i)
		case isQuote(text):
			i = b.take(lines, i, quote, isQuote)
			if i < len(lines) && startsNothing(lines[i].text) {
				p.errorf(lines[i].no, "this line continues the quote above: begin it with > or leave an empty line between")
			}
		case isBox(text):
			i = p.takeList(&b, lines, i, boxes, cutBox)
		case isNumber(text):
			i = p.takeList(&b, lines, i, numbered, cutNumber)
		case isRow(text):
			i = b.take(lines, i, table, isRow)
		default:
			i = b.takeText(lines, i)
		}
		out = append(out, b)
	}
	return out
}

// take gathers the lines from i on that match, and returns where they end.
func (b *block) take(lines []line, i int, kind blockKind, match func(string) bool) int {
	b.kind = kind
	for ; i < len(lines) && match(lines[i].text); i++ {
		b.lines = append(b.lines, lines[i])
	}
	return i
}

func (b *block) takeFence(lines []line, i int) int {
	b.kind = code
	var f fence
	for ; i < len(lines); i++ {
		f.step(lines[i].text)
		b.lines = append(b.lines, lines[i])
		if len(b.lines) == 1 {
			b.info = f.info
		}
		if !f.inside() {
			return i + 1
		}
	}
	return i
}

// takeText gathers a paragraph, or whatever has no meaning of its own here. Of
// numbered items only the first interrupts it, just as in Markdown.
func (b *block) takeText(lines []line, i int) int {
	for first := i; i < len(lines); i++ {
		if i > first && (!startsNothing(lines[i].text) || strings.HasPrefix(trimIndent(lines[i].text), "1. ")) {
			break
		}
		b.lines = append(b.lines, lines[i])
	}
	return i
}

// takeList gathers the items of a list whose marker cut removes. Indented lines
// continue an item.
func (p *parser) takeList(b *block, lines []line, i int, kind blockKind, cut func(string) (item, bool)) int {
	b.kind = kind
	for end := i; i < len(lines); i++ {
		text := lines[i].text
		it, starts := cut(text)
		switch {
		case strings.TrimSpace(text) == "":
			continue // the list goes on if an item follows
		case starts:
			it.line = lines[i].no
			b.items = append(b.items, it)
		case i == end && strings.HasPrefix(text, "  "):
			if opensFence(strings.TrimSpace(text)) {
				p.errorf(lines[i].no, "code in a list: an entry is one line of text; put the code before the list")
			}
			last := &b.items[len(b.items)-1]
			last.text += " " + strings.TrimSpace(text)
		case i == end && kind == boxes && isBullet(text):
			p.errorf(lines[i].no, "entry without a box: begin it with - [ ] or - [x]")
		case i == end && startsNothing(text):
			p.errorf(lines[i].no, "this line continues the list above: indent it by two spaces or leave an empty line between")
		default:
			return end
		}
		b.lines = append(b.lines, lines[i])
		end = i + 1
	}
	return len(lines)
}

// startsNothing reports whether a line would only continue a paragraph.
func startsNothing(text string) bool {
	return strings.TrimSpace(text) != "" && !opensFence(text) && !isQuote(text) && !isBox(text) && !isRow(text)
}

func opensFence(text string) bool {
	var f fence
	f.step(text)
	return f.inside()
}

func isQuote(text string) bool  { return strings.HasPrefix(trimIndent(text), ">") }
func isRow(text string) bool    { return strings.HasPrefix(trimIndent(text), "|") }
func isBox(text string) bool    { _, ok := cutBox(text); return ok }
func isNumber(text string) bool { _, ok := cutNumber(text); return ok }

func isBullet(text string) bool {
	rest := trimIndent(text)
	return len(rest) > 1 && strings.IndexByte("-*+", rest[0]) >= 0 && rest[1] == ' '
}

// cutBox reads "- [x] text".
func cutBox(text string) (item, bool) {
	if !isBullet(text) {
		return item{}, false
	}
	rest := strings.TrimLeft(trimIndent(text)[1:], " ")
	if len(rest) < 3 || rest[0] != '[' || rest[2] != ']' || !strings.ContainsRune(" xX", rune(rest[1])) ||
		len(rest) > 3 && rest[3] != ' ' {
		return item{}, false
	}
	return item{text: strings.TrimSpace(rest[3:]), checked: rest[1] != ' '}, true
}

// cutNumber reads "1. text".
func cutNumber(text string) (item, bool) {
	rest := trimIndent(text)
	tail := strings.TrimLeft(rest, "0123456789")
	if tail == rest || len(tail) < 2 || tail[0] != '.' && tail[0] != ')' || tail[1] != ' ' {
		return item{}, false
	}
	return item{text: strings.TrimSpace(tail[1:])}, true
}

// unquote removes the > of quoted lines.
func unquote(lines []line) []line {
	out := make([]line, len(lines))
	for i, l := range lines {
		text := strings.TrimPrefix(trimIndent(l.text), ">")
		out[i] = line{strings.TrimPrefix(text, " "), l.no}
	}
	return out
}

// join makes Markdown of lines again, without blank lines around.
func join(lines []line) []byte {
	for len(lines) > 0 && strings.TrimSpace(lines[0].text) == "" {
		lines = lines[1:]
	}
	trimmed := strings.TrimRight(text(lines), " \t\n")
	if trimmed == "" {
		return nil
	}
	return []byte(trimmed + "\n")
}

// text is the lines as they stood in the file.
func text(lines []line) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
	return b.String()
}
