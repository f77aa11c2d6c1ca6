// Package review says when a question should be asked again. It holds the
// algorithm FSRS-6 (free spaced repetition scheduler), with the parameters that
// its authors fitted to some hundred million reviews, and no clock: times come
// from the log of answers.
//
// FSRS describes what somebody remembers by two figures. Stability is the number
// of days after which they still know the answer with a probability of 90 %.
// Difficulty, from 1 to 10, says how slowly stability grows. Each answer moves
// both. Source: github.com/open-spaced-repetition/fsrs4anki, wiki, The Algorithm.
package review

import "math"

// Grade is how well an answer was known.
type Grade int

const (
	Again Grade = iota + 1 // not known
	Hard                   // known in part
	Good
	Easy
)

// Memory is what an answer leaves behind. The zero Memory is that of a question
// never asked.
type Memory struct {
	Stability  float64 // days, from 0.001 to 36500
	Difficulty float64 // from 1 to 10
}

const (
	leastStability = 0.001
	mostStability  = 36_500
	mostInterval   = 36_500 // days
)

// w are the default parameters of FSRS-6.
var w = [21]float64{
	0.212, 1.2931, 2.3065, 8.2956, // stability after the first answer, by grade
	6.4133, 0.8334, 3.0194, 0.001, // difficulty
	1.8722, 0.1666, 0.796, // stability after it was known
	1.4835, 0.0614, 0.2629, 1.6483, // and after it was not
	0.6014, 1.8729, // hard, easy
	0.5425, 0.0912, 0.0658, // again on the same day
	0.1542, // decay
}

// factor makes Recall 0.9 after as many days as the stability.
var factor = math.Pow(0.9, -1/w[20]) - 1

// Recall is the probability that the answer is still known after days, which
// may not be negative.
func (m Memory) Recall(days float64) float64 {
	if m == (Memory{}) {
		return 0
	}
	return math.Pow(1+factor*days/m.Stability, -w[20])
}

// Interval is after how many days, 1 at least, Recall has fallen to the given
// probability, which must be above 0 and at most 1.
func (m Memory) Interval(recall float64) int {
	days := m.Stability * (math.Pow(recall, -1/w[20]) - 1) / factor
	return int(min(max(1, math.Round(days)), mostInterval))
}

// Next is the memory after an answer, given so many whole days after the last
// one; 0 is the same day.
func (m Memory) Next(days int, g Grade) Memory {
	if m == (Memory{}) {
		return Memory{Stability: w[g-1], Difficulty: min(max(startDifficulty(g), 1), 10)}
	}
	recall := m.Recall(float64(days))
	var s float64
	switch {
	case days == 0:
		s = m.sameDay(g)
	case g == Again:
		s = min(m.forgotten(recall), m.Stability/math.Exp(w[17]*w[18]))
	default:
		s = m.remembered(recall, g)
	}
	return Memory{
		Stability:  min(max(s, leastStability), mostStability),
		Difficulty: m.harder(g),
	}
}

func startDifficulty(g Grade) float64 { return w[4] - math.Exp(float64(g-1)*w[5]) + 1 }

// harder is the difficulty after an answer: less room is left near 10, and it
// tends to where easy answers begin.
func (m Memory) harder(g Grade) float64 {
	d := m.Difficulty - w[6]*float64(g-Good)*(10-m.Difficulty)/9
	return min(max(w[7]*startDifficulty(Easy)+(1-w[7])*d, 1), 10)
}

func (m Memory) sameDay(g Grade) float64 {
	grows := math.Pow(m.Stability, -w[19]) * math.Exp(w[17]*(float64(g-Good)+w[18]))
	if g >= Hard {
		grows = max(grows, 1)
	}
	return m.Stability * grows
}

func (m Memory) forgotten(recall float64) float64 {
	return w[11] * math.Pow(m.Difficulty, -w[12]) * (math.Pow(m.Stability+1, w[13]) - 1) * math.Exp((1-recall)*w[14])
}

func (m Memory) remembered(recall float64, g Grade) float64 {
	by := 1.0
	switch g {
	case Hard:
		by = w[15]
	case Easy:
		by = w[16]
	}
	return m.Stability * (1 + math.Exp(w[8])*(11-m.Difficulty)*math.Pow(m.Stability, -w[9])*(math.Exp((1-recall)*w[10])-1)*by)
}
