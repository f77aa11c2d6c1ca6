package pages

import (
	"fmt"
	"html/template"

	"rsc.io/qr"
)

// quietZone is the light border that readers of QR codes need, in modules.
const quietZone = 4

// QR draws a text as a QR code: always dark on light, as phones want it; nothing
// where the text is too long to be one.
func QR(text, label string) template.HTML {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return ""
	}
	side := code.Size + 2*quietZone
	var d drawing
	d.open(side, side, "qr", "img", label)
	fmt.Fprintf(&d, `<rect width="%d" height="%d" fill="#fff"/><path fill="#000" shape-rendering="crispEdges" d="`, side, side)
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for code.Black(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&d, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	d.WriteString(`"/>`)
	return d.close()
}
