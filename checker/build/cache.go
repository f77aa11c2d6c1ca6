package build

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// keepAtMost is how many binaries the cache holds, about 3 MB each, but for those
// that were used so short a while ago that a check may still start them.
const (
	keepAtMost = 120
	inUse      = 3 * time.Minute
)

func (b *Builder) kept(key, kind string) string {
	if runtime.GOOS == "windows" {
		kind += ".exe"
	}
	return filepath.Join(b.Cache, key+"-"+kind)
}

// present says whether a binary is cached, and marks it as used.
func present(file string) bool {
	if st, err := os.Stat(file); err != nil || !st.Mode().IsRegular() || st.Size() == 0 {
		return false // an empty one: the machine went down while it was written
	}
	now := time.Now()
	return os.Chtimes(file, now, now) == nil
}

// keep moves a fresh binary into the cache in one step, so that a check that
// runs beside this one sees all of it or nothing.
func (b *Builder) keep(fresh, file string) error {
	if err := os.MkdirAll(b.Cache, 0o700); err != nil {
		return fmt.Errorf("failed to make the cache: %w; set GOKATA_CACHE to a folder that can be written", err)
	}
	b.prune()
	src, err := os.ReadFile(fresh)
	if err != nil {
		return fmt.Errorf("failed to read the binary: %w", err)
	}
	tmp, err := os.CreateTemp(b.Cache, "new-")
	if err != nil {
		return fmt.Errorf("failed to write to the cache: %w; set GOKATA_CACHE to a folder that can be written", err)
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(src)
	if err == nil {
		err = tmp.Chmod(0o700)
	}
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), file)
	}
	if err != nil {
		return fmt.Errorf("failed to write to the cache: %w; set GOKATA_CACHE to a folder that can be written", err)
	}
	return nil
}

// prune removes the binaries that were not used for longest. What cannot be
// removed stays: the cache is not worth an error.
func (b *Builder) prune() {
	entries, err := os.ReadDir(b.Cache)
	if err != nil || len(entries) < keepAtMost {
		return
	}
	type old struct {
		name string
		used time.Time
	}
	var all []old
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), "-plain") && !strings.HasSuffix(e.Name(), "-race") {
			continue // notes, and binaries that are being written
		}
		if info, err := e.Info(); err == nil {
			all = append(all, old{e.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(all, func(a, b old) int { return a.used.Compare(b.used) })
	for _, o := range all[:max(0, len(all)-keepAtMost/2)] {
		if time.Since(o.used) < inUse {
			break // a check that runs beside this one may be about to start it
		}
		_ = os.Remove(filepath.Join(b.Cache, o.name))
	}
}
