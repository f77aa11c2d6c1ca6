package prompt

import (
	"io"
	"time"
	"unicode/utf8"
)

// keyKind names a key; keyRune is one that writes a character.
type keyKind int

const (
	keyNone keyKind = iota // a key that means nothing here
	keyRune
	keyEnter
	keyTab
	keyInterrupt
	keyEOF
	keyUp
	keyDown
	keyLeft
	keyRight
	keyHome
	keyEnd
	keyDelete
	keyBackspace
	keyDeleteWord
	keyDeleteLine
	keyDeleteRest
	keyPasteBegin
	keyPasteEnd
)

type key struct {
	kind   keyKind
	r      rune // of keyRune
	pasted bool // by the terminal, not typed
}

// byteSource gives what the terminal sends. Ok is false where nothing came
// within wait; a wait below zero has no end.
type byteSource interface {
	readByte(wait time.Duration) (b byte, ok bool, err error)
}

// escapeWait is how long the rest of a key's sequence may take: longer than a
// slow connection stutters, shorter than a person notices.
const escapeWait = 50 * time.Millisecond

// keyReader cuts what a terminal sends into keys. It takes no byte that
// belongs to the next key, so that what was typed ahead stays for whoever asks
// next.
type keyReader struct {
	src     byteSource
	ahead   []byte // taken to look at, and not used
	pasting bool
}

// next waits for a key. The error is that of the source; io.EOF is given as
// the key that stands for it.
func (k *keyReader) next() (key, error) {
	got, err := k.one()
	if err == io.EOF {
		return key{kind: keyEOF}, nil
	}
	switch got.kind {
	case keyPasteBegin:
		k.pasting, got.kind = true, keyNone
	case keyPasteEnd:
		k.pasting, got.kind = false, keyNone
	case keyInterrupt:
		k.pasting = false
	}
	got.pasted = k.pasting
	return got, err
}

func (k *keyReader) one() (key, error) {
	b, _, err := k.byte(-1)
	switch {
	case err != nil:
		return key{}, err
	case b == '\x1b':
		return k.sequence()
	case b < ' ' || b == '\x7f':
		return key{kind: control(b)}, nil
	case b < utf8.RuneSelf:
		return key{kind: keyRune, r: rune(b)}, nil
	}
	character := []byte{b}
	for !utf8.FullRune(character) {
		b, ok, err := k.byte(escapeWait)
		if err != nil {
			return key{}, err
		}
		if !ok {
			break
		}
		if b < utf8.RuneSelf { // the character is broken off
			k.ahead = append(k.ahead, b)
			break
		}
		character = append(character, b)
	}
	r, _ := utf8.DecodeRune(character)
	return key{kind: keyRune, r: r}, nil
}

func (k *keyReader) byte(wait time.Duration) (byte, bool, error) {
	if len(k.ahead) > 0 {
		b := k.ahead[0]
		k.ahead = k.ahead[1:]
		return b, true, nil
	}
	return k.src.readByte(wait)
}

func control(b byte) keyKind {
	switch b {
	case '\r', '\n':
		return keyEnter
	case '\t':
		return keyTab
	case '\x7f', '\b':
		return keyBackspace
	case ctrl('C'):
		return keyInterrupt
	case ctrl('D'):
		return keyEOF
	case ctrl('P'):
		return keyUp
	case ctrl('N'):
		return keyDown
	case ctrl('B'):
		return keyLeft
	case ctrl('F'):
		return keyRight
	case ctrl('A'):
		return keyHome
	case ctrl('E'):
		return keyEnd
	case ctrl('W'):
		return keyDeleteWord
	case ctrl('U'), ctrl('X'):
		return keyDeleteLine
	case ctrl('K'):
		return keyDeleteRest
	}
	return keyNone
}

func ctrl(letter byte) byte { return letter - '@' }

// sequence reads what follows an escape: a control sequence (ESC [ … final), a
// keypad key (ESC O final), or a letter typed with Alt, which means nothing.
func (k *keyReader) sequence() (key, error) {
	b, ok, err := k.byte(escapeWait)
	if err != nil || !ok {
		return key{}, err
	}
	switch {
	case b == '[':
		return k.controlSequence()
	case b == 'O':
		final, ok, err := k.byte(escapeWait)
		if err != nil || !ok {
			return key{}, err
		}
		return key{kind: arrow(final)}, nil
	case b < ' ': // Escape, then a key of its own: Ctrl-C must not get lost
		k.ahead = append(k.ahead, b)
	}
	return key{}, nil
}

func (k *keyReader) controlSequence() (key, error) {
	var parameter []byte
	for {
		b, ok, err := k.byte(escapeWait)
		switch {
		case err != nil || !ok:
			return key{}, err
		case b == ctrl('C'):
			return key{kind: keyInterrupt}, nil
		case b < '@':
			if len(parameter) < 8 {
				parameter = append(parameter, b)
			}
			continue
		case b != '~':
			return key{kind: arrow(b)}, nil
		}
		switch string(parameter) {
		case "1", "7":
			return key{kind: keyHome}, nil
		case "4", "8":
			return key{kind: keyEnd}, nil
		case "3":
			return key{kind: keyDelete}, nil
		case "200":
			return key{kind: keyPasteBegin}, nil
		case "201":
			return key{kind: keyPasteEnd}, nil
		}
		return key{}, nil
	}
}

func arrow(final byte) keyKind {
	switch final {
	case 'A':
		return keyUp
	case 'B':
		return keyDown
	case 'C':
		return keyRight
	case 'D':
		return keyLeft
	case 'H':
		return keyHome
	case 'F':
		return keyEnd
	}
	return keyNone
}
