package member

import (
	"encoding/json"
	"testing"
)

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{}`, `[]`,
		`{"id":"a","url":"https://h:1","code":"K7QF-MPXT","token":"AAAAAAAAAAAAAAAAAAAAAA"}`,
		`{"id":"a","url":"https://h:1/x","code":"#","token":"a\r\nb"}`,
		`{"member":"a","at":"2026-01-01T00:00:00Z","told":{"seq":1,"now":"2026-01-01T00:00:00Z","poll":{"id":1,"options":["a"]},"tally":[1]}}`,
		`{"at":"2026-01-01T00:00:00Z","result":{"id":"abcdefgh","kind":"read","item":"a","curve":{"2":1.5},"report":{}}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := decodeMember(b); err == nil {
			again(t, m, decodeMember)
			if c := m.Client(); c.Address != m.Address() {
				t.Errorf("a client of %+v", c.Address)
			}
		}
		if h, err := decodeHeard(b); err == nil {
			again(t, h, decodeHeard)
			_ = h.Told.Poll.Open(h.Now(h.At))
		}
		if w, err := decodeWaiting(b); err == nil {
			again(t, w, decodeWaiting)
		}
	})
}

// again requires that what was read can be written and read.
func again[T any](t *testing.T, v *T, decode func([]byte) (*T, error)) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%+v cannot be written: %v", v, err)
	}
	if _, err := decode(b); err != nil {
		t.Fatalf("%s cannot be read: %v", b, err)
	}
}
