package cli

import (
	"strings"
	"testing"

	"rsc.io/qr"
)

// Read back cell by cell, the drawing is the code, in windows of either kind.
func TestTheDrawnCodeIsTheCode(t *testing.T) {
	const text = "https://192.168.1.5:8443/#K7QF-MPXT"
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	for _, darkText := range []bool{false, true} {
		lines := qrLines(text, darkText)
		if len(lines) > 22 {
			t.Errorf("%d lines do not fit a window of 24", len(lines))
		}
		for y := range code.Size + 8 {
			row := []rune(lines[y/2])
			if len(row) != code.Size+8 {
				t.Fatalf("line %d has %d cells", y/2, len(row))
			}
			for x, cell := range row {
				filled := strings.ContainsRune([]string{"█▀", "█▄"}[y%2], cell)
				if dark := filled == darkText; dark != code.Black(x-4, y-4) {
					t.Fatalf("dark text %v: module %d, %d is %v", darkText, x-4, y-4, dark)
				}
			}
		}
	}
	if lines := qrLines(strings.Repeat("x", 10_000), false); lines != nil {
		t.Error("too long a text gave a drawing")
	}
}
