//go:build unix

package checker

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"gokata/checker/build"
)

func TestReadDirReadsASolutionOrSaysWhatToDo(t *testing.T) {
	t.Parallel()
	write := func(dir, name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for _, c := range []struct {
		name  string
		make  func(t *testing.T, dir string) string // returns the folder to read
		wrong []string                              // pieces of the error; none: it can be read
		files []string
	}{
		{"one file", func(t *testing.T, dir string) string { write(dir, "a.go", "package a\n"); return dir }, nil, []string{"a.go"}},
		{"files that do not count", func(t *testing.T, dir string) string {
			write(dir, "a.go", "package a\n")
			write(dir, "a_test.go", "\xff")
			write(dir, ".a.go", "\xff")
			write(dir, "_a.go", "\xff")
			write(dir, "README.md", "\xff")
			write(dir, "go.mod", "module x")
			if err := os.Mkdir(filepath.Join(dir, "sub.go"), 0o700); err != nil {
				t.Fatal(err)
			}
			write(filepath.Join(dir, "sub.go"), "b.go", "\xff")
			return dir
		}, nil, []string{"a.go"}},
		{"an empty file", func(t *testing.T, dir string) string { write(dir, "a.go", ""); return dir }, nil, []string{"a.go"}},
		{"a link to a folder", func(t *testing.T, dir string) string {
			write(dir, "a.go", "package a\n")
			link := filepath.Join(t.TempDir(), "link")
			if err := os.Symlink(dir, link); err != nil {
				t.Fatal(err)
			}
			return link
		}, nil, []string{"a.go"}},
		{"a folder that is not there", func(t *testing.T, dir string) string { return filepath.Join(dir, "none") }, []string{"none", "does not exist", "give the folder"}, nil},
		{"a file", func(t *testing.T, dir string) string { return write(dir, "a.go", "package a\n") }, []string{"a.go", "is a file", "give the folder"}, nil},
		{"a path through a file", func(t *testing.T, dir string) string {
			return filepath.Join(write(dir, "a.go", "package a\n"), "sub")
		}, []string{"a.go", "give the folder"}, nil},
		{"an empty folder", func(t *testing.T, dir string) string { return dir }, []string{"no Go files"}, nil},
		{"tests only", func(t *testing.T, dir string) string { write(dir, "a_test.go", "package a\n"); return dir }, []string{"no Go files", "tests do not count"}, nil},
		{"a symbolic link", func(t *testing.T, dir string) string {
			if err := os.Symlink(write(t.TempDir(), "a.go", "package a\n"), filepath.Join(dir, "a.go")); err != nil {
				t.Fatal(err)
			}
			return dir
		}, []string{"a.go", "symbolic link", "put the file itself"}, nil},
		{"a link to nothing", func(t *testing.T, dir string) string {
			if err := os.Symlink("nowhere", filepath.Join(dir, "a.go")); err != nil {
				t.Fatal(err)
			}
			return dir
		}, []string{"a.go", "symbolic link"}, nil},
		{"a named pipe", func(t *testing.T, dir string) string {
			if err := syscall.Mkfifo(filepath.Join(dir, "a.go"), 0o600); err != nil {
				t.Fatal(err)
			}
			return dir
		}, []string{"a.go", "not a plain file"}, nil},
		{"a binary", func(t *testing.T, dir string) string { write(dir, "a.go", "\x7fELF\x02\x01\x01\x00\x00"); return dir }, []string{"a.go", "not text in UTF-8", "save it"}, nil},
		{"another encoding", func(t *testing.T, dir string) string { write(dir, "a.go", "package a // gr\xfc\xdfe\n"); return dir }, []string{"a.go", "not text in UTF-8"}, nil},
		{"50 MB", func(t *testing.T, dir string) string {
			if err := os.Truncate(write(dir, "a.go", ""), 50<<20); err != nil {
				t.Fatal(err)
			}
			return dir
		}, []string{"a.go", "more than 1024 KB"}, nil},
		{"much in many files", func(t *testing.T, dir string) string {
			for i := range 5 {
				write(dir, "f"+strconv.Itoa(i)+".go", strings.Repeat("/", build.MaxSource/4))
			}
			return dir
		}, []string{"f4.go", "more than 1024 KB"}, nil},
		{"assembly", func(t *testing.T, dir string) string {
			write(dir, "a.go", "package a\n")
			write(dir, "a_amd64.s", "TEXT")
			return dir
		}, []string{"a_amd64.s", "only Go source", "remove the file"}, nil},
		{"C", func(t *testing.T, dir string) string {
			write(dir, "a.go", "package a\n")
			write(dir, "a.c", "int x;")
			return dir
		}, []string{"a.c", "only Go source"}, nil},
		{"a file without the right to read", func(t *testing.T, dir string) string {
			if os.Geteuid() == 0 {
				t.Skip("root may read every file: run as another user to try this")
			}
			if err := os.Chmod(write(dir, "a.go", "package a\n"), 0); err != nil {
				t.Fatal(err)
			}
			return dir
		}, []string{"a.go", "right to read"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := c.make(t, t.TempDir())
			files, err := ReadDir(dir)
			if len(c.wrong) == 0 {
				if err != nil || len(files) != len(c.files) {
					t.Fatalf("%v, %v", files, err)
				}
				for _, name := range c.files {
					if _, ok := files[name]; !ok {
						t.Errorf("%s is not there", name)
					}
				}
				return
			}
			if !errors.Is(err, ErrSource) || files != nil {
				t.Fatalf("%v, %v", files, err)
			}
			for _, piece := range c.wrong {
				if !strings.Contains(err.Error(), piece) {
					t.Errorf("%q should name %q", err, piece)
				}
			}
		})
	}
}

func TestSweepRemovesTheFoldersOfProcessesThatAreGone(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	done := exec.Command("true")
	if err := done.Run(); err != nil {
		t.Fatal(err)
	}
	gone := prefix + strconv.Itoa(done.Process.Pid) + "-1"
	stay := []string{
		prefix + strconv.Itoa(os.Getpid()) + "-1",  // ours, of another check
		prefix + strconv.Itoa(os.Getppid()) + "-1", // of a process that runs
		prefix + "-1", prefix + "x-1", "other-1",
	}
	for _, name := range append(stay, gone) {
		if err := os.MkdirAll(filepath.Join(os.TempDir(), name, "module-1"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	sweep()
	entries, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	slices.Sort(stay)
	if !slices.Equal(left, stay) {
		t.Errorf("left %v, want %v", left, stay)
	}
}

func TestAMachineWithoutGoIsDescribedAllTheSame(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	m, _, err := Machine(t.Context())
	if !errors.Is(err, build.ErrNoGo) || m.CPUs < 1 || m.P < 1 || m.OS == "" {
		t.Errorf("%+v, %v", m, err)
	}
	if _, err := Check(t.Context(), Request{}); !errors.Is(err, build.ErrNoGo) {
		t.Errorf("check: %v", err)
	}
}

func TestACacheThatCannotBeIsNamedWithItsCure(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOKATA_CACHE", filepath.Join(file, "cache"))
	_, err := Check(t.Context(), Request{})
	if !errors.Is(err, ErrSetup) || !strings.Contains(err.Error(), file) || !strings.Contains(err.Error(), "GOKATA_CACHE") {
		t.Errorf("%v", err)
	}
	t.Setenv("GOKATA_CACHE", "")
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	if _, err := Check(t.Context(), Request{}); !errors.Is(err, ErrSetup) {
		t.Errorf("without a home: %v", err)
	}
	t.Setenv("GOKATA_CACHE", "here")
	if dir, err := cacheDir(); err != nil || !filepath.IsAbs(dir) {
		t.Errorf("a cache relative to the folder we are in: %q, %v", dir, err)
	}
	t.Setenv("GOKATA_CACHE", t.TempDir())
	t.Setenv("TMPDIR", filepath.Join(file, "tmp"))
	if _, err := Check(t.Context(), Request{}); !errors.Is(err, ErrSetup) || !strings.Contains(err.Error(), "TMPDIR") {
		t.Errorf("without a temporary folder: %v", err)
	}
}
