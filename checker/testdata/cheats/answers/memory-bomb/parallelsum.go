// kata: parallel-sum
// want: unbounded|timeout
// Keeps memory until there is no more.
package parallelsum

var kept [][]byte

// Sum cheats.
func Sum(xs []float64, kernel func(float64) float64) float64 {
	for {
		block := make([]byte, 64<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		kept = append(kept, block)
	}
}
