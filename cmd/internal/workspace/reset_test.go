package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// resetter, in the environment, makes the test binary reset a kata of the
// workspace that it names, instead of running tests.
const resetter = "GOKATA_TEST_WORKSPACE_RESET"

func TestMain(m *testing.M) {
	if dir := os.Getenv(resetter); dir != "" {
		ws, err := Open(dir)
		if err == nil {
			fmt.Println("begins")
			_, err = ws.Reset("two-words", "parallel-sum", starter, brief, time.Now())
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if dir := os.Getenv(stranger); dir != "" {
		os.Exit(asStranger(dir))
	}
	os.Exit(m.Run())
}

func reset(t *testing.T, ws *Workspace) string {
	t.Helper()
	backup, err := ws.Reset("two-words", "parallel-sum", starter, brief, noon)
	must(t, err)
	return backup
}

func TestResetKeepsABackupAndGivesTheStarter(t *testing.T) {
	ws := created(t)
	dir := ensured(t, ws)
	put(t, filepath.Join(dir, "parallelsum.go"), "mine")
	put(t, filepath.Join(dir, "README.md"), "my notes")
	put(t, filepath.Join(dir, "more.go"), "more of mine")
	put(t, filepath.Join(dir, "data", "deep", "a.txt"), "data")
	must(t, os.Symlink("more.go", filepath.Join(dir, "link.go")))
	was := tree(t, dir)

	backup := reset(t, ws)
	if want := filepath.Join(ws.Dir, ".gokata", "backup", "20260301T110000Z", "two-words", "parallel-sum"); backup != want {
		t.Errorf("backup %s", backup)
	}
	if diff := cmp.Diff(was, tree(t, backup)); diff != "" {
		t.Error("backup:", diff)
	}
	if diff := cmp.Diff(fresh(), tree(t, dir)); diff != "" {
		t.Error("kata:", diff)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 3 {
		t.Errorf("left in the folder: %v, %v", entries, err)
	}
}

func TestResetOfWhatIsUnchangedMakesNoBackup(t *testing.T) {
	ws := created(t)
	if backup := reset(t, ws); backup != "" {
		t.Errorf("of nothing: backup %s", backup)
	}
	dir := ws.Kata("two-words", "parallel-sum")
	if backup := reset(t, ws); backup != "" {
		t.Errorf("of the starter: backup %s", backup)
	}
	must(t, os.Remove(filepath.Join(dir, "parallelsum.go")))
	if backup := reset(t, ws); backup != "" {
		t.Errorf("of a part of the starter: backup %s", backup)
	}
	if diff := cmp.Diff(fresh(), tree(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestResetsOfOneSecondHaveTheirOwnBackups(t *testing.T) {
	ws := created(t)
	dir := ensured(t, ws)
	var backups []string
	for i := range 3 {
		put(t, filepath.Join(dir, "parallelsum.go"), fmt.Sprint("attempt ", i))
		backups = append(backups, reset(t, ws))
	}
	for i, backup := range backups {
		if text, err := os.ReadFile(filepath.Join(backup, "parallelsum.go")); err != nil || string(text) != fmt.Sprint("attempt ", i) {
			t.Errorf("%s: %q, %v", backup, text, err)
		}
	}
}

// An editor may save at any time, until the very file is moved.
func TestASaveDuringAResetIsInTheBackup(t *testing.T) {
	ws := created(t)
	dir := ensured(t, ws)
	put(t, filepath.Join(dir, "parallelsum.go"), "first")
	ws.write = func(path string, data []byte) error {
		put(t, filepath.Join(dir, "parallelsum.go"), "saved meanwhile")
		return writeNew(path, data)
	}
	backup := reset(t, ws)
	if got := tree(t, backup)["parallelsum.go"]; got != "saved meanwhile" {
		t.Errorf("backup: %q", got)
	}
	if diff := cmp.Diff(fresh(), tree(t, dir)); diff != "" {
		t.Error(diff)
	}
}

func TestAResetOnAFullDiskLeavesTheFilesWhereTheyAre(t *testing.T) {
	ws := created(t)
	dir := ensured(t, ws)
	put(t, filepath.Join(dir, "parallelsum.go"), "mine")
	was := tree(t, dir)
	ws.write = fullDisk("parallelsum.go")
	_, err := ws.Reset("two-words", "parallel-sum", starter, brief, noon)
	if !errors.Is(err, syscall.ENOSPC) || !strings.Contains(err.Error(), filepath.Join(dir, "parallelsum.go")) {
		t.Errorf("error %v", err)
	}
	if diff := cmp.Diff(was, tree(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// Where the state folder is on another disk, nothing can be moved there.
func TestAFileOnAnotherDiskIsRemovedOnlyIfItsCopyIsTheSame(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	put(t, from, "later")
	put(t, to, "earlier")
	if err := removeCopied(from, to); err == nil || !strings.Contains(err.Error(), from) {
		t.Errorf("error %v", err)
	}
	put(t, to, "later")
	must(t, removeCopied(from, to))
	if _, err := os.Stat(from); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("still there: %v", err)
	}
}

func TestAResetThatIsKilledLosesNothing(t *testing.T) {
	ws := created(t)
	dir := ws.Kata("two-words", "parallel-sum")
	killed := 0
	for round := range 20 {
		ensured(t, ws)
		var texts []string
		for i := range 20 {
			text := fmt.Sprintf("round %d, file %d", round, i)
			put(t, filepath.Join(dir, fmt.Sprintf("mine%d.go", i)), text)
			texts = append(texts, text)
		}
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), resetter+"="+ws.Dir)
		out, err := child.StdoutPipe()
		must(t, err)
		must(t, child.Start())
		if _, err := out.Read(make([]byte, 16)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(round) * 400 * time.Microsecond)
		must(t, child.Process.Kill())
		if child.Wait() != nil {
			killed++
		}

		var kept []string
		for _, text := range tree(t, ws.Dir) {
			kept = append(kept, text)
		}
		for _, text := range texts {
			if !slices.Contains(kept, text) {
				t.Fatalf("round %d: lost %q", round, text)
			}
		}
		_, err = ws.Reset("two-words", "parallel-sum", starter, brief, time.Now())
		must(t, err)
		if diff := cmp.Diff(fresh(), tree(t, dir)); diff != "" {
			t.Fatalf("round %d, reset again: %s", round, diff)
		}
	}
	if killed == 0 {
		t.Error("no reset was cut off: the test shows nothing")
	}
}
