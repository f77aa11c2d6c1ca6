package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gokata/cmd/internal/workshop"
)

var ctx = context.Background()

func begin(t *testing.T) (Store, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a folder", "workshop.db")
	return reopen(t, file), file
}

func reopen(t *testing.T, file string) Store {
	t.Helper()
	s, err := SQLite(ctx, file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func update(t *testing.T, s Store, do func(Tx) error) {
	t.Helper()
	if err := s.Update(ctx, do); err != nil {
		t.Fatal(err)
	}
}

func at(minute int) time.Time { return time.Date(2026, 1, 2, 3, minute, 0, 0, time.UTC) }

func learner(id int64, name string) Learner {
	return Learner{
		Learner: workshop.Learner{ID: id, Name: name, Joined: at(1), Source: true, Seq: id},
		Token:   Hash{byte(id), 1}, Answered: 3, Right: 2, Read: 1,
	}
}

func result(id string, seq int64) Row {
	return Row{
		Learner: 1, Name: "Kim", Seq: seq, At: at(2), Received: at(3),
		Result: workshop.Result{ID: id, Kind: workshop.Checked, Item: "merge-sort", Verdict: "fail", Reason: "serial"},
	}
}

// full writes one of everything.
func full(tx Tx) error {
	_, err := tx.AddResult(result("result-1", 7))
	return errors.Join(err,
		tx.Set("code", "ABCD-EFGH"),
		tx.AddLearner(learner(1, "Kim")),
		tx.PutCell(Cell{Learner: 1, Kata: "merge-sort", Cell: workshop.Cell{State: workshop.Failed, Attempts: 2, First: at(1), Last: at(2), Curve: map[string]float64{"2": 1.5}, Seq: 7}}),
		tx.PutAttachment(1, "merge-sort", Attachment{Result: "result-1", Report: json.RawMessage(`{"a":1}`), Source: map[string]string{"a.go": "package a"}}),
		tx.AddEvent(workshop.Event{Seq: 8, At: at(4), Act: workshop.ActHint, Text: "look", Learner: 1}),
		tx.PutVote(Vote{Poll: 5, Learner: 1, Choice: []int{0, 2}, At: at(5), Seq: 9}),
		tx.AddKey(Key{Hash: Hash{9}, Role: "instructor", Expires: at(50)}),
	)
}

func TestWhatIsWrittenIsReadBackAfterARestart(t *testing.T) {
	s, file := begin(t)
	update(t, s, full)
	before, err := s.Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if before.Seq != 9 {
		t.Errorf("the highest number is %d, not 9", before.Seq)
	}
	if diff := cmp.Diff([]Learner{learner(1, "Kim")}, before.Learners); diff != "" {
		t.Error(diff)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, file)
	after, err := s.Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error(diff)
	}
	a, err := s.Attachment(ctx, 1, "merge-sort")
	if err != nil || a.Result != "result-1" || string(a.Report) != `{"a":1}` || a.Source["a.go"] != "package a" {
		t.Errorf("the attachment is %+v, %v", a, err)
	}
	if a, err := s.Attachment(ctx, 1, "another"); err != nil || a.Result != "" {
		t.Errorf("an attachment that never came is %+v, %v", a, err)
	}
	var rows []Row
	if err := s.Results(ctx, 0, func(r Row) error { rows = append(rows, r); return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]Row{result("result-1", 7)}, rows); diff != "" {
		t.Error(diff)
	}
}

func TestAResultThatComesTwiceIsOne(t *testing.T) {
	s, _ := begin(t)
	update(t, s, full)
	update(t, s, func(tx Tx) error {
		fresh, err := tx.AddResult(result("result-1", 20))
		if fresh {
			t.Error("the second one is said to be new")
		}
		return err
	})
	// Another learner's result of the same id is another result.
	update(t, s, func(tx Tx) error {
		r := result("result-1", 21)
		r.Learner = 2
		fresh, err := tx.AddResult(r)
		if !fresh {
			t.Error("another learner's result was taken for the first")
		}
		return err
	})
}

func TestAllOfAnUpdateOrNothing(t *testing.T) {
	s, _ := begin(t)
	broken := errors.New("broken")
	if err := s.Update(ctx, func(tx Tx) error { return errors.Join(full(tx), broken) }); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	got, err := s.Load(ctx)
	if err != nil || len(got.Learners)+len(got.Cells)+len(got.Events)+len(got.Votes)+len(got.Keys)+len(got.Settings) != 0 {
		t.Errorf("something of it was kept: %+v, %v", got, err)
	}
}

func TestResultsComeInTheirOrderOverManyPages(t *testing.T) {
	s, _ := begin(t)
	update(t, s, full)
	const n = 1234
	update(t, s, func(tx Tx) error {
		for i := range n {
			if _, err := tx.AddResult(result(fmt.Sprintf("more-%05d", n-i), int64(100+i))); err != nil {
				return err
			}
		}
		return nil
	})
	for _, who := range []int64{0, 1} {
		var last int64
		count := 0
		err := s.Results(ctx, who, func(r Row) error {
			if r.Seq <= last {
				t.Fatalf("%d after %d", r.Seq, last)
			}
			last = r.Seq
			count++
			return nil
		})
		if err != nil || count != n+1 {
			t.Errorf("learner %d: %d results, %v", who, count, err)
		}
	}
}

func TestOneKeyOrAllAreDropped(t *testing.T) {
	s, _ := begin(t)
	update(t, s, full)
	update(t, s, func(tx Tx) error {
		return errors.Join(tx.AddKey(Key{Hash: Hash{8}, Role: "projector"}), tx.DropKey(Hash{9}), tx.DropKey(Hash{77}))
	})
	saved, err := s.Load(ctx)
	if err != nil || len(saved.Keys) != 1 || saved.Keys[0].Hash != (Hash{8}) {
		t.Errorf("left are %v, %v", saved.Keys, err)
	}
	update(t, s, Tx.DropKeys)
	if saved, err := s.Load(ctx); err != nil || len(saved.Keys) != 0 {
		t.Errorf("left are %v, %v", saved.Keys, err)
	}
}

// A learner who is deleted is in no byte of the files.
func TestForgettingLeavesNothing(t *testing.T) {
	for name, forget := range map[string]func(Tx) error{
		"one": func(tx Tx) error { return tx.Forget(1) },
		"all": func(tx Tx) error { return tx.Clear() },
	} {
		t.Run(name, func(t *testing.T) {
			s, file := begin(t)
			update(t, s, func(tx Tx) error {
				if err := full(tx); err != nil {
					return err
				}
				l := learner(1, "Wilhelmina Unmistakable")
				return tx.PutLearner(l)
			})
			update(t, s, forget)
			got, err := s.Load(ctx)
			if err != nil || len(got.Learners)+len(got.Cells)+len(got.Votes)+len(got.Events) != 0 {
				t.Errorf("left: %+v, %v", got, err)
			}
			if a, err := s.Attachment(ctx, 1, "merge-sort"); err != nil || a.Result != "" {
				t.Errorf("left: %+v, %v", a, err)
			}
			if left := traces(t, file); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}

// traces are where the files still hold something of who was deleted.
func traces(t *testing.T, file string) (left []string) {
	t.Helper()
	names, err := filepath.Glob(file + "*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, trace := range []string{"Unmistakable", "package a", "result-1"} {
			if strings.Contains(string(b), trace) {
				left = append(left, filepath.Base(name)+": "+trace)
			}
		}
	}
	return left
}

// Who reads the file, such as a backup, holds up neither a deletion nor writes
// after it; once the reader has gone, so are the last traces, without another
// write.
func TestForgettingWaitsForNoReaderAndEndsWhenItHasGone(t *testing.T) {
	s, file := begin(t)
	update(t, s, func(tx Tx) error {
		return errors.Join(full(tx), tx.PutLearner(learner(1, "Wilhelmina Unmistakable")))
	})
	other, err := open(file, patience)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.db.Exec("BEGIN"); err != nil { // on its one connection, for reading alone
		t.Fatal(err)
	}
	var name string
	read := func() error { return other.db.QueryRow("SELECT name FROM learners").Scan(&name) }
	if err := read(); err != nil {
		t.Fatal(err)
	}
	update(t, s, func(tx Tx) error { return tx.Forget(1) })
	update(t, s, func(tx Tx) error { return tx.Set("code", "AAAA-BBBB") })
	if err := read(); err != nil || name != "Wilhelmina Unmistakable" {
		t.Errorf("who has begun to read sees %q, %v", name, err)
	}
	if _, err := other.db.Exec("ROLLBACK"); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		left := traces(t, file)
		if len(left) == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("left a minute after the reader has gone: %v", left)
		}
	}
}

// Each version of the schema leads to the newest with what is in it kept.
func TestMigrationsKeepWhatIsThere(t *testing.T) {
	for v := 1; v <= len(migrations); v++ {
		file := filepath.Join(t.TempDir(), "old.db")
		db, err := sql.Open("sqlite", file)
		if err != nil {
			t.Fatal(err)
		}
		statements := "CREATE TABLE versions (version BIGINT PRIMARY KEY);"
		for i := range v {
			statements += migrations[i] + fmt.Sprintf(";INSERT INTO versions VALUES (%d);", i+1)
		}
		statements += "INSERT INTO settings VALUES ('code', 'OLD')"
		if _, err := db.Exec(statements); err != nil {
			t.Fatal(err)
		}
		db.Close()
		s := reopen(t, file)
		got, err := s.Load(ctx)
		if err != nil || got.Settings["code"] != "OLD" {
			t.Errorf("from version %d: %+v, %v", v, got, err)
		}
		update(t, s, full)
	}
}

func TestABackupIsAWholeWorkshop(t *testing.T) {
	s, file := begin(t)
	update(t, s, full)
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := Backup(ctx, file, copied); err != nil { // the store is open
		t.Fatal(err)
	}
	want, _ := s.Load(ctx)
	got, err := reopen(t, copied).Load(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := Backup(ctx, file, copied); !errors.Is(err, os.ErrExist) {
		t.Errorf("over a file that is there: %v", err)
	}
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte(strings.Repeat("x", 9000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Backup(ctx, text, text+".db"); err == nil {
		t.Error("a text was backed up")
	} else if _, err := os.Stat(text + ".db"); err == nil {
		t.Error("a backup that failed was left")
	}
}

func TestOnlyTheOwnerMayReadTheFile(t *testing.T) {
	s, file := begin(t)
	update(t, s, full)
	names, _ := filepath.Glob(file + "*")
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
			t.Errorf("%s has mode %v", filepath.Base(name), info.Mode())
		}
	}
}

// A store without room says so, keeps what it has, and goes on when there is room.
func TestADiskThatIsFullLosesNothing(t *testing.T) {
	s, _ := begin(t)
	update(t, s, full)
	db := s.(*sqliteStore).db
	limit := func(pages int) {
		if _, err := db.ExecContext(ctx, fmt.Sprintf("PRAGMA max_page_count=%d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // as many as there are
	many := func(tx Tx) error {
		for i := range 1000 {
			if _, err := tx.AddResult(result(fmt.Sprintf("more-%05d", i), int64(100+i))); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.Update(ctx, many); !errors.Is(err, ErrFull) {
		t.Fatalf("the error is %v", err)
	}
	count := 0
	if err := s.Results(ctx, 0, func(Row) error { count++; return nil }); err != nil || count != 1 {
		t.Errorf("%d results, %v", count, err)
	}
	limit(1 << 30)
	update(t, s, many)
}
