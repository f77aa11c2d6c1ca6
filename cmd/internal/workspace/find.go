package workspace

import (
	"os"
	"path/filepath"
	"strings"
)

// Find says where the workspace is, or would be made: the folder that the flag
// names, else the environment, else the one that encloses cwd, else gokata in
// the home folder. Exists says whether a complete workspace is there. With no
// home folder and nothing named, dir is "", which Create and Open refuse with
// ErrNoPlace.
func Find(flag, env, cwd, home string) (dir string, exists bool) {
	switch {
	case flag != "":
		dir = absolute(flag, cwd, home)
	case env != "":
		dir = absolute(env, cwd, home)
	default:
		if dir = enclosing(cwd); dir == "" && home != "" {
			dir = filepath.Join(home, "gokata")
		}
	}
	return dir, dir != "" && isFile(filepath.Join(dir, stateDir, recordName))
}

// absolute resolves a leading ~ as well, which no shell has expanded where the
// folder comes from an editor's settings.
func absolute(dir, cwd, home string) string {
	if rest, ok := strings.CutPrefix(dir, "~"); ok && home != "" && (rest == "" || os.IsPathSeparator(rest[0])) {
		dir = filepath.Join(home, rest)
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(cwd, dir)
	}
	return filepath.Clean(dir)
}

// enclosing walks up from cwd to the first folder that holds .gokata.
func enclosing(cwd string) string {
	if cwd == "" {
		return ""
	}
	for dir := filepath.Clean(cwd); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(filepath.Join(dir, stateDir)); err == nil && info.IsDir() {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
	}
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
