package lifebarrier

import (
	"slices"
	"strings"
	"testing"
)

// cells reads a grid from lines, in which # is a cell that lives.
func cells(lines ...string) []byte {
	var grid []byte
	for _, c := range strings.Join(lines, "") {
		grid = append(grid, byte(strings.IndexRune(".#", c)))
	}
	return grid
}

func TestABlinkerTurns(t *testing.T) {
	upright := cells(
		".....",
		"..#..",
		"..#..",
		"..#..",
		".....",
	)
	level := cells(
		".....",
		".....",
		".###.",
		".....",
		".....",
	)
	for generations, want := range [][]byte{upright, level, upright, level} {
		if got := Step(upright, 5, 5, generations); !slices.Equal(got, want) {
			t.Errorf("after %d generations: got %v, want %v", generations, got, want)
		}
	}
}

// A glider moves by one row and one column in four generations, over the edges
// as everywhere.
func TestAGliderComesBack(t *testing.T) {
	glider := cells(
		".#......",
		"..#.....",
		"###.....",
		"........",
		"........",
		"........",
		"........",
		"........",
	)
	start := slices.Clone(glider)
	if got := Step(start, 8, 8, 4*8); !slices.Equal(got, glider) {
		t.Errorf("after 32 generations on a grid of 8 x 8: got %v, want %v as at the beginning", got, glider)
	}
	if !slices.Equal(start, glider) {
		t.Errorf("the grid that was passed in has changed")
	}
}
