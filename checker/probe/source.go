package probe

import (
	"embed"
	"io/fs"
	"strings"
)

//go:embed *.go
var source embed.FS

// Source gives the Go files of this package by name, for a module around a
// solution: without tests, and without this file, which would embed them.
func Source() (map[string][]byte, error) {
	files := map[string][]byte{}
	names, err := fs.Glob(source, "*.go")
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") || name == "source.go" {
			continue
		}
		src, err := source.ReadFile(name)
		if err != nil {
			return nil, err
		}
		files[name] = src
	}
	return files, err
}
