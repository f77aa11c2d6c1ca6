package workshop

import (
	"encoding/json"
	"errors"
	"runtime"
	"strings"
	"testing"
)

// A list that is far too long is no more memory than its text.
func TestALongListOfResultsIsNotTakenIn(t *testing.T) {
	text := []byte(`{"results":[` + strings.Repeat("{},", MaxBody/3-10) + `{}]}`)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var q ResultsRequest
	err := json.Unmarshal(text, &q)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, ErrTooMany) || len(q.Results) > MaxResults {
		t.Errorf("%d results, %v", len(q.Results), err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 4*MaxBody {
		t.Errorf("%d bytes were allocated for a text of %d", used, len(text))
	}
}

func TestResultsAreAList(t *testing.T) {
	for text, want := range map[string]int{`{}`: 0, `{"results":null}`: 0, `{"results":[]}`: 0, `{"results":[{"id":"a"},{}]}`: 2} {
		var q ResultsRequest
		if err := json.Unmarshal([]byte(text), &q); err != nil || len(q.Results) != want {
			t.Errorf("%s: %d, %v", text, len(q.Results), err)
		}
	}
	for _, text := range []string{`{"results":{}}`, `{"results":7}`, `{"results":[1]}`, `{"results":["a"]}`, `{"results":[{]}`} {
		var q ResultsRequest
		if json.Unmarshal([]byte(text), &q) == nil {
			t.Errorf("%s is taken", text)
		}
	}
}
