package rehearse

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/host"
	"gokata/cmd/internal/workshop/store"
	"gokata/content"
	"gokata/katas"
	"gokata/lessons"
)

// environment that makes this test binary a host: its address and its data.
const (
	hostAddress = "GOKATA_TEST_HOST_ADDRESS"
	hostData    = "GOKATA_TEST_HOST_DATA"
)

func TestMain(m *testing.M) {
	if addr := os.Getenv(hostAddress); addr != "" {
		if err := hostHere(addr, os.Getenv(hostData)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// keys are what a host says when it is there.
type keys struct{ Join, Instructor string }

// hostHere hosts a workshop until standard input ends, or somebody kills it.
func hostHere(addr, data string) error {
	course, titles, err := course()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	h, err := host.Open(ctx, host.Config{Addr: addr, Data: data, Course: course, Katas: titles, Log: os.Stderr})
	if err != nil {
		return err
	}
	if err := json.NewEncoder(os.Stdout).Encode(keys{h.Join(), h.Instructor}); err != nil {
		return err
	}
	return h.Serve(ctx)
}

func course() (*lessons.Course, map[string]string, error) {
	titles := map[string]string{}
	var refs []lessons.KataRef
	for _, slug := range katas.Slugs() {
		k, err := katas.Load(slug)
		if err != nil {
			return nil, nil, err
		}
		titles[slug] = k.Title
		refs = append(refs, lessons.KataRef{Slug: slug, Chapter: k.Chapter, Lesson: k.Lesson, File: slug})
	}
	c, err := lessons.Load(content.FS, refs)
	return c, titles, err
}

// process is a host in a process of its own.
type process struct {
	t          *testing.T
	addr, data string
	keys
	cmd   *exec.Cmd
	stdin io.Closer
}

func startHost(t *testing.T) *process {
	t.Helper()
	p := &process{t: t, addr: stayingAddress(t), data: t.TempDir()}
	p.start()
	t.Cleanup(p.stop)
	return p
}

// stayingAddress is one to come back to: none of the ports that systems give to
// outgoing connections, which could have it while the host is down.
func stayingAddress(t *testing.T) string {
	for range 100 {
		addr := fmt.Sprintf("127.0.0.1:%d", 20_000+rand.IntN(10_000))
		if l, err := net.Listen("tcp", addr); err == nil {
			l.Close()
			return addr
		}
	}
	t.Fatal("no port is free")
	return ""
}

// start starts the process, and returns when it listens.
func (p *process) start() {
	p.t.Helper()
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Env = append(os.Environ(), hostAddress+"="+p.addr, hostData+"="+p.data)
	p.cmd.Stderr = os.Stderr
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		p.t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		p.t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &p.keys)
	}
	if err != nil {
		p.t.Fatalf("the host does not start: %v", err)
	}
}

// kill ends it as a power failure would, without a last word.
func (p *process) kill() {
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

// stop ends it as Ctrl-C does.
func (p *process) stop() {
	if p.cmd == nil {
		return
	}
	p.stdin.Close()
	if err := p.cmd.Wait(); err != nil {
		p.t.Errorf("the host ended with %v", err)
	}
	p.cmd = nil
}

// plan is a small class for a host.
func (p *process) plan(learners int, rate float64, during time.Duration) Plan {
	p.t.Helper()
	a, err := client.ParseAddress(p.Join)
	if err != nil {
		p.t.Fatal(err)
	}
	return Plan{
		Address: a, Instructor: p.Instructor, Learners: learners, Rate: rate, For: during, Streams: learners,
		Katas: katas.Slugs(), Questions: []string{"two-words"},
	}
}

// told is an outcome as people read it.
func told(p *Plan, o *Outcome) string {
	var b strings.Builder
	if err := WriteJSON(&b, p, o, Judge(o, DefaultLimits)); err != nil {
		return err.Error()
	}
	return b.String()
}

// A host that is killed again and again under load loses nothing that it has
// acknowledged, counts nothing twice, and everybody goes on as who they were.
func TestKillingTheHostLosesNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a host for some seconds; run without -short")
	}
	p := startHost(t)
	plan := p.plan(40, 200, 5*time.Second)
	plan.Keep, plan.Dashboards = true, 1
	r := New(plan)
	ended := make(chan *Outcome, 1)
	go func() {
		o, err := r.Run(context.Background())
		if err != nil {
			t.Error(err)
		}
		ended <- o
	}()
	for range 3 {
		before := r.Progress().Acknowledged
		for end := time.Now().Add(20 * time.Second); r.Progress().Acknowledged < before+20 && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(rand.N(500 * time.Millisecond))
		p.kill()
		p.start()
	}
	o := <-ended
	if o == nil {
		return
	}
	if o.Lost != 0 || o.Doubled != 0 || o.Strangers != 0 || o.Unsent != 0 || o.Refused != 0 || o.Unverified != 0 || o.Joined != 40 {
		t.Error(told(&plan, o))
	}
	if o.Failures() == 0 || o.Acknowledged < 60 {
		t.Errorf("no load was killed: %d failures, %d acknowledged", o.Failures(), o.Acknowledged)
	}
	p.stop()

	s, err := store.SQLite(context.Background(), filepath.Join(p.data, "workshop.db")) // looks at every page
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows := 0
	times := map[string]int{}
	err = s.Results(context.Background(), 0, func(row store.Row) error {
		rows++
		times[row.Result.ID]++
		return nil
	})
	if err != nil || rows < o.Acknowledged {
		t.Errorf("%d rows of %d acknowledged results, %v", rows, o.Acknowledged, err)
	}
	if most := slices.Max(slices.Collect(maps.Values(times))); most != 1 {
		t.Errorf("a result is there %d times", most)
	}
}
