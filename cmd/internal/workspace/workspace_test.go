package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, path, text string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o755))
	must(t, os.WriteFile(path, []byte(text), 0o644))
}

// tree gives all files below dir by their slashed path; a link is "-> target".
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	must(t, filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if e.Type()&fs.ModeSymlink != 0 {
			target, err := os.Readlink(path)
			files[name] = "-> " + target
			return err
		}
		text, err := os.ReadFile(path)
		files[name] = string(text)
		return err
	}))
	return files
}

func created(t *testing.T) *Workspace {
	t.Helper()
	ws, err := Create(filepath.Join(t.TempDir(), "gokata"), 3)
	must(t, err)
	return ws
}

func TestFindPrefersFlagThenEnvironmentThenEnclosingThenHome(t *testing.T) {
	root := t.TempDir()
	ws := filepath.Join(root, "ws")
	_, err := Create(ws, 1)
	must(t, err)
	inside := filepath.Join(ws, "katas", "two-words", "parallel-sum")
	must(t, os.MkdirAll(inside, 0o755))
	home := filepath.Join(root, "home")
	outside := filepath.Join(root, "elsewhere")
	for _, c := range []struct {
		name                 string
		flag, env, cwd, home string
		dir                  string
		exists               bool
	}{
		{"the flag", filepath.Join(root, "f"), ws, inside, home, filepath.Join(root, "f"), false},
		{"a relative flag", "../ws", "", outside, home, ws, true},
		{"the environment", "", filepath.Join(root, "e"), inside, home, filepath.Join(root, "e"), false},
		{"the environment with ~", "", "~/course", inside, home, filepath.Join(home, "course"), false},
		{"~ alone", "~", "", inside, home, home, false},
		{"~ of another user is a name", "~x", "", outside, home, filepath.Join(outside, "~x"), false},
		{"the folder itself", "", "", ws, home, ws, true},
		{"deep inside", "", "", inside, home, ws, true},
		{"outside", "", "", outside, home, filepath.Join(home, "gokata"), false},
		{"no home, inside", "", "", inside, "", ws, true},
		{"no home, outside", "", "", outside, "", "", false},
		{"no current folder", "", "", "", home, filepath.Join(home, "gokata"), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, exists := Find(c.flag, c.env, c.cwd, c.home)
			if dir != c.dir || exists != c.exists {
				t.Errorf("%q, %v; want %q, %v", dir, exists, c.dir, c.exists)
			}
		})
	}
}

