package fault

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestAnErrorSaysWhatWhereWhyAndWhatToDo(t *testing.T) {
	for _, c := range []struct {
		name string
		err  error
		want string
	}{
		{"no path inside", syscall.ENOSPC,
			"failed to write a/b: no space left on device; free some space there, then run the command again"},
		{"the exact path inside", &fs.PathError{Op: "mkdir", Path: "a", Err: syscall.ENOTDIR},
			"failed to write a: not a directory; a file stands where a folder is needed: move it away, or name another folder with --workspace DIR"},
		{"two paths inside", &os.LinkError{Op: "rename", Old: "tmp", New: "c", Err: syscall.EROFS},
			"failed to write c: read-only file system; that disk is read-only: name another folder with --workspace DIR"},
		{"wrapped", fmt.Errorf("while at it: %w", &fs.PathError{Op: "open", Path: "d", Err: syscall.EACCES}),
			"failed to write d: permission denied; make it writable for your user (chmod u+rwX), or name another folder with --workspace DIR"},
		{"unknown", errors.New("odd"),
			"failed to write a/b: odd; put that right, then run the command again"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := New("write", "a/b", c.err).Error(); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestEveryCauseHasACureOfItsOwn(t *testing.T) {
	seen := map[string]error{}
	for _, cause := range []error{
		syscall.ENOSPC, syscall.EROFS, syscall.ENOTDIR, syscall.EISDIR, syscall.ELOOP,
		syscall.ENAMETOOLONG, fs.ErrPermission, fs.ErrNotExist, errors.New("odd"),
	} {
		text := cure(cause)
		if other, twice := seen[text]; twice || strings.TrimSpace(text) == "" {
			t.Errorf("%v and %v: %q", cause, other, text)
		}
		seen[text] = cause
	}
}

func TestAnErrorIsExplainedOnce(t *testing.T) {
	if New("write", "a", nil) != nil {
		t.Error("nil is no error")
	}
	first := New("write", "a", syscall.ENOSPC)
	if again := New("open", "b", fmt.Errorf("more: %w", first)); !strings.HasPrefix(again.Error(), "more: failed to write a:") {
		t.Error(again)
	}
	if !errors.Is(first, syscall.ENOSPC) {
		t.Error("the cause is hidden")
	}
}
