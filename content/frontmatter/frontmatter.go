// Package frontmatter reads the YAML block at the head of a Markdown file,
// strictly: a key that the target does not know, a value of the wrong type or
// a missing block is an error that names file and line.
package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Error is a mistake in a file of the course.
type Error struct {
	File string
	Line int // counts from 1
	Msg  string
}

func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Msg) }

// Decode reads the front matter of src into the struct that v points to, and
// returns the Markdown after it with the number of its first line. File names
// src in errors, which are of type *Error.
func Decode(file string, src []byte, v any) (body []byte, line int, err error) {
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	block, body, line, err := split(file, src)
	if err != nil {
		return nil, 0, err
	}
	dec := yaml.NewDecoder(bytes.NewReader(block))
	dec.KnownFields(true)
	switch err := dec.Decode(v); {
	case errors.Is(err, io.EOF):
		return nil, 0, &Error{file, 1, "empty front matter: write at least title:"}
	case err != nil:
		return nil, 0, located(file, err)
	}
	return body, line, nil
}

// split cuts src at the two --- lines. Line is where the body begins.
func split(file string, src []byte) (block, body []byte, line int, err error) {
	first, rest, _ := bytes.Cut(src, []byte("\n"))
	if string(bytes.TrimRight(first, " \t\r")) != "---" {
		return nil, nil, 0, &Error{file, 1, "no front matter: the file must begin with a line ---"}
	}
	line = 2
	for tail := rest; len(tail) > 0; line++ {
		var l []byte
		l, tail, _ = bytes.Cut(tail, []byte("\n"))
		if string(bytes.TrimRight(l, " \t\r")) == "---" {
			return rest[:len(rest)-len(tail)-len(l)-newline(rest, tail)], tail, line + 1, nil
		}
	}
	return nil, nil, 0, &Error{file, 1, "front matter without an end: close it with a line ---"}
}

// newline is 1 where the closing line was followed by a line break.
func newline(rest, tail []byte) int {
	if len(tail) > 0 || bytes.HasSuffix(rest, []byte("\n")) {
		return 1
	}
	return 0
}

var (
	atLine       = regexp.MustCompile(`line (\d+): (.*)`)
	unknownField = regexp.MustCompile(`field (\S+) not found in type \S+`)
)

// located moves the line that yaml names, which counts from the first line
// after ---, to a line of the file, and says an unknown key in plain words.
func located(file string, err error) *Error {
	msg, line := err.Error(), 1
	var te *yaml.TypeError
	if errors.As(err, &te) && len(te.Errors) > 0 {
		msg = te.Errors[0]
	}
	if m := atLine.FindStringSubmatch(msg); m != nil {
		n, _ := strconv.Atoi(m[1])
		line, msg = n+1, m[2]
	}
	if m := unknownField.FindStringSubmatch(msg); m != nil {
		msg = "unknown key " + strconv.Quote(m[1])
	}
	return &Error{file, line, strings.TrimPrefix(msg, "yaml: ")}
}
