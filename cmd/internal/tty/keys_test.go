package tty

import (
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sent is a Source: bursts of bytes, with a pause after each.
type sent struct {
	bursts []string
	waits  []time.Duration
}

func (s *sent) Byte(wait time.Duration) (byte, bool, error) {
	s.waits = append(s.waits, wait)
	for {
		if len(s.bursts) == 0 {
			return 0, false, io.EOF
		}
		if burst := s.bursts[0]; burst != "" {
			s.bursts[0] = burst[1:]
			return burst[0], true, nil
		}
		s.bursts = s.bursts[1:]
		if wait >= 0 {
			return 0, false, nil
		}
	}
}

func TestKeysAreCutFromWhatATerminalSends(t *testing.T) {
	char := func(r rune) Key { return Key{Kind: Char, Rune: r} }
	for _, c := range []struct {
		name   string
		bursts []string
		want   []Key
	}{
		{"letters", []string{"aé並"}, []Key{char('a'), char('é'), char('並')}},
		{"Enter, either way", []string{"\r\n"}, []Key{{Kind: Enter}, {Kind: Enter}}},
		{"arrows", []string{"\x1b[A\x1b[B\x1bOC\x1bOD"}, []Key{{Kind: Up}, {Kind: Down}, {Kind: Right}, {Kind: Left}}},
		{"Home and End in their spellings", []string{"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~"},
			[]Key{{Kind: Home}, {Kind: End}, {Kind: Home}, {Kind: End}, {Kind: Home}, {Kind: End}}},
		{"Delete", []string{"\x1b[3~"}, []Key{{Kind: Delete}}},
		{"Escape alone, then an arrow's letters", []string{"\x1b", "[A"}, []Key{{Kind: Escape}, char('['), char('A')}},
		{"Escape and Enter", []string{"\x1b\r"}, []Key{{Kind: Escape}, {Kind: Enter}}},
		{"Alt and a letter", []string{"\x1bxa"}, []Key{{}, char('a')}},
		{"an arrow with Ctrl", []string{"\x1b[1;5Ca"}, []Key{{Kind: Right}, char('a')}},
		{"a function key", []string{"\x1b[15~a"}, []Key{{}, char('a')}},
		{"a sequence that breaks off", []string{"\x1b[1;", "a"}, []Key{{}, char('a')}},
		{"a very long sequence", []string{"\x1b[1111111111111111111111~a"}, []Key{{}, char('a')}},
		{"a character that breaks off", []string{"\xe4\xb8", "a"}, []Key{char('\ufffd'), char('a')}},
		{"a character broken by a letter", []string{"\xe4a"}, []Key{char('\ufffd'), char('a')}},
		{"a stray continuation", []string{"\xbfa"}, []Key{char('\ufffd'), char('a')}},
		{"pasted text", []string{"\x1b[200~a\r\x1b[201~b"}, []Key{
			{Pasted: true}, {Kind: Char, Rune: 'a', Pasted: true}, {Kind: Enter, Pasted: true}, {}, char('b')}},
		{"Ctrl-C ends a paste", []string{"\x1b[200~\x03a"}, []Key{{Pasted: true}, {Kind: Interrupt}, char('a')}},
		{"pages", []string{"\x1b[5~\x1b[6~"}, []Key{{Kind: PageUp}, {Kind: PageDown}}},
		{"Ctrl-Z", []string{"\x1a"}, []Key{{Kind: Suspend}}},
		{"Ctrl-D", []string{"\x04"}, []Key{{Kind: EOF}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := Reader{Source: &sent{bursts: c.bursts}}
			for i, want := range append(c.want, Key{Kind: EOF}) {
				got, err := k.Next()
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("key %d: %s", i, diff)
				}
			}
		})
	}
}

func TestKeysTakeNoByteOfTheNextOne(t *testing.T) {
	src := &sent{bursts: []string{"\x1b[Bab"}}
	k := Reader{Source: src}
	if _, err := k.Next(); err != nil || src.bursts[0] != "ab" {
		t.Errorf("left: %q, %v", src.bursts, err)
	}
}

func TestOnlyTheFirstByteOfAKeyIsWaitedForWithoutEnd(t *testing.T) {
	src := &sent{bursts: []string{"\x1b[B"}}
	k := Reader{Source: src}
	if _, err := k.Next(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]time.Duration{-1, escapeWait, escapeWait}, src.waits); diff != "" {
		t.Error(diff)
	}
}

func FuzzKeysComeToAnEnd(f *testing.F) {
	f.Add("\x1b[200~\x1b[A\xe4\x1b\x1b[")
	f.Fuzz(func(t *testing.T, typed string) {
		k := Reader{Source: &sent{bursts: []string{typed}}}
		// No byte gives more than one key, and one more than that is read ahead.
		for range len(typed) + 2 {
			got, err := k.Next()
			if err != nil {
				t.Fatal(err)
			}
			if got.Kind == EOF && len(k.ahead) == 0 && len(k.Source.(*sent).bursts) == 0 {
				return
			}
		}
		t.Fatalf("%q gives keys without end", typed)
	})
}
