package host

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// smallDisk mounts a disk of a few megabytes.
func smallDisk(t *testing.T, megabytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes)); err != nil {
		t.Skipf("a small disk cannot be mounted here (it takes root): %v; store tests a full one without", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmounting: %v", err)
		}
	})
	return dir
}

// A host whose disk is full says so to those who report, loses nothing of what it
// has acknowledged, goes on to show the room, and goes on to write when there is
// room again.
func TestAFullDiskLosesNothingAndEndsNothing(t *testing.T) {
	disk := smallDisk(t, 4)
	data := filepath.Join(disk, "data")
	s := serve(t, func(c *Config) { c.Data = data })
	ctx := context.Background()
	kim := s.learner("Kim")
	ballast := filepath.Join(disk, "ballast")
	f, err := os.Create(ballast)
	if err != nil {
		t.Fatal(err)
	}
	block := make([]byte, 64<<10)
	for err == nil { // until half a megabyte is left
		var free syscall.Statfs_t
		if syscall.Statfs(disk, &free) != nil || free.Bavail*uint64(free.Bsize) < 512<<10 {
			break
		}
		_, err = f.Write(block)
	}
	f.Close()

	acknowledged := 0
	send := func() (workshop.Result, error) {
		r := checked("merge-sort", "fail", "serial", 1)
		r.Report = fmt.Appendf(nil, "%q", strings.Repeat("x", 8<<10))
		_, err := kim.Report(ctx, []workshop.Result{r})
		return r, err
	}
	var refused *client.Error
	var waiting workshop.Result
	soon(t, "the disk is full", func() bool {
		r, err := send()
		if err == nil {
			acknowledged++
			return false
		}
		if !errors.As(err, &refused) {
			t.Fatal(err)
		}
		waiting = r
		return true
	})
	if acknowledged == 0 || refused.Status != http.StatusServiceUnavailable || refused.Retry == 0 {
		t.Fatalf("after %d results: %d %s, wait %v", acknowledged, refused.Status, refused.Text, refused.Retry)
	}
	attempts := func() int {
		me, err := kim.Me(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return me.Attempts["merge-sort"]
	}
	if n := attempts(); n != acknowledged {
		t.Errorf("%d of %d acknowledged checks are there", n, acknowledged)
	}
	for _, path := range []string{"/instructor", "/instructor/results.csv", "/instructor/health"} {
		if status, text := s.send(s.Instructor, http.MethodGet, path, nil); status != http.StatusOK {
			t.Errorf("%s on a full disk: %d %.200s", path, status, text)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	soon(t, "it goes on", func() bool {
		_, err := kim.Report(ctx, []workshop.Result{waiting})
		return err == nil
	})
	if n := attempts(); n != acknowledged+1 {
		t.Errorf("%d checks are there of %d", n, acknowledged+1)
	}
	s.stop()
	again := serve(t, func(c *Config) { c.Data = data })
	me, err := again.client(kim.Token).Me(ctx)
	if err != nil || me.Attempts["merge-sort"] != acknowledged+1 {
		t.Errorf("after a restart: %+v, %v", me, err)
	}
	again.stop()
}
