package term

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// list is a list that is open.
type list struct {
	node   *ast.List
	number int // of the next item
	digits int // of the widest number
}

func (p *page) list(n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		p.lists = p.lists[:len(p.lists)-1]
		p.leave()
		return ast.WalkContinue
	}
	node := n.(*ast.List)
	last := node.Start + node.ChildCount() - 1
	p.begin()
	p.lists = append(p.lists, list{node, node.Start, len(strconv.Itoa(last))})
	p.enter("", "", node.IsTight)
	return ast.WalkContinue
}

func (p *page) listItem(n ast.Node, entering bool) ast.WalkStatus {
	if !entering {
		p.leave()
		return ast.WalkContinue
	}
	p.begin()
	l := &p.lists[len(p.lists)-1]
	var marker string
	switch {
	case l.node.IsOrdered():
		number := strconv.Itoa(l.number)
		marker = strings.Repeat(" ", l.digits-len(number)) + number + string(l.node.Marker) + " "
		l.number++
	case isTask(n):
		marker = taskMarker(n.FirstChild().FirstChild())
	default:
		marker = p.styled(p.theme.faint, p.bullet()) + " "
	}
	if !p.enter(marker, strings.Repeat(" ", Width(marker)), l.node.IsTight) {
		p.line(marker) // a number is text, and text is never dropped
	}
	return ast.WalkContinue
}

// bullet is the mark of an item, which alternates with the depth of the list.
func (p *page) bullet() string {
	depth := 0
	for _, l := range p.lists {
		if !l.node.IsOrdered() {
			depth++
		}
	}
	return p.glyphs.bullets[(depth-1)%len(p.glyphs.bullets)]
}

// isTask says whether an item of a list starts with a box to tick.
func isTask(item ast.Node) bool {
	block := item.FirstChild()
	return block != nil && block.FirstChild() != nil &&
		block.FirstChild().Kind() == extension.KindTaskCheckBox
}

func taskMarker(n ast.Node) string {
	if n.(*extension.TaskCheckBox).IsChecked {
		return "[x] "
	}
	return "[ ] "
}

// taskCheckBox writes the box of a numbered item; elsewhere the box is the
// item's bullet.
func (p *page) taskCheckBox(n ast.Node, entering bool) ast.WalkStatus {
	if entering && (len(p.lists) == 0 || p.lists[len(p.lists)-1].node.IsOrdered()) {
		p.pen.word(taskMarker(n))
	}
	return ast.WalkContinue
}
