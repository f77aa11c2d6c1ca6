package cli

import (
	"slices"
	"strings"
)

// nearest lists the names that a mistyped word most likely meant, best first,
// at most three: those that begin with it, and those within a third of its
// letters by edit distance.
func nearest(word string, names []string) []string {
	type candidate struct {
		name     string
		distance int
	}
	var found []candidate
	word = strings.ToLower(word)
	for _, name := range names {
		d := distance(word, strings.ToLower(name))
		if len(word) >= 2 && (strings.HasPrefix(name, word) || strings.HasPrefix(word, name)) {
			d = min(d, 1)
		}
		if d <= max(2, len([]rune(name))/3) && d < len([]rune(name)) {
			found = append(found, candidate{name, d})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.distance - b.distance })
	var out []string
	for _, c := range found {
		if !slices.Contains(out, c.name) && len(out) < 3 {
			out = append(out, c.name)
		}
	}
	return out
}

// distance counts the letters to insert, delete, replace or swap with their
// neighbour to get from a to b.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := make([][]int, len(s)+1)
	for i := range rows {
		rows[i] = make([]int, len(t)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(s); i++ {
		for j := 1; j <= len(t); j++ {
			change := 1
			if s[i-1] == t[j-1] {
				change = 0
			}
			rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+change)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(s)][len(t)]
}

// unknown is the error for a word that names nothing: it says the nearest
// names, or where the names are listed.
func unknown(what, word string, names []string, list string) error {
	switch near := nearest(word, names); len(near) {
	case 0:
		return usage(list, "no %s is called %q", what, word)
	case 1:
		return usage("Did you mean "+near[0]+"?", "no %s is called %q", what, word)
	default:
		last := len(near) - 1
		return usage("Did you mean "+strings.Join(near[:last], ", ")+" or "+near[last]+"?",
			"no %s is called %q", what, word)
	}
}