func TestCreateMakesAModule(t *testing.T) {
	ws := created(t)
	want := map[string]string{
		"go.mod":                 "module gokata-workspace\n\ngo 1.26\n",
		".gokata/workspace.json": "{\"schema\":1,\"course\":3}\n",
	}
	if diff := cmp.Diff(want, tree(t, ws.Dir)); diff != "" {
		t.Error(diff)
	}
	if again, err := Open(ws.Dir); err != nil || again.Course != 3 || again.Dir != ws.Dir {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestCreateTwiceChangesNothing(t *testing.T) {
	ws := created(t)
	put(t, filepath.Join(ws.Dir, "go.mod"), "module gokata-workspace\n\ngo 1.27\n")
	put(t, filepath.Join(ws.Dir, "notes.md"), "mine")
	before := tree(t, ws.Dir)
	_, err := Create(ws.Dir, 3)
	must(t, err)
	if diff := cmp.Diff(before, tree(t, ws.Dir)); diff != "" {
		t.Error(diff)
	}
}

func TestCreateCompletesWhatWasCutOff(t *testing.T) {
	for _, left := range [][]string{{}, {"katas"}, {"katas", ".gokata"}, {"katas", "go.mod"}, {"katas", "go.mod", ".gokata"}} {
		dir := t.TempDir()
		for _, name := range left {
			if name == "go.mod" {
				put(t, filepath.Join(dir, name), goMod)
			} else {
				must(t, os.Mkdir(filepath.Join(dir, name), 0o755))
			}
		}
		if _, exists := Find(dir, "", "", ""); exists {
			t.Errorf("%v counts as a workspace", left)
		}
		_, err := Create(dir, 1)
		must(t, err)
		if _, err := Open(dir); err != nil {
			t.Errorf("after %v: %v", left, err)
		}
	}
}

func TestCreateLeavesOtherFoldersAlone(t *testing.T) {
	for name, c := range map[string]struct{ file, text, says string }{
		"a clone of gokata":    {"go.mod", "module gokata\n", "another Go module"},
		"a go.mod of nobody":   {"go.mod", "", "another Go module"},
		"a folder with things": {"thesis.tex", "x", "thesis.tex"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, filepath.Join(dir, c.file), c.text)
			_, err := Create(dir, 1)
			if err == nil || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "--workspace") {
				t.Errorf("error %v", err)
			}
			if diff := cmp.Diff(map[string]string{c.file: c.text}, tree(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("a new repository is fine", func(t *testing.T) {
		dir := t.TempDir()
		put(t, filepath.Join(dir, ".git", "HEAD"), "x")
		put(t, filepath.Join(dir, "README.md"), "my solutions")
		_, err := Create(dir, 1)
		must(t, err)
	})
}

func TestAdoptNotesANewerCourseAndRefusesAnOlderOne(t *testing.T) {
	ws := created(t)
	must(t, ws.Adopt(3))
	must(t, ws.Adopt(5))
	again, err := Open(ws.Dir)
	must(t, err)
	if again.Course != 5 {
		t.Errorf("course %d", again.Course)
	}
	var newer *Newer
	if err := again.Adopt(4); !errors.As(err, &newer) || newer.What != "course" || newer.Has != 5 || newer.Known != 4 {
		t.Errorf("error %v", err)
	}
	if _, err := Create(ws.Dir, 4); !errors.As(err, &newer) {
		t.Errorf("error %v", err)
	}
}

func TestOpenSaysWhatIsWrongAndHowToMendIt(t *testing.T) {
	for _, c := range []struct {
		name, record string
		says         []string
	}{
		{"a newer layout", `{"schema":2,"course":1,"more":[]}`, []string{"workspace.json", "newer gokata", "layout 2", "update gokata"}},
		{"no JSON", "{\"schema\":", []string{"workspace.json", "damaged", "delete it", "progress stay"}},
		{"zeros", "\x00\x00\x00", []string{"damaged"}},
		{"empty", "", []string{"damaged"}},
		{"no schema", `{"course":1}`, []string{"damaged", "no schema"}},
		{"no course", `{"schema":1}`, []string{"damaged", "no course"}},
		{"another type", `{"schema":"one"}`, []string{"damaged"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			ws := created(t)
			put(t, ws.record(), c.record)
			for name, open := range map[string]func() (*Workspace, error){
				"Open":   func() (*Workspace, error) { return Open(ws.Dir) },
				"Create": func() (*Workspace, error) { return Create(ws.Dir, 3) },
			} {
				got, err := open()
				if got != nil || err == nil {
					t.Fatalf("%s gives %v, %v", name, got, err)
				}
				for _, want := range append(c.says, ws.Dir) {
					if !strings.Contains(err.Error(), want) {
						t.Errorf("%s: %q does not say %q", name, err, want)
					}
				}
			}
			if text, err := os.ReadFile(ws.record()); err != nil || string(text) != c.record {
				t.Errorf("the record was changed to %q, %v", text, err)
			}
		})
	}
}

// This is the cure that the message for a damaged record names.
func TestADeletedRecordIsWrittenAnewAroundWhatIsThere(t *testing.T) {
	ws := created(t)
	put(t, filepath.Join(ws.State(), "progress.jsonl"), "progress")
	put(t, filepath.Join(ws.Dir, "notes.md"), "mine")
	before := tree(t, ws.Dir)
	must(t, os.Remove(ws.record()))
	if _, err := Open(ws.Dir); !errors.Is(err, ErrNotFound) {
		t.Errorf("error %v", err)
	}
	_, err := Create(ws.Dir, 3)
	must(t, err)
	if diff := cmp.Diff(before, tree(t, ws.Dir)); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutAPlaceTheErrorSaysHowToNameOne(t *testing.T) {
	for _, err := range []error{
		func() error { _, err := Open(""); return err }(),
		func() error { _, err := Create("", 1); return err }(),
	} {
		if !errors.Is(err, ErrNoPlace) || !strings.Contains(err.Error(), "--workspace") {
			t.Errorf("error %v", err)
		}
	}
}

func TestWhatStandsInTheWayIsNamed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows says these with numbers of its own")
	}
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, root string) // spoils root/gokata
		cause error
		says  []string
	}{
		{"a file for the workspace", func(t *testing.T, root string) {
			put(t, filepath.Join(root, "gokata"), "")
		}, syscall.ENOTDIR, []string{"/gokata", "a file stands where a folder is needed"}},
		{"a file for the folder above", func(t *testing.T, root string) {
			must(t, os.Remove(root))
			put(t, root, "")
		}, syscall.ENOTDIR, []string{"a file stands where a folder is needed"}},
		{"a file for the katas", func(t *testing.T, root string) {
			put(t, filepath.Join(root, "gokata", "katas"), "")
		}, syscall.ENOTDIR, []string{"/gokata/katas", "move it away"}},
		{"a file for the state", func(t *testing.T, root string) {
			put(t, filepath.Join(root, "gokata", ".gokata"), "")
		}, syscall.ENOTDIR, []string{".gokata", "move it away"}},
		{"a folder for the record", func(t *testing.T, root string) {
			must(t, os.MkdirAll(filepath.Join(root, "gokata", ".gokata", "workspace.json"), 0o755))
		}, syscall.EISDIR, []string{"workspace.json", "a folder stands where a file is needed"}},
		{"links that lead in a circle", func(t *testing.T, root string) {
			must(t, os.Symlink("gokata", filepath.Join(root, "gokata")))
		}, syscall.ELOOP, []string{"/gokata", "circle"}},
		{"a name that is too long", func(t *testing.T, root string) {
			must(t, os.Symlink(strings.Repeat("x", 300), filepath.Join(root, "gokata")))
		}, syscall.ENAMETOOLONG, []string{"shorter path"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := filepath.Join(t.TempDir(), "root")
			must(t, os.Mkdir(root, 0o755))
			c.spoil(t, root)
			ws, err := Create(filepath.Join(root, "gokata"), 1)
			if ws != nil || !errors.Is(err, c.cause) {
				t.Fatalf("%v, %v", ws, err)
			}
			for _, want := range append(c.says, root) {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestKataAt(t *testing.T) {
	ws := created(t)
	kata := ws.Kata("two-words", "parallel-sum")
	must(t, os.MkdirAll(filepath.Join(kata, "deeper"), 0o755))
	alias := filepath.Join(t.TempDir(), "alias")
	if err := os.Symlink(ws.Dir, alias); err != nil {
		t.Fatal(err)
	}
	for cwd, want := range map[string]string{
		kata:                            "parallel-sum",
		filepath.Join(kata, "deeper"):   "parallel-sum",
		filepath.Dir(kata):              "",
		filepath.Join(ws.Dir, "katas"):  "",
		ws.Dir:                          "",
		filepath.Dir(ws.Dir):            "",
		filepath.Join(ws.Dir, "x", "y"): "",
		filepath.Join(alias, "katas", "two-words", "parallel-sum"): "parallel-sum",
		"": "",
	} {
		if slug, ok := ws.KataAt(cwd); slug != want || ok != (want != "") {
			t.Errorf("KataAt(%q) gives %q, %v", cwd, slug, ok)
		}
	}
}

var (
	starter = map[string][]byte{
		"parallelsum.go":      []byte("package parallelsum\n"),
		"parallelsum_test.go": []byte("package parallelsum // test\n"),
	}
	brief = []byte("# Parallel sum\n")
	noon  = time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("", 3600))
)

// fresh is what a kata's folder holds at first.
func fresh() map[string]string {
	return map[string]string{
		"parallelsum.go":      "package parallelsum\n",
		"parallelsum_test.go": "package parallelsum // test\n",
		"README.md":           "# Parallel sum\n",
	}
}

func ensured(t *testing.T, ws *Workspace) string {
	t.Helper()
	dir, _, err := ws.Ensure("two-words", "parallel-sum", starter, brief)
	must(t, err)
	return dir
}

// fullDisk makes every write of a name fail as a full disk does.
func fullDisk(name string) func(string, []byte) error {
	return func(path string, data []byte) error {
		if filepath.Base(path) == name {
			return &fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}
		}
		return writeNew(path, data)
	}
}

func TestAFullDiskIsNamedAndLeavesNothingHalf(t *testing.T) {
	ws := created(t)
	before := tree(t, ws.Dir)
	for name := range fresh() {
		ws.write = fullDisk(name)
		dir, _, err := ws.Ensure("two-words", "parallel-sum", starter, brief)
		if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), filepath.Join(dir, name)) || !strings.Contains(err.Error(), "free some space") {
			t.Errorf("error %v", err)
		}
		if diff := cmp.Diff(before, tree(t, ws.Dir)); diff != "" {
			t.Error(diff)
		}
	}
	ws.write = func(path string, _ []byte) error {
		return &fs.PathError{Op: "write", Path: path, Err: syscall.ENOSPC}
	}
	if err := ws.Adopt(9); !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), ws.record()) {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(before, tree(t, ws.Dir)); diff != "" {
		t.Error(diff)
	}
}

// The real thing: a file on a device that is always full.
func TestWriteToAFullDeviceFails(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full to stand for a full disk:", err)
	}
	if err := fill(full, []byte("x")); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("error %v", err)
	}
}

func ExampleFind() {
	dir, exists := Find("", "", "/tmp", "/home/gopher")
	fmt.Println(filepath.ToSlash(dir), exists)
	// Output: /home/gopher/gokata false
}
