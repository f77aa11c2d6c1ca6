package soak

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/checker/verdict"
)

func trial(t testing.TB, kind Kind) Trial {
	_, variants := loaded(t, "parallel-sum")
	tr := Trial{Variant: variants[2], Kind: kind, Report: report.Report{
		Verdict:  verdict.Verdict{Outcome: verdict.Fail, Reason: verdict.Contended},
		Evidence: evidence.Evidence{Rounds: make([]evidence.Round, 8)},
		Elapsed:  1234 * time.Millisecond,
	}}
	if kind == Broken {
		tr.Report, tr.Err = report.Report{}, errors.New("no room")
	}
	return tr
}

var at = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestALogGivesBackWhatManyProcessesAdded(t *testing.T) {
	file := filepath.Join(t.TempDir(), "deeper", "log.jsonl")
	const writers, each = 4, 50
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			l, err := OpenLog(file)
			if err != nil {
				t.Error(err)
				return
			}
			defer l.Close()
			for range each {
				if err := l.Add(Record{Label: fmt.Sprint(w)}.Note(trial(t, OtherReason), at)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	records, torn, err := ReadLog(bytes.NewReader(b))
	if err != nil || torn != 0 || len(records) != writers*each {
		t.Fatalf("%d records, %d torn, %v", len(records), torn, err)
	}
	want := Record{Label: records[0].Label, Time: at, Kata: "parallel-sum", Measure: "parallel", Variant: string(trial(t, Right).Variant.Name),
		Class: trial(t, Right).Variant.Class(), Outcome: verdict.Fail, Reason: verdict.Contended, Kind: OtherReason, Rounds: 8, Elapsed: 1234}
	if diff := cmp.Diff(want, records[0]); diff != "" {
		t.Error(diff)
	}
}

func TestABrokenTrialIsLoggedWithItsError(t *testing.T) {
	r := Record{}.Note(trial(t, Broken), at)
	if r.Kind != Broken || r.Err != "no room" || r.Outcome != "" {
		t.Errorf("%+v", r)
	}
}

func TestATornLineIsPassedOverAndSwallowsNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "log.jsonl")
	add := func() {
		l, err := OpenLog(file)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if err := l.Add(Record{}.Note(trial(t, Right), at)); err != nil {
			t.Fatal(err)
		}
	}
	add()
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{1, len(whole) / 2, len(whole) - 1} {
		if err := os.WriteFile(file, append(bytes.Clone(whole), whole[:cut]...), 0o644); err != nil {
			t.Fatal(err)
		}
		add()
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		records, torn, err := ReadLog(bytes.NewReader(b))
		want, wantTorn := 2, 1
		if cut == len(whole)-1 { // only its newline was lost
			want, wantTorn = 3, 0
		}
		if err != nil || len(records) != want || torn != wantTorn {
			t.Errorf("cut at %d: %d records, %d torn, %v", cut, len(records), torn, err)
		}
	}
}

func FuzzReadLog(f *testing.F) {
	f.Add("")
	f.Add(`{"kata":"x","kind":"right","condition":"quiet","class":"ok|serial"}` + "\n{torn")
	f.Add("{}\n[]\nnull\n\n\x00")
	f.Fuzz(func(t *testing.T, text string) {
		records, torn, err := ReadLog(strings.NewReader(text))
		if err != nil || len(records)+torn > strings.Count(text, "\n")+1 {
			t.Fatalf("%d records, %d torn, %v", len(records), torn, err)
		}
		table := Tabulate(records, "")
		trials := 0
		for _, c := range table.Conditions {
			trials += c.Total.Trials
		}
		if trials != len(records) {
			t.Errorf("%d trials in the table of %d records", trials, len(records))
		}
		var b bytes.Buffer
		if err := table.Markdown(&b); err != nil || strings.ContainsAny(b.String(), "\x00\x1b") {
			t.Errorf("%v\n%q", err, b.String())
		}
	})
}

func TestEvidenceIsKeptOfWhatIsNotRight(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	k := Keeper{Dir: dir}
	for _, kind := range []Kind{Right, Broken} {
		if file, err := k.Keep(trial(t, kind), "quiet", at); err != nil || file != "" {
			t.Errorf("%s: kept as %q, %v", kind, file, err)
		}
	}
	file, err := k.Keep(trial(t, OtherReason), "many+2 at once", at)
	if err != nil || filepath.Base(file) != "parallel-sum-"+slug(string(trial(t, Right).Variant.Name))+"-many-2-at-once-20260301T120000.000.json" {
		t.Errorf("%q, %v", file, err)
	}
	k.All = true
	if file, err := k.Keep(trial(t, Right), "quiet", at); err != nil || file == "" {
		t.Errorf("not kept: %v", err)
	}
}

// A night of inconclusive checks leaves room for the false verdict after it.
func TestTheLastPlacesAreForFalseVerdicts(t *testing.T) {
	k := Keeper{Dir: t.TempDir()}
	now := at
	keep := func(kind Kind, n int) (kept int) {
		for range n {
			now = now.Add(time.Second)
			_, err := k.Keep(trial(t, kind), "quiet", now)
			switch {
			case err == nil:
				kept++
			case !errors.Is(err, ErrFull):
				t.Fatal(err)
			}
		}
		return kept
	}
	if n := keep(Inconclusive, Most); n != Most-Reserved {
		t.Errorf("%d inconclusive ones kept, want %d", n, Most-Reserved)
	}
	if n := keep(FalsePass, Most); n != Reserved {
		t.Errorf("then %d false ones, want %d", n, Reserved)
	}
}
