package member

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
)

func TestWhatWaitsIsSentOldestFirstAndLeavesTheSpool(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	var order []string
	host.results = func(_ http.ResponseWriter, q workshop.ResultsRequest) bool {
		for _, r := range q.Results {
			order = append(order, r.Item)
		}
		return true
	}
	now := time.Now()
	for n := range 120 { // the later ones are written first
		if err := folder.Add(read(119-n), now.Add(-time.Duration(n)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if err := deliver(t, folder, m); err != nil {
		t.Fatal(err)
	}
	if n := folder.Waiting(); n != 0 || host.count() != 120 {
		t.Errorf("%d wait, %d have arrived", n, host.count())
	}
	for n, item := range order {
		if item != fmt.Sprintf("lesson-%d", n) {
			t.Fatalf("result %d is %s", n, item)
		}
	}
}

func TestAResultIsAsOldAsWhenItHappened(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	var age time.Duration
	host.results = func(_ http.ResponseWriter, q workshop.ResultsRequest) bool {
		age = time.Duration(q.Results[0].AgeMS) * time.Millisecond
		return true
	}
	if err := folder.Add(read(1), time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := deliver(t, folder, m); err != nil {
		t.Fatal(err)
	}
	if age < time.Hour {
		t.Errorf("it is %v old, and happened an hour ago", age)
	}
}

func TestNoRequestIsLargerThanTheHostTakes(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	m.Source = true
	large := map[string]string{"a.go": strings.Repeat("<\x01", workshop.MaxSource/2-10)} // six bytes of JSON each
	for n := range 7 {
		r := workshop.Result{Kind: workshop.Checked, Item: "merge-sort", Verdict: "fail", Reason: "serial"}
		if n%2 == 0 {
			r.Source = large
		}
		add(t, folder, r)
	}
	if err := deliver(t, folder, m); err != nil {
		t.Fatal(err)
	}
	for _, size := range host.requests {
		if size > workshop.MaxBody {
			t.Errorf("a request of %d bytes", size)
		}
	}
	if host.count() != 7 || len(host.requests) < 4 {
		t.Errorf("%d arrived in %d requests", host.count(), len(host.requests))
	}
}

func TestWhatIsDamagedIsPutAsideAndTheRestArrives(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	add(t, folder, read(1), read(2), read(3))
	names, _ := folder.spooled()
	torn := folder.path(filepath.Join(spoolDir, names[1]))
	whole, err := os.ReadFile(torn)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(whole[:len(whole)/2]), "", "null", `{"result":{"id":"../../etc"}}`} {
		if err := os.WriteFile(torn, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := deliver(t, folder, m); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if n := folder.Waiting(); n != 0 {
			t.Errorf("%q: %d wait", text, n)
		}
	}
	refused, err := folder.Refused()
	if err != nil || len(refused) != 4 || host.count() != 2 {
		t.Errorf("%d arrived, refused %+v, %v", host.count(), refused, err)
	}
}

func TestWhatTheHostRefusesIsNotedAndNotSentAgain(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	host.results = func(w http.ResponseWriter, q workshop.ResultsRequest) bool {
		said := workshop.Reported{}
		for _, r := range q.Results {
			if r.Item == "lesson-2" {
				said.Refused = append(said.Refused, workshop.Refused{ID: r.ID, Error: "this workshop has no such lesson"})
			} else {
				said.Accepted = append(said.Accepted, r.ID)
			}
		}
		return answerJSON(w, http.StatusOK, said)
	}
	add(t, folder, read(1), read(2), read(3))
	if err := deliver(t, folder, m); err != nil {
		t.Fatal(err)
	}
	refused, err := folder.Refused()
	if err != nil || len(refused) != 1 || refused[0].Item != "lesson-2" || refused[0].Error != "this workshop has no such lesson" {
		t.Errorf("refused %+v, %v", refused, err)
	}
	if n := folder.Waiting(); n != 0 || len(host.requests) != 1 {
		t.Errorf("%d wait after %d requests", n, len(host.requests))
	}
}

func TestOneResultThatIsNotTakenHoldsUpNoOther(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	host.results = func(w http.ResponseWriter, q workshop.ResultsRequest) bool {
		for _, r := range q.Results {
			if r.Item == "lesson-2" {
				return answerJSON(w, http.StatusRequestEntityTooLarge, workshop.Problem{Error: "too large"})
			}
		}
		return true
	}
	add(t, folder, read(1), read(2), read(3))
	if err := deliver(t, folder, m); err != nil {
		t.Fatal(err)
	}
	if refused, _ := folder.Refused(); len(refused) != 1 || host.count() != 2 || folder.Waiting() != 0 {
		t.Errorf("%d arrived, %d wait, refused %+v", host.count(), folder.Waiting(), refused)
	}
}

func TestNoAnswerOfSomebodyInBetweenCostsAResult(t *testing.T) {
	host := newFake(t)
	folder, m := host.joined()
	add(t, folder, read(1), read(2))
	for _, status := range []int{200, 204, 301, 401, 403, 404, 407, 429, 500, 502, 503, 511} {
		host.results = func(w http.ResponseWriter, _ workshop.ResultsRequest) bool {
			w.WriteHeader(status)
			fmt.Fprint(w, "<html>Please log in to this network")
			return false
		}
		if err := deliver(t, folder, m); err == nil {
			t.Errorf("status %d: no error", status)
		}
		if n := folder.Waiting(); n != 2 {
			t.Fatalf("status %d: %d wait", status, n)
		}
	}
}

func TestSourceLeavesOnlyWhereTheLearnerHasAgreed(t *testing.T) {
	for _, agreed := range []bool{false, true} {
		host := newFake(t)
		folder, m := host.joined()
		m.Source = agreed
		sent := -1
		host.results = func(_ http.ResponseWriter, q workshop.ResultsRequest) bool {
			sent = len(q.Results[0].Source)
			return true
		}
		add(t, folder, workshop.Result{Kind: workshop.Checked, Item: "merge-sort", Source: map[string]string{"a.go": "package a"}})
		if err := deliver(t, folder, m); err != nil {
			t.Fatal(err)
		}
		if agreed != (sent == 1) {
			t.Errorf("agreed %v: %d files were sent", agreed, sent)
		}
	}
}

func TestTheSpoolIsBounded(t *testing.T) {
	folder, _ := newFake(t).joined()
	checked := workshop.Result{Kind: workshop.Checked, Item: "merge-sort", Report: []byte(`{"schema":1}`)}
	fill := func(n int) {
		for i := folder.Waiting(); i < n; i++ {
			if err := os.WriteFile(folder.path(filepath.Join(spoolDir, fmt.Sprintf("0-%d.json", i))), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	fill(maxWhole)
	add(t, folder, checked)
	names, _ := folder.spooled()
	text, err := folder.read(filepath.Join(spoolDir, names[len(names)-1]))
	if w, bad := decodeWaiting(text); err != nil || bad != nil || w.Result.Report != nil {
		t.Errorf("beyond %d results the report stays: %s, %v, %v", maxWhole, text, err, bad)
	}
	fill(MaxWaiting)
	if err := folder.Add(checked, time.Now()); err != ErrFull {
		t.Errorf("result %d: %v", MaxWaiting+1, err)
	}
}

func TestNobodyElseCanReadTheFolder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no modes there")
	}
	folder, m := newFake(t).joined()
	add(t, folder, read(1))
	folder.Touch(time.Now())
	if err := folder.Hear(m, workshop.Told{Now: time.Now()}, time.Now()); err != nil {
		t.Fatal(err)
	}
	files := 0
	err := filepath.WalkDir(string(folder), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		files++
		return nil
	})
	if err != nil || files < 5 {
		t.Errorf("%d files, %v", files, err)
	}
}

func TestTheTokenIsReadableByItsOwnerWhateverTheFolderWas(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("folders have no modes there")
	}
	state := t.TempDir()
	if err := os.Mkdir(filepath.Join(state, "workshop"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := In(state).Join(&Member{URL: "https://h:1", Code: "X", Token: token}); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(state, "workshop"))
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}
