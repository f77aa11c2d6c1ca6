package prompt

import (
	"io"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sent is a byteSource: bursts of bytes, with a pause after each.
type sent struct {
	bursts []string
	waits  []time.Duration
}

func (s *sent) readByte(wait time.Duration) (byte, bool, error) {
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
	char := func(r rune) key { return key{kind: keyRune, r: r} }
	for _, c := range []struct {
		name   string
		bursts []string
		want   []key
	}{
		{"letters", []string{"aé並"}, []key{char('a'), char('é'), char('並')}},
		{"Enter, either way", []string{"\r\n"}, []key{{kind: keyEnter}, {kind: keyEnter}}},
		{"arrows", []string{"\x1b[A\x1b[B\x1bOC\x1bOD"}, []key{{kind: keyUp}, {kind: keyDown}, {kind: keyRight}, {kind: keyLeft}}},
		{"Home and End in their spellings", []string{"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~"},
			[]key{{kind: keyHome}, {kind: keyEnd}, {kind: keyHome}, {kind: keyEnd}, {kind: keyHome}, {kind: keyEnd}}},
		{"Delete", []string{"\x1b[3~"}, []key{{kind: keyDelete}}},
		{"Escape alone, then an arrow's letters", []string{"\x1b", "[A"}, []key{{}, char('['), char('A')}},
		{"Escape and Enter", []string{"\x1b\r"}, []key{{}, {kind: keyEnter}}},
		{"Alt and a letter", []string{"\x1bxa"}, []key{{}, char('a')}},
		{"an arrow with Ctrl", []string{"\x1b[1;5Ca"}, []key{{kind: keyRight}, char('a')}},
		{"a function key", []string{"\x1b[15~a"}, []key{{}, char('a')}},
		{"a sequence that breaks off", []string{"\x1b[1;", "a"}, []key{{}, char('a')}},
		{"a very long sequence", []string{"\x1b[1111111111111111111111~a"}, []key{{}, char('a')}},
		{"a character that breaks off", []string{"\xe4\xb8", "a"}, []key{char('\ufffd'), char('a')}},
		{"a character broken by a letter", []string{"\xe4a"}, []key{char('\ufffd'), char('a')}},
		{"a stray continuation", []string{"\xbfa"}, []key{char('\ufffd'), char('a')}},
		{"pasted text", []string{"\x1b[200~a\r\x1b[201~b"}, []key{
			{pasted: true}, {kind: keyRune, r: 'a', pasted: true}, {kind: keyEnter, pasted: true}, {}, char('b')}},
		{"Ctrl-C ends a paste", []string{"\x1b[200~\x03a"}, []key{{pasted: true}, {kind: keyInterrupt}, char('a')}},
		{"Ctrl-D", []string{"\x04"}, []key{{kind: keyEOF}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			k := keyReader{src: &sent{bursts: c.bursts}}
			for i, want := range append(c.want, key{kind: keyEOF}) {
				got, err := k.next()
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(want, got, cmp.AllowUnexported(key{})); diff != "" {
					t.Fatalf("key %d: %s", i, diff)
				}
			}
		})
	}
}

func TestKeysTakeNoByteOfTheNextOne(t *testing.T) {
	src := &sent{bursts: []string{"\x1b[Bab"}}
	k := keyReader{src: src}
	if _, err := k.next(); err != nil || src.bursts[0] != "ab" {
		t.Errorf("left: %q, %v", src.bursts, err)
	}
}

func TestOnlyTheFirstByteOfAKeyIsWaitedForWithoutEnd(t *testing.T) {
	src := &sent{bursts: []string{"\x1b[B"}}
	k := keyReader{src: src}
	if _, err := k.next(); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]time.Duration{-1, escapeWait, escapeWait}, src.waits); diff != "" {
		t.Error(diff)
	}
}

func FuzzKeysComeToAnEnd(f *testing.F) {
	f.Add("\x1b[200~\x1b[A\xe4\x1b\x1b[")
	f.Fuzz(func(t *testing.T, typed string) {
		k := keyReader{src: &sent{bursts: []string{typed}}}
		// No byte gives more than one key, and one more than that is read ahead.
		for range len(typed) + 2 {
			got, err := k.next()
			if err != nil {
				t.Fatal(err)
			}
			if got.kind == keyEOF && len(k.ahead) == 0 && len(k.src.(*sent).bursts) == 0 {
				return
			}
		}
		t.Fatalf("%q gives keys without end", typed)
	})
}
