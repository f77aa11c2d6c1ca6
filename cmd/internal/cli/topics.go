package cli

import (
	"embed"
	"path"
	"strings"
)

//go:embed topics/*.md
var topicFiles embed.FS

// topics are the names of the texts that gokata help shows besides commands.
func topics() (names []string) {
	entries, err := topicFiles.ReadDir("topics")
	if err != nil {
		return nil // embedded: cannot be
	}
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".md"))
	}
	return names
}

// topic shows one of them; ok is false where there is none of that name.
func (a *app) topic(name string) (ok bool, err error) {
	src, err := topicFiles.ReadFile(path.Join("topics", name+".md"))
	if err != nil {
		return false, nil
	}
	return true, a.markdown(src)
}
