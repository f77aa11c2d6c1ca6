//go:build unix

package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// stranger, in the environment, makes the test binary use the workspace that
// it names as a user who may not write there.
const stranger = "GOKATA_TEST_WORKSPACE_STRANGER"

// asStranger tries everything that writes, and gives the exit status.
func asStranger(dir string) int {
	if _, err := Create(filepath.Join(filepath.Dir(dir), "new"), 1); !named(err, "new") {
		return 1
	}
	ws, err := Open(dir)
	if err != nil {
		fmt.Println("Open must work:", err)
		return 1
	}
	if slug, ok := ws.KataAt(ws.Kata("two-words", "parallel-sum")); !ok {
		fmt.Println("KataAt gives", slug)
		return 1
	}
	if err := ws.Adopt(9); !named(err, "workspace.json") {
		return 1
	}
	if _, _, err := ws.Ensure("two-words", "other", starter, brief); !named(err, ".gokata") {
		return 1
	}
	if _, err := ws.Reset("two-words", "parallel-sum", starter, brief, noon); !named(err, "backup") {
		return 1
	}
	return 0
}

func named(err error, path string) bool {
	if !errors.Is(err, fs.ErrPermission) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "make it writable") {
		fmt.Println("error", err)
		return false
	}
	return true
}

func TestAReadOnlyWorkspaceIsReadableAndSaysWhatIsNot(t *testing.T) {
	if os.Getuid() == 0 {
		t.Setenv("TMPDIR", "/tmp") // where nobody comes to
	}
	root := t.TempDir()
	ws, err := Create(filepath.Join(root, "gokata"), 1)
	must(t, err)
	dir := ensured(t, ws)
	put(t, filepath.Join(dir, "parallelsum.go"), "mine")
	before := tree(t, root)

	// The binary lies where only its owner may go.
	binary := filepath.Join(root, "tests")
	must(t, copyFile(os.Args[0], binary))
	defer os.Remove(binary)
	child := exec.Command(binary)
	child.Dir = "/"
	child.Env = append(os.Environ(), stranger+"="+ws.Dir)
	if os.Getuid() == 0 {
		// Root may write anywhere: be nobody, and let nobody come here.
		for d := root; d != os.TempDir() && len(d) > 1; d = filepath.Dir(d) {
			must(t, os.Chmod(d, 0o755))
		}
		child.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	} else {
		var folders []string
		must(t, filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err == nil && e.IsDir() {
				folders = append(folders, path)
			}
			return err
		}))
		for _, d := range folders {
			must(t, os.Chmod(d, 0o555))
			defer os.Chmod(d, 0o755)
		}
	}
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	must(t, os.Chmod(root, 0o755))
	must(t, os.Remove(binary))
	if diff := cmp.Diff(before, tree(t, root)); diff != "" {
		t.Error(diff)
	}
}
