package term

// style is the parameters of an SGR sequence, such as "1;36"; "" is no style.
type style string

// theme is the style of each element. Colours are of the sixteen that people
// set up to be readable on their background, and nothing is told by colour
// alone.
type theme struct {
	heading, strong, emphasis, code, url style
	faint                                style // rules, bars, gutters, marks
	interview, myth, note, try           style
	keyword, text, number, comment       style // of Go code
}

// themeOf is the theme that o asks for; without colour, one of no styles.
func themeOf(o Options) theme {
	if !o.Color {
		return theme{}
	}
	t := theme{
		heading: "1", strong: "1", emphasis: "3", url: "4",
		faint: "2", comment: "2", code: "36",
		interview: "1;35", myth: "1;33", note: "1;36", try: "1;32",
		keyword: "35", text: "32", number: "33",
	}
	if o.Light {
		t.code, t.note = "34", "1;34"
		t.myth, t.number = "1;31", "31"
	}
	return t
}

// glyphs are the characters that this package draws with, one column each.
type glyphs struct {
	rule, double   string    // a thematic break; the line below a first heading
	quote, callout string    // bars
	output         string    // gutter of program output
	bullets        [2]string // of lists, outer and inner
	column, cross  string    // of tables: between columns, in the line below the header
	continued      string    // a line that was too wide goes on
	unknownControl string    // a control character that has no picture
}

func glyphsOf(o Options) glyphs {
	if o.Plain {
		return glyphs{
			rule: "-", double: "=", quote: "|", callout: "|", output: "|",
			bullets: [2]string{"-", "*"}, column: "|", cross: "+",
			continued: `\`, unknownControl: "?",
		}
	}
	return glyphs{
		rule: "─", double: "─", quote: "│", callout: "┃", output: "│",
		bullets: [2]string{"•", "◦"}, column: "│", cross: "┼",
		continued: "↪", unknownControl: "\uFFFD",
	}
}
