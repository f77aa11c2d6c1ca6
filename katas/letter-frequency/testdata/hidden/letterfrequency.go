// Package hidden holds the cases and the workload of letter-frequency.
package hidden

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"check/probe"
	letterfrequency "check/solution"
)

// Suite lists corner cases, texts that are easy to cut in a wrong place, and
// texts of which one is longer than all others together.
func Suite() probe.Suite {
	return probe.Suite{
		Cases: []probe.Case{
			{Name: "no texts", New: fixed(nil)},
			{Name: "an empty list of texts", New: fixed([]string{})},
			{Name: "one empty text", New: fixed([]string{""})},
			{Name: "only empty texts", New: fixed(make([]string, 100))},
			{Name: "one letter", New: fixed([]string{"é"})},
			{Name: "upper and lower case, digits, spaces", New: fixed([]string{"Aa Bb", "a1 1\n"})},
			{Name: "the same text twice", New: fixed([]string{"Rosen", "Rosen"})},
			{Name: "empty texts between others", New: fixed([]string{"", "x", "", "yx", ""})},
			{Name: "bytes that are not UTF-8", New: fixed([]string{"a\xffb\xe2\x82", "\x80\x80", "\ufffd", "\xed\xa0\x80"})},
			{Name: "half a letter at the end, half at the beginning", New: fixed([]string{"\xe2\x82", "\xac"})},
			{Name: "many short texts", New: many},
			{Name: "one long text of long letters", New: long("aß€𝄞")},
			{Name: "one long text of four-byte letters", New: long("𝄞𝅘𝅥𝅮🙂")},
			{Name: "one long text of broken letters", New: broken},
			{Name: "one long text of one byte that begins no letter", New: fixed([]string{strings.Repeat("\x80", 100_000)})},
		},
		Workloads: []probe.Case{{Name: "17 texts", New: timed}},
	}
}

// task counts texts. Letters are written in order, with their counts.
func task(input string, texts []string) probe.Task {
	var got letterfrequency.FreqMap
	return probe.Task{
		Input: input,
		Run:   func() { got = letterfrequency.ConcurrentFrequency(texts) },
		Output: func() string {
			var b strings.Builder
			fmt.Fprintf(&b, "%d different letters", len(got))
			for _, r := range slices.Sorted(maps.Keys(got)) {
				fmt.Fprintf(&b, "\n%U %d", r, got[r])
			}
			return b.String()
		},
	}
}

func fixed(texts []string) func(*rand.Rand) probe.Task {
	return func(*rand.Rand) probe.Task {
		input := fmt.Sprintf("%d texts", len(texts))
		if len(texts) < 10 {
			input = fmt.Sprintf("texts %.60q", texts)
		}
		return task(input, texts)
	}
}

func many(r *rand.Rand) probe.Task {
	texts := make([]string, 2000)
	for i := range texts {
		texts[i] = text(r, "abcdefgäöü日本語", r.IntN(12))
	}
	return task("2000 texts of up to 11 letters", texts)
}

// long makes one text of more than 100 KB, with a first part of random length,
// so that a cut at any fixed number of bytes falls into letters.
func long(alphabet string) func(*rand.Rand) probe.Task {
	return func(r *rand.Rand) probe.Task {
		head := strings.Repeat("x", r.IntN(7))
		return task("one text of 60000 letters of "+alphabet, []string{head + text(r, alphabet, 60_000)})
	}
}

func text(r *rand.Rand, alphabet string, letters int) string {
	runes := []rune(alphabet)
	out := make([]rune, letters)
	for i := range out {
		out[i] = runes[r.IntN(len(runes))]
	}
	return string(out)
}

// broken is made of beginnings, middles and ends of letters, some of which
// happen to fit.
func broken(r *rand.Rand) probe.Task {
	parts := []string{"a", "\xc3", "\xa9", "\xe2", "\x82", "\xe2\x82", "\xac", "€", "\xf0\x9d", "\x84\x9e", "\xff", "\xed\xa0\x80", "\xc0\x80"}
	var b strings.Builder
	for b.Len() < 120_000 {
		b.WriteString(parts[r.IntN(len(parts))])
	}
	return task("one text of 120000 bytes, most of them broken UTF-8", []string{b.String()})
}

// timed makes one text of 2 MB and 16 of 30 KB. The long one comes first, the
// best place for a goroutine that has to count it alone.
func timed(r *rand.Rand) probe.Task {
	words := vocabulary(r)
	texts := []string{prose(r, words, 2<<20)}
	for range 16 {
		texts = append(texts, prose(r, words, 30<<10))
	}
	return task("one text of 2 MB and 16 of 30 KB", texts)
}

// vocabulary makes 256 words, so that a text can be put together quickly.
func vocabulary(r *rand.Rand) []string {
	words := make([]string, 256)
	for i := range words {
		words[i] = text(r, "  eeeeaaattinos.rhldcumfpgwybvkxjqzABCDEÄäöüßéñ", 16+r.IntN(16))
	}
	return words
}

func prose(r *rand.Rand, words []string, size int) string {
	var b strings.Builder
	b.Grow(size + 512) // eight words more than needed, at most
	for b.Len() < size {
		for bits, n := r.Uint64(), 0; n < 8; n++ {
			b.WriteString(words[byte(bits)])
			bits >>= 8
		}
	}
	return b.String()[:size]
}
