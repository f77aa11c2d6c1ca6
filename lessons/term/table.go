package term

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extension "github.com/yuin/goldmark/extension/ast"
)

// table is a table while its cells are collected; it is laid out at its end.
type table struct {
	align []extension.Alignment
	rows  [][][]cell // row, column, text; the first row is the header
}

func (p *page) tableBlock(n ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.begin()
		p.table = &table{align: n.(*extension.Table).Alignments}
		return ast.WalkContinue
	}
	t := p.table
	p.table = nil
	if widths := t.fit(p.room() - len(t.align)*3 + 3); widths != nil {
		p.grid(t, widths)
	} else {
		p.records(t)
	}
	return ast.WalkContinue
}

func (p *page) tableRow(_ ast.Node, entering bool) ast.WalkStatus {
	if entering {
		p.table.rows = append(p.table.rows, nil)
	}
	return ast.WalkContinue
}

func (p *page) tableCell(_ ast.Node, entering bool) ast.WalkStatus {
	last := len(p.table.rows) - 1
	if entering {
		p.pen.start()
		if last == 0 {
			p.pen.push(p.theme.heading)
		}
		return ast.WalkContinue
	}
	if last == 0 {
		p.pen.pop()
	}
	p.table.rows[last] = append(p.table.rows[last], cells(p.pen.finish()))
	return ast.WalkContinue
}

// cell is the text of one cell; one that is missing is empty.
func (t *table) cell(row, column int) []cell {
	if row >= len(t.rows) || column >= len(t.rows[row]) {
		return nil
	}
	return t.rows[row][column]
}

// grid writes the table in columns. Where a row takes several lines, a line
// between the rows keeps them apart.
func (p *page) grid(t *table, widths []int) {
	column := " " + p.styled(p.theme.faint, p.glyphs.column) + " "
	put := func(line []string) {
		p.line(strings.TrimRight(strings.Join(line, column), " "))
	}
	tall := false
	rows := make([][][]string, len(t.rows))
	for row := range t.rows {
		rows[row] = t.layOut(row, widths)
		tall = tall || row > 0 && len(rows[row]) > 1
	}
	named := !blank(rows[0])
	for row, lines := range rows {
		if row == 1 && named {
			p.line(p.ruler(widths))
		} else if row > 1 && tall {
			put(t.layOut(len(t.rows), widths)[0])
		}
		if row == 0 && !named {
			continue
		}
		for _, line := range lines {
			put(line)
		}
	}
	if len(rows) == 1 && named {
		p.line(p.ruler(widths))
	}
}

// ruler is the line below the header.
func (p *page) ruler(widths []int) string {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat(p.glyphs.rule, w)
	}
	cross := p.glyphs.rule + p.glyphs.cross + p.glyphs.rule
	return p.styled(p.theme.faint, strings.Join(parts, cross))
}

// layOut wraps the cells of a row: lines of columns, each padded to its width.
// A row behind the last is one empty line.
func (t *table) layOut(row int, widths []int) [][]string {
	var lines [][]string
	for column, width := range widths {
		for i, text := range wrap(t.cell(row, column), width) {
			if i == len(lines) {
				lines = append(lines, make([]string, len(widths)))
			}
			lines[i][column] = pad(text, width, t.align[column])
		}
	}
	for _, line := range lines {
		for column, width := range widths {
			if line[column] == "" {
				line[column] = strings.Repeat(" ", width)
			}
		}
	}
	return lines
}

func pad(text []cell, width int, align extension.Alignment) string {
	space := width - widthOf(text)
	left := 0
	switch align {
	case extension.AlignRight:
		left = space
	case extension.AlignCenter:
		left = space / 2
	}
	return strings.Repeat(" ", left) + join(text) + strings.Repeat(" ", space-left)
}

func blank(lines [][]string) bool {
	for _, line := range lines {
		if strings.TrimSpace(strings.Join(line, "")) != "" {
			return false
		}
	}
	return true
}

// records writes a table that has no room for its columns: each row as a
// block, each cell in a line behind the name of its column.
func (p *page) records(t *table) {
	for row := range t.rows {
		if row == 0 && len(t.rows) > 1 {
			continue
		}
		if row > 1 {
			p.line("")
		}
		for column := range t.align {
			text := t.cell(row, column)
			if name := t.cell(0, column); row > 0 && len(name) > 0 {
				text = append(append(append([]cell{}, name...), cells(": ")...), text...)
			}
			for i, line := range wrap(text, p.room()-2) {
				if i > 0 {
					p.line("  " + join(line))
				} else {
					p.line(join(line))
				}
			}
		}
	}
}
