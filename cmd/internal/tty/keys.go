// Package tty reads a terminal key by key.
//
// What the terminal sends is bytes; a Reader cuts them into keys. A Keyboard
// does so in the background, while the program does other things, and tells of
// the window's size and of being stopped and continued as well. It leaves the
// terminal as it found it.
package tty

import (
	"io"
	"time"
	"unicode/utf8"
)

// Kind names a key; Char is one that writes a character.
type Kind int

const (
	None Kind = iota // a key that means nothing here
	Char
	Enter
	Tab
	Interrupt
	EOF
	Up
	Down
	Left
	Right
	Home
	End
	Delete
	Backspace
	DeleteWord
	DeleteLine
	DeleteRest
	PageUp
	PageDown
	Escape
	Suspend
	pasteBegin
	pasteEnd
)

// Key is one key.
type Key struct {
	Kind   Kind
	Rune   rune // of Char
	Pasted bool // by the terminal, not typed
}

// Source gives what the terminal sends. Ok is false where nothing came
// within wait; a wait below zero has no end.
type Source interface {
	Byte(wait time.Duration) (b byte, ok bool, err error)
}

// escapeWait is how long the rest of a key's sequence may take: longer than a
// slow connection stutters, shorter than a person notices.
const escapeWait = 50 * time.Millisecond

// Reader cuts what a terminal sends into keys. It takes no byte that
// belongs to the next key, so that what was typed ahead stays for whoever asks
// next.
type Reader struct {
	Source  Source
	ahead   []byte // taken to look at, and not used
	pasting bool
}

// Next waits for a key. The error is that of the source; io.EOF is given as
// the key that stands for it.
func (k *Reader) Next() (Key, error) {
	got, err := k.one()
	if err == io.EOF {
		return Key{Kind: EOF}, nil
	}
	switch got.Kind {
	case pasteBegin:
		k.pasting, got.Kind = true, None
	case pasteEnd:
		k.pasting, got.Kind = false, None
	case Interrupt:
		k.pasting = false
	}
	got.Pasted = k.pasting
	return got, err
}

func (k *Reader) one() (Key, error) {
	b, _, err := k.byte(-1)
	switch {
	case err != nil:
		return Key{}, err
	case b == '\x1b':
		return k.sequence()
	case b < ' ' || b == '\x7f':
		return Key{Kind: control(b)}, nil
	case b < utf8.RuneSelf:
		return Key{Kind: Char, Rune: rune(b)}, nil
	}
	character := []byte{b}
	for !utf8.FullRune(character) {
		b, ok, err := k.byte(escapeWait)
		if err != nil {
			return Key{}, err
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
	return Key{Kind: Char, Rune: r}, nil
}

func (k *Reader) byte(wait time.Duration) (byte, bool, error) {
	if len(k.ahead) > 0 {
		b := k.ahead[0]
		k.ahead = k.ahead[1:]
		return b, true, nil
	}
	return k.Source.Byte(wait)
}

func control(b byte) Kind {
	switch b {
	case '\r', '\n':
		return Enter
	case '\t':
		return Tab
	case '\x7f', '\b':
		return Backspace
	case ctrl('C'):
		return Interrupt
	case ctrl('D'):
		return EOF
	case ctrl('P'):
		return Up
	case ctrl('N'):
		return Down
	case ctrl('B'):
		return Left
	case ctrl('F'):
		return Right
	case ctrl('A'):
		return Home
	case ctrl('E'):
		return End
	case ctrl('W'):
		return DeleteWord
	case ctrl('U'), ctrl('X'):
		return DeleteLine
	case ctrl('K'):
		return DeleteRest
	case ctrl('Z'):
		return Suspend
	}
	return None
}

func ctrl(letter byte) byte { return letter - '@' }

// sequence reads what follows an escape: a control sequence (ESC [ … final), a
// keypad key (ESC O final), or a letter typed with Alt, which means nothing.
func (k *Reader) sequence() (Key, error) {
	b, ok, err := k.byte(escapeWait)
	if err != nil {
		return Key{}, err
	}
	switch {
	case !ok:
		return Key{Kind: Escape}, nil
	case b == '[':
		return k.controlSequence()
	case b == 'O':
		final, ok, err := k.byte(escapeWait)
		if err != nil || !ok {
			return Key{}, err
		}
		return Key{Kind: arrow(final)}, nil
	case b < ' ': // Escape, then a key of its own: Ctrl-C must not get lost
		k.ahead = append(k.ahead, b)
		return Key{Kind: Escape}, nil
	}
	return Key{}, nil
}

func (k *Reader) controlSequence() (Key, error) {
	var parameter []byte
	for {
		b, ok, err := k.byte(escapeWait)
		switch {
		case err != nil || !ok:
			return Key{}, err
		case b == ctrl('C'):
			return Key{Kind: Interrupt}, nil
		case b < '@':
			if len(parameter) < 8 {
				parameter = append(parameter, b)
			}
			continue
		case b != '~':
			return Key{Kind: arrow(b)}, nil
		}
		switch string(parameter) {
		case "1", "7":
			return Key{Kind: Home}, nil
		case "4", "8":
			return Key{Kind: End}, nil
		case "3":
			return Key{Kind: Delete}, nil
		case "5":
			return Key{Kind: PageUp}, nil
		case "6":
			return Key{Kind: PageDown}, nil
		case "200":
			return Key{Kind: pasteBegin}, nil
		case "201":
			return Key{Kind: pasteEnd}, nil
		}
		return Key{}, nil
	}
}

func arrow(final byte) Kind {
	switch final {
	case 'A':
		return Up
	case 'B':
		return Down
	case 'C':
		return Right
	case 'D':
		return Left
	case 'H':
		return Home
	case 'F':
		return End
	}
	return None
}
