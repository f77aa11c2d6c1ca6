package workshop

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every test, benchmark script and package that README.md names is there.
func TestTheReadmeNamesWhatIsThere(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, root := range []string{".", "../../../lessons/web"} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			b, err := os.ReadFile(path)
			tests.Write(b)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	names := regexp.MustCompile("`((?:Test|Fuzz)[A-Z]\\w+)`").FindAllStringSubmatch(string(readme), -1)
	if len(names) < 25 {
		t.Errorf("only %d tests are named", len(names))
	}
	for _, n := range names {
		if !strings.Contains(tests.String(), "func "+n[1]+"(") {
			t.Errorf("there is no %s", n[1])
		}
	}
	files := regexp.MustCompile("`((?:host|cli|member)/\\w+\\.go|[a-z]+\\.go)`").FindAllStringSubmatch(string(readme), -1)
	for _, f := range files {
		found := false
		for _, dir := range []string{".", "host", ".."} {
			_, err := os.Stat(filepath.Join(dir, f[1]))
			found = found || err == nil
		}
		if !found {
			t.Errorf("there is no %s", f[1])
		}
	}
	if _, err := os.Stat("../../../.ci/workshop"); err != nil {
		t.Error(err)
	}
}
