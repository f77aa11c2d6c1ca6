// Package unevenrows is wrong: two workers share the rows evenly, and a machine
// with more than two CPUs has nothing for the others to do.
package unevenrows

import "sync"

// Mandelbrot hands the rows to two workers.
func Mandelbrot(width, height, maxIter int) []byte {
	image := make([]byte, width*height)
	rows := make(chan int, height) // nobody waits for who hands out
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			for y := range rows {
				for x := range width {
					image[y*width+x] = pixel(x, y, width, height, maxIter)
				}
			}
		})
	}
	for y := range height {
		rows <- y
	}
	close(rows)
	wg.Wait()
	return image
}

// The part of the plane that is drawn: real numbers from left to right,
// imaginary numbers from top to bottom.
const (
	left, right = -2.0, 0.6
	top, bottom = 0.0, -1.1
)

// pixel returns how many steps of z = z*z + c, from z = 0, leave |z| at most 2:
// maxIter at most, and 255 at most. c is the point that pixel (x, y) stands for.
// The conversions to float64 keep the compiler from fusing a product and a sum
// into one operation, which rounds once instead of twice: so every processor
// gives the same bits.
func pixel(x, y, width, height, maxIter int) byte {
	re := left + (right-left)*float64(x)/float64(width)
	im := top + (bottom-top)*float64(y)/float64(height)
	zr, zi, n := 0.0, 0.0, 0
	for ; n < maxIter; n++ {
		rr, ii := float64(zr*zr), float64(zi*zi)
		if rr+ii > 4 {
			break
		}
		zr, zi = rr-ii+re, float64(2*zr*zi)+im
	}
	return byte(min(n, 255))
}
