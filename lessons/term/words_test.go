package term

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// author writes random pages of every construct, in which each visible word is
// unique: "w0001q", "w0002q", …, in the order in which they are to be read.
type author struct {
	rand  *rand.Rand
	words int
}

func (a *author) word() string {
	a.words++
	return fmt.Sprintf("w%04dq", a.words)
}

// prose is inline Markdown without a newline.
func (a *author) prose() string {
	var parts []string
	for range 1 + a.rand.IntN(12) {
		switch a.rand.IntN(12) {
		case 0:
			parts = append(parts, "*"+a.word()+"*")
		case 1:
			parts = append(parts, "**"+a.word()+" *"+a.word()+"***")
		case 2:
			parts = append(parts, "`"+a.word()+" "+a.word()+"`")
		case 3:
			parts = append(parts, "["+a.word()+"](https://"+a.word()+")")
		case 4:
			parts = append(parts, "!["+a.word()+"](picture.png)")
		case 5:
			parts = append(parts, "<https://"+a.word()+">")
		case 6:
			parts = append(parts, "<b>"+a.word()+"</b>")
		case 7:
			parts = append(parts, `\*`+a.word()+"&amp;並行"+a.word()+"性")
		default:
			parts = append(parts, a.word())
		}
	}
	return strings.Join(parts, " ")
}

// code is lines of which some are wider than any screen.
func (a *author) code() string {
	var b strings.Builder
	for range 1 + a.rand.IntN(3) {
		b.WriteString("\t// ")
		for range 1 + a.rand.IntN(25) {
			b.WriteString(a.word() + " ")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// block is one block, with more in it where depth is left.
func (a *author) block(depth int) string {
	kinds := 11
	if depth == 0 {
		kinds = 7
	}
	switch a.rand.IntN(kinds) {
	case 0:
		return strings.Repeat("#", 1+a.rand.IntN(4)) + " " + a.prose() + "\n"
	case 1:
		return "```go run=a.go\n" + a.code() + "```\n"
	case 2:
		return "```output of=a.go\n" + a.code() + "```\n"
	case 3:
		return a.table()
	case 4:
		return "<div>\n" + a.word() + "\n</div>\n"
	case 5, 6:
		return a.prose() + "\n" + a.prose() + "  \n" + a.prose() + "\n"
	case 7:
		return indent("> ", "> ", a.blocks(depth-1))
	case 8:
		return indent("> ", "> ", "[!TRY]\n"+a.blocks(depth-1))
	case 9:
		return indent("- ", "  ", "[ ] "+a.prose()+"\n\n"+a.blocks(depth-1)) + indent("- ", "  ", a.blocks(depth-1))
	default:
		return indent("1. ", "   ", a.prose()+"\n"+indent("- ", "  ", a.prose()+"\n")) +
			indent("2. ", "   ", a.blocks(depth-1))
	}
}

func (a *author) table() string {
	columns := 1 + a.rand.IntN(9)
	var b strings.Builder
	row := func() {
		for range columns {
			b.WriteString("| " + a.prose() + " ")
		}
		b.WriteString("|\n")
	}
	row()
	b.WriteString(strings.Repeat("|---", columns) + "|\n")
	for range a.rand.IntN(3) {
		row()
	}
	return b.String()
}

func (a *author) blocks(depth int) string {
	var b strings.Builder
	for range 1 + a.rand.IntN(4) {
		b.WriteString(a.block(depth) + "\n<!-- -->\n\n") // which ends a list or a table
	}
	return b.String()
}

func indent(first, rest, s string) string {
	lines := strings.Split(strings.TrimRight(s, "\n"), "\n")
	for i := range lines {
		if i == 0 {
			lines[i] = first + lines[i]
		} else {
			lines[i] = rest + lines[i]
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestNoWordIsLost holds for random pages, at every width and in every mode:
// each word of the source is on the screen; in order, except in tables, whose
// columns stand side by side.
func TestNoWordIsLost(t *testing.T) {
	for seed := range uint64(40) {
		a := &author{rand: rand.New(rand.NewPCG(seed, 0))}
		src := a.blocks(3)
		tables := strings.Contains(src, "|---")
		for name, o := range modes {
			for _, o.Width = range []int{40, 60, 80, 120} {
				plain, _ := splitEscapes(render(t, []byte(src), o))
				checkWidth(t, plain, o.Width)
				screen := alphanumeric(plain)
				at := 0
				for i := 1; i <= a.words; i++ {
					word := fmt.Sprintf("w%04dq", i)
					found := strings.Index(screen[at:], word)
					if found < 0 {
						t.Fatalf("seed %d, %s, %d columns: %s is lost or out of order in\n%s\nof\n%s", seed, name, o.Width, word, plain, src)
					}
					if !tables {
						at += found + len(word)
					}
				}
			}
		}
	}
}

// alphanumeric is the letters and digits of s, so that a word which the end of
// a line cuts is one again.
func alphanumeric(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func checkWidth(t *testing.T, page string, width int) {
	t.Helper()
	for line := range strings.Lines(page) {
		if w := Width(strings.TrimSuffix(line, "\n")); w > width {
			t.Errorf("a line of %d columns on a screen of %d: %q", w, width, line)
		}
	}
}
