package main

import (
	"encoding/binary"
	"fmt"
)

//go:noinline
func add8(a, b [8]byte) (sum [8]byte) {
	x := binary.LittleEndian.Uint64(a[:])
	y := binary.LittleEndian.Uint64(b[:])
	binary.LittleEndian.PutUint64(sum[:], x+y)
	return sum
}

func main() {
	a := [8]byte{1, 2, 3, 4, 5, 6, 7, 8}
	b := [8]byte{10, 20, 30, 40, 50, 60, 70, 80}
	fmt.Println(add8(a, b))
}
