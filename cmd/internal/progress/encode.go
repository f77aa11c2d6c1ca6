package progress

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"time"
)

// encode gives the line of an event, with its newline: the fields of its kind
// and no others.
func (e *Event) encode() ([]byte, error) {
	if !e.Kind.known() {
		return nil, fmt.Errorf("no such kind of event: %q", e.Kind)
	}
	var line bytes.Buffer
	head := struct {
		ID    string    `json:"id"`
		At    time.Time `json:"at"`
		After time.Time `json:"after,omitzero"`
		Kind  Kind      `json:"kind"`
	}{e.ID, e.At, e.After, e.Kind}
	if err := json.NewEncoder(&line).Encode(head); err != nil {
		return nil, err
	}
	line.Truncate(line.Len() - len("}\n"))
	of := fields[e.Kind]
	for _, name := range of.always {
		if err := e.field(&line, name); err != nil {
			return nil, err
		}
	}
	for _, name := range of.some {
		if v := e.value(name); v == "" || v == int64(0) {
			continue
		}
		if err := e.field(&line, name); err != nil {
			return nil, err
		}
	}
	line.WriteString("}\n")
	return line.Bytes(), nil
}

func (e *Event) field(line *bytes.Buffer, name string) error {
	value, err := json.Marshal(e.value(name))
	fmt.Fprintf(line, ",%q:%s", name, value)
	return err
}

// value is the field with a name on the line.
func (e *Event) value(name string) any {
	switch name {
	case "lesson":
		return e.Lesson
	case "question":
		return e.Question
	case "right":
		return e.Right
	case "score":
		return e.Score
	case "words":
		return e.Words
	case "kata":
		return e.Kata
	case "verdict":
		return e.Verdict
	case "reason":
		return e.Reason
	case "speedup":
		return finite(e.Speedup)
	case "elapsed_ms":
		return e.ElapsedMS
	case "hint":
		return e.Hint
	case "interview":
		return e.Interview
	case "minutes":
		return e.Minutes
	case "level":
		return e.Level
	case "theme":
		return e.Theme
	case "questions":
		return e.Questions
	}
	panic("progress: no field " + name)
}

// finite drops what JSON has no number for.
func finite(f *float64) *float64 {
	if f == nil || math.IsNaN(*f) || math.IsInf(*f, 0) {
		return nil
	}
	return f
}
