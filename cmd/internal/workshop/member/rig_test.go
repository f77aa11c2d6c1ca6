package member

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// courierEnv names the folder that the test binary is a courier of.
const courierEnv = "GOKATA_TEST_COURIER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(courierEnv); dir != "" {
		if err := Carry(context.Background(), Folder(dir)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// fake is a host that does what a test says.
type fake struct {
	t      testing.TB
	server *httptest.Server

	mu       sync.Mutex
	arrived  map[string]int // by id of the result
	requests []int          // bytes of each report
	results  func(w http.ResponseWriter, q workshop.ResultsRequest) (taken bool)
	streams  int
	stream   func(w http.ResponseWriter) (ok bool)
	told     workshop.Told
}

const token = "AAAAAAAAAAAAAAAAAAAAAA"

func newFake(t testing.TB) *fake {
	f := &fake{t: t, arrived: map[string]int{}, told: workshop.Told{Now: time.Now()}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/results", f.takeResults)
	mux.HandleFunc("GET /api/stream", f.tell)
	f.server = httptest.NewServer(mux)
	t.Cleanup(f.server.Close)
	return f
}

func (f *fake) takeResults(w http.ResponseWriter, r *http.Request) {
	var q workshop.ResultsRequest
	if err := json.NewDecoder(r.Body).Decode(&q); err != nil || r.Header.Get("Authorization") != "Bearer "+token {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests = append(f.requests, int(r.ContentLength))
	if f.results != nil && !f.results(w, q) {
		return
	}
	said := workshop.Reported{}
	for _, res := range q.Results {
		f.arrived[res.ID]++
		said.Accepted = append(said.Accepted, res.ID)
	}
	_ = json.NewEncoder(w).Encode(said)
}

func (f *fake) tell(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.streams++
	told, stream := f.told, f.stream
	f.mu.Unlock()
	if stream != nil && !stream(w) {
		return
	}
	text, _ := json.Marshal(told)
	fmt.Fprintf(w, "event: stage\nid: 1\ndata: %s\n\n", text)
	_ = http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// count is how many results have arrived, each once.
func (f *fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.arrived)
}

// joined is the folder of a member of the fake host.
func (f *fake) joined() (Folder, *Member) {
	return folderOf(f.t, &Member{URL: f.server.URL, Code: "K7QF-MPXT", Token: token, Learner: 1, Name: "Kim", Joined: time.Now().UTC().Round(0)})
}

func folderOf(t testing.TB, m *Member) (Folder, *Member) {
	t.Helper()
	folder := In(t.TempDir())
	if err := folder.Join(m); err != nil {
		t.Fatal(err)
	}
	return folder, m
}

// read is a result that a lesson was read.
func read(n int) workshop.Result {
	return workshop.Result{Kind: workshop.Read, Item: fmt.Sprintf("lesson-%d", n)}
}

func add(t testing.TB, f Folder, results ...workshop.Result) {
	t.Helper()
	for _, r := range results {
		if err := f.Add(r, time.Now()); err != nil {
			t.Fatal(err)
		}
	}
}

// carry runs a courier until stop, which waits for its end.
func carry(t testing.TB, f Folder) (ended <-chan error, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	done, said := make(chan struct{}), make(chan error, 1)
	go func() {
		defer close(done)
		said <- Carry(ctx, f)
	}()
	stop = func() { cancel(); <-done }
	t.Cleanup(stop)
	return said, stop
}

// soon waits until something holds.
func soon(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for range 6000 {
		if holds() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("not after 30 s: %s", what)
}

// deliver sends what waits, once.
func deliver(t testing.TB, f Folder, m *Member) error {
	t.Helper()
	c := client.New(m.Address(), m.Token)
	defer c.HTTP.CloseIdleConnections()
	return f.Deliver(context.Background(), m, c)
}

// answerJSON answers by itself; false: nothing was taken.
func answerJSON(w http.ResponseWriter, status int, v any) bool {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
	return false
}
