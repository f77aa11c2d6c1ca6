package unevenrows

import (
	"bytes"
	"runtime"
	"testing"
)

func TestASmallImage(t *testing.T) {
	want := []string{
		"99999999999999999999999975",
		"14445699999999999999999995",
		"13444557999999999999999995",
		"13333447666779999999999995",
		"12333333455566999999999995",
		"11233333334445999999997764",
		"11223333333444456999965443",
		"11122333333334445589744433",
	}
	got := Mandelbrot(26, 8, 9)
	if len(got) != 26*8 {
		t.Fatalf("Mandelbrot(26, 8, 9) has %d pixels, want %d", len(got), 26*8)
	}
	for y, row := range want {
		for x := range row {
			if g, w := got[y*26+x], row[x]-'0'; g != w {
				t.Errorf("pixel in column %d of row %d: got %d, want %d", x, y, g, w)
			}
		}
	}
}

func TestTheImageIsTheSameAtEveryGOMAXPROCS(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := Mandelbrot(60, 40, 300)
	for _, procs := range []int{2, 4, 8} {
		runtime.GOMAXPROCS(procs)
		if got := Mandelbrot(60, 40, 300); !bytes.Equal(got, want) {
			t.Errorf("GOMAXPROCS=%d: another image than at 1", procs)
		}
	}
}
