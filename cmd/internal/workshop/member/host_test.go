package member

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/host"
	"gokata/lessons"
)

// hosted is a real host that can be stopped and started again.
type hosted struct {
	t    testing.TB
	conf host.Config
	join string
	stop func()
}

func hostWorkshop(t testing.TB) *hosted {
	t.Helper()
	h := &hosted{t: t, conf: host.Config{
		Addr: "127.0.0.1:0", Data: t.TempDir(), Course: &lessons.Course{}, Katas: map[string]string{"merge-sort": "Merge sort"},
	}}
	h.start()
	t.Cleanup(func() { h.stop() })
	return h
}

// start serves, from the second time on where it did before.
func (h *hosted) start() {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	served, err := host.Open(ctx, h.conf)
	if err != nil {
		cancel()
		h.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- served.Serve(ctx) }()
	h.join = served.Join()
	h.conf.Addr = strings.TrimPrefix(h.address().URL, "https://")
	h.stop = func() {
		cancel()
		if err := <-ended; err != nil {
			h.t.Errorf("the host ended with %v", err)
		}
		h.stop = func() {}
	}
}

func (h *hosted) address() client.Address {
	h.t.Helper()
	a, err := client.ParseAddress(h.join)
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// joined is the folder of a new learner.
func (h *hosted) joined() (Folder, *Member) {
	h.t.Helper()
	a := h.address()
	c := client.New(a, "")
	defer c.HTTP.CloseIdleConnections()
	j, err := c.Join(context.Background(), workshop.JoinRequest{Name: "Kim"})
	if err != nil {
		h.t.Fatal(err)
	}
	return folderOf(h.t, &Member{URL: a.URL, Code: a.Code, Pin: a.Pin, Token: j.Token, Learner: j.Learner, Name: j.Name, Joined: time.Now().UTC().Round(0)})
}

// read is how many lessons the host says that the learner has read.
func (h *hosted) read(m *Member) int {
	h.t.Helper()
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	me, err := c.Me(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	return me.Read
}

func TestResultsOfADayWithoutNetworkArriveOnce(t *testing.T) {
	host := hostWorkshop(t)
	folder, m := host.joined()
	carry(t, folder)
	soon(t, "the courier is connected", func() bool { return folder.Link(m).Connected })
	host.stop()
	soon(t, "the courier notices", func() bool { return !folder.Link(m).Connected })
	for n := range 130 {
		add(t, folder, read(n))
	}
	if n := folder.Waiting(); n != 130 {
		t.Fatalf("%d wait", n)
	}
	host.start()
	soon(t, "all are sent", func() bool { return folder.Waiting() == 0 })
	if n := host.read(m); n != 130 {
		t.Errorf("the host has %d of 130", n)
	}
	soon(t, "the courier is connected again", func() bool { return folder.Link(m).Connected })
}

func TestEveryResultArrivesOnceWhereCouriersAreKilled(t *testing.T) {
	host := hostWorkshop(t)
	folder, m := host.joined()
	folder.Touch(time.Now())
	const rounds, each = 15, 20
	n := 0
	for range rounds {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), courierEnv+"="+string(folder))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for range each {
			add(t, folder, read(n))
			n++
		}
		left := rand.N(each) // at random in the middle of it
		soon(t, "some are sent", func() bool { return folder.Waiting() <= left })
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		var killed *exec.ExitError
		if err := cmd.Wait(); !errors.As(err, &killed) || killed.ExitCode() >= 0 {
			t.Fatalf("the courier ended with %v before it was killed", err)
		}
	}
	carry(t, folder)
	soon(t, "all are sent", func() bool { return folder.Waiting() == 0 })
	if got := host.read(m); got != n {
		t.Errorf("the host has %d of %d", got, n)
	}
	if refused, err := folder.Refused(); err != nil || len(refused) != 0 {
		t.Errorf("refused: %+v, %v", refused, err)
	}
}

func TestTwoWhoSendTheSameCountOnce(t *testing.T) {
	host := hostWorkshop(t)
	folder, m := host.joined()
	for n := range 200 {
		add(t, folder, read(n))
	}
	ended := make(chan error, 3)
	for range 3 { // as where a file system has no locks
		go func() {
			c := m.Client()
			defer c.HTTP.CloseIdleConnections()
			ended <- folder.Deliver(context.Background(), m, c)
		}()
	}
	for range 3 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if n := host.read(m); n != 200 || folder.Waiting() != 0 {
		t.Errorf("the host has %d of 200, %d wait", n, folder.Waiting())
	}
}

func TestAForgottenLearnersCourierEndsItself(t *testing.T) {
	host := hostWorkshop(t)
	folder, m := host.joined()
	ended, _ := carry(t, folder)
	soon(t, "the courier is connected", func() bool { return folder.Link(m).Connected })
	c := m.Client()
	defer c.HTTP.CloseIdleConnections()
	if err := c.Leave(context.Background(), true); err != nil {
		t.Fatal(err)
	}
	add(t, folder, read(1))
	finished(t, ended)
	if !folder.Link(m).Gone {
		t.Errorf("the link is %+v", folder.Link(m))
	}
}
