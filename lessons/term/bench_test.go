package term

import (
	"bytes"
	"io"
	"testing"

	"gokata/lessons/markdown"
)

// lesson is a page of at least 1,500 words.
func lesson(b *testing.B) []byte {
	page := fixtures(b)["lesson"]
	var long []byte
	for len(bytes.Fields(long)) < 1500 {
		long = append(append(long, page...), '\n')
	}
	return long
}

func BenchmarkParse(b *testing.B) {
	src := lesson(b)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		markdown.Parse(src)
	}
}

func BenchmarkRender(b *testing.B) {
	src := lesson(b)
	for name, o := range map[string]Options{"text": {Width: 80}, "colour": {Width: 80, Color: true}} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if err := Render(io.Discard, src, o); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
