package verdict

import "gokata/checker/evidence"

// Bounds hold a predicted speed-up T(1)/T(p).
type Bounds struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Predicted are the numbers of CPUs that are predicted for.
var Predicted = []int{2, 4, 8, 16, 64}

// Predict gives bounds of the speed-up on as many CPUs as Predicted lists; nil
// where no trace could be read or nothing was measured.
func Predict(e evidence.Evidence) map[int]Bounds {
	return nil
}
