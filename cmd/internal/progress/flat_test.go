package progress

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFlatReadsWhatEncodeWrites(t *testing.T) {
	f := flat{words: map[string]string{}}
	for _, want := range oneOfEach() {
		line, err := want.encode()
		if err != nil {
			t.Fatal(err)
		}
		var got Event
		if want.Questions != nil {
			continue // a list, of which there are few
		}
		if !f.event([]byte(strings.TrimSuffix(string(line), "\n")), &got) {
			t.Errorf("not read: %s", line)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	}
}

func FuzzFlatAgreesWithEncodingJSON(f *testing.F) {
	for _, e := range oneOfEach() {
		line, err := e.encode()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	for _, line := range []string{
		``, `{`, `{}`, `{"id":"a"`, `{"id":"a"}x`, `{"id":"a",}`, `{"ID":"a"}`, `{"id":"\u0061"}`, `{"id":"a","id":"b"}`, `{"id":null}`,
		`{"hint":0}`, `{"hint":01}`, `{"hint":-1}`, `{"hint":1.5}`, `{"hint":123456789}`, `{"hint":12345678901234567890}`,
		`{"score":1e3}`, `{"score":.5}`, `{"score":5.}`, `{"score":00.5}`, `{"score":1.2.3}`, `{"score":` + strings.Repeat("9", 400) + `}`,
		`{"speedup":null}`, `{"speedup":1,"speedup":null}`, `{"right":true,"right":false}`, `{"right":1}`, `{"at":"2026-03-01T12:00:00,5Z"}`,
		`{"at":"2026-03-01T12:00:00+01:00"}`, `{"kata":"é"}`, "{\"kata\":\"a\tb\"}", `{"elapsed_ms":7}`, `{"new":1}`,
	} {
		f.Add([]byte(line))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		var got, want Event
		reader := flat{words: map[string]string{}}
		if !reader.event(line, &got) {
			return // encoding/json reads it
		}
		if err := json.Unmarshal(line, &want); err != nil {
			t.Fatalf("read %q, which encoding/json refuses: %v", line, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q: %s", line, diff)
		}
	})
}
