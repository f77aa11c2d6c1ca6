// Package unevenrows is wrong: it puts the rows together in the order in which
// they are done, and the short ones are done first.
package unevenrows

// Mandelbrot draws each row in a goroutine of its own.
func Mandelbrot(width, height, maxIter int) []byte {
	rows := make(chan []byte)
	for y := range height {
		go func() {
			row := make([]byte, width)
			for x := range row {
				row[x] = pixel(x, y, width, height, maxIter)
			}
			rows <- row
		}()
	}
	image := make([]byte, 0, width*height)
	for range height {
		image = append(image, <-rows...)
	}
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
