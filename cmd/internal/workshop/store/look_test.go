package store

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAFileThatIsNoWorkshopsIsSaidToBe(t *testing.T) {
	s, file := begin(t)
	update(t, s, full)
	update(t, s, func(tx Tx) error {
		for i := range 2000 {
			if _, err := tx.AddResult(result(fmt.Sprintf("more-%05d", i), int64(100+i))); err != nil {
				return err
			}
		}
		return nil
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	torn := append([]byte(nil), b...)
	for i := 8192; i < 40960; i++ {
		torn[i] ^= 0x5a
	}
	for name, text := range map[string][]byte{"a text": []byte(strings.Repeat("not a database\n", 500)), "damaged pages": torn} {
		t.Run(name, func(t *testing.T) {
			other := filepath.Join(t.TempDir(), "other.db")
			if err := os.WriteFile(other, text, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := SQLite(ctx, other)
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), other) {
				t.Errorf("the error is %v", err)
			}
			if after, _ := os.ReadFile(other); string(after) != string(text) {
				t.Error("the file was changed")
			}
		})
	}
}

// files are what is in a workshop's files, the log beside it included.
func files(t *testing.T, file string) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, name := range []string{file, file + "-wal"} {
		b, err := os.ReadFile(name)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		all[filepath.Base(name)] = string(b)
	}
	return all
}

// A damaged file beside which a killed host has left its log is left as it is, and
// so is the log.
func TestADamagedFileAndItsLogAreLeftAsTheyAre(t *testing.T) {
	s, file := begin(t)
	update(t, s, full)
	s.(*sqliteStore).tidy.close() // which would empty the log
	update(t, s, func(tx Tx) error { return tx.Set("code", "NEWER") })
	left := files(t, file) // as if the host was killed now
	if len(left["workshop.db-wal"]) == 0 {
		t.Fatal("there is no log")
	}
	other := filepath.Join(t.TempDir(), "workshop.db")
	torn := []byte(left["workshop.db"])
	for i := 100; i < len(torn); i++ {
		torn[i] ^= 0x5a
	}
	left["workshop.db"] = string(torn)
	for name, text := range left {
		if err := os.WriteFile(filepath.Join(filepath.Dir(other), name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := SQLite(ctx, other); !errors.Is(err, ErrDamaged) {
		t.Errorf("the error is %v", err)
	}
	if diff := cmp.Diff(left, files(t, other)); diff != "" {
		t.Errorf("changed: %.300s", diff)
	}
	s.(*sqliteStore).tidy = nil
}

func TestAnotherProgramsFileIsLeftAlone(t *testing.T) {
	file := filepath.Join(t.TempDir(), "workshop.db")
	db, err := sql.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE recipes (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	before := files(t, file)
	if _, err := SQLite(ctx, file); !errors.Is(err, ErrDamaged) {
		t.Errorf("the error is %v", err)
	}
	if diff := cmp.Diff(before, files(t, file)); diff != "" {
		t.Errorf("changed: %.300s", diff)
	}
}

// What is damaged within a row, where no page shows it, is damage as well.
func TestARowThatCannotBeReadIsDamage(t *testing.T) {
	s, file := begin(t)
	update(t, s, full)
	if _, err := s.(*sqliteStore).db.Exec("UPDATE events SET data = '{' || data"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Load(ctx); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), file) {
		t.Errorf("the error is %v", err)
	}
}

func TestAFileOfANewerGokataIsLeftAlone(t *testing.T) {
	s, file := begin(t)
	if _, err := s.(*sqliteStore).db.ExecContext(ctx, "INSERT INTO versions VALUES (99)"); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if _, err := SQLite(ctx, file); !errors.Is(err, ErrNewer) {
		t.Errorf("the error is %v", err)
	}
}
