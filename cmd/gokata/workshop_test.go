package main

import (
	"bufio"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// room is a workshop that a script hosts, in a process of its own.
type room struct {
	URL, Join, Instructor string
	cmd                   *exec.Cmd
}

// hostRoom runs gokata workshop host until stop.
func hostRoom(env []string, args ...string) (r *room, err error) {
	r = &room{cmd: exec.Command("gokata", append([]string{"workshop", "host", "--json"}, args...)...)}
	for _, pair := range env {
		if path, ok := strings.CutPrefix(pair, "BIN="); ok { // of a script
			r.cmd.Path, r.cmd.Err = filepath.Join(path, "gokata"), nil
		}
	}
	r.cmd.Env, r.cmd.Stderr = env, os.Stderr
	out, err := r.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := r.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		var said struct {
			URL, Join  string
			Instructor string `json:"instructor_token"`
		}
		err = json.Unmarshal(line, &said)
		r.URL, r.Join, r.Instructor = said.URL, said.Join, said.Instructor
	}
	if err != nil {
		r.stop()
		return nil, fmt.Errorf("workshop host said %q: %w", line, err)
	}
	return r, nil
}

// stop ends the host, and waits.
func (r *room) stop() {
	_ = r.cmd.Process.Signal(syscall.SIGTERM)
	_ = r.cmd.Wait()
}

// ask sends a form as the instructor, none for a GET, and gives the answer.
func (r *room) ask(path string, form url.Values) (string, error) {
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	q, err := http.NewRequest(method, r.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	q.Header.Set("Authorization", "Bearer "+r.Instructor)
	q.Header.Set("Accept", "application/json")
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	c := http.Client{Timeout: generous, Transport: &http.Transport{
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true,
	}}
	res, err := c.Do(q)
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %s", path, res.Status, b)
	}
	return string(b), err
}

// act does what an instructor can, with fields as "name=value".
func (r *room) act(fields ...string) error {
	form := url.Values{}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, "=")
		form.Set(name, value)
	}
	_, err := r.ask("/instructor/act", form)
	return err
}

// generous is how long something may take; only a failing test uses it up.
const generous = 60 * time.Second

// eventually waits until something holds.
func eventually(holds func() bool) bool {
	for deadline := time.Now().Add(generous); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if holds() {
			return true
		}
	}
	return false
}

// What scripts do with a workshop:
//
//	workshop [flags]     hosts one, or goes on with it: $JOIN, $INSTRUCTOR (token)
//	workshop stop        ends it; the next goes on at the same address
//	act FIELD=VALUE...   does what an instructor can
//	recorded REGEXP      waits until the host has such a line of results
//	exported REGEXP      the same of everything that the host has
//	until REGEXP COMMAND waits until the output of a command has such a line

// hosting is the workshop that a script hosts; a script has one at a time.
type hosting struct{ *room }

func hosted(ts *testscript.TestScript) *hosting { return ts.Value(hosting{}).(*hosting) }

func hostInScript(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: workshop [stop | flags]")
	}
	h := hosted(ts)
	if len(args) == 1 && args[0] == "stop" {
		h.stop()
		return
	}
	addr := "127.0.0.1:0"
	if h.room != nil {
		addr = strings.TrimPrefix(h.URL, "https://")
	}
	var env []string
	for _, name := range []string{"BIN", "HOME", "PATH", "TMPDIR"} {
		env = append(env, name+"="+ts.Getenv(name))
	}
	r, err := hostRoom(env, append([]string{"--addr", addr, "--data", ts.MkAbs("host-data")}, args...)...)
	ts.Check(err)
	h.room = r
	ts.Defer(r.stop)
	ts.Setenv("JOIN", r.Join)
	ts.Setenv("HOST_URL", r.URL)
	ts.Setenv("INSTRUCTOR", r.Instructor)
	_, pin, _ := strings.Cut(r.Join, ".")
	ts.Setenv("PIN", pin[strings.LastIndex(pin, ".")+1:])
}

func actInScript(ts *testscript.TestScript, neg bool, args []string) {
	for i := range args {
		args[i] = strings.ReplaceAll(args[i], `\n`, "\n")
	}
	if err := hosted(ts).act(args...); (err != nil) != neg {
		ts.Fatalf("act %v: %v", args, err)
	}
}

func recorded(ts *testscript.TestScript, neg bool, args []string) {
	hasIn(ts, neg, "/instructor/results.csv", args)
}

func exported(ts *testscript.TestScript, neg bool, args []string) {
	hasIn(ts, neg, "/instructor/export.json", args)
}

func hasIn(ts *testscript.TestScript, neg bool, path string, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: [!] recorded|exported REGEXP")
	}
	line := regexp.MustCompile("(?m)" + args[0])
	r, all := hosted(ts), ""
	matches := func() bool {
		var err error
		all, err = r.ask(path, nil)
		ts.Check(err)
		return line.MatchString(all)
	}
	if neg {
		if matches() {
			ts.Fatalf("the host has it:\n%s", all)
		}
	} else if !eventually(matches) {
		ts.Fatalf("the host has no %s; it has\n%s", args[0], all)
	}
}

func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: until REGEXP program [args...]")
	}
	line := regexp.MustCompile("(?m)" + args[0])
	if !eventually(func() bool {
		ts.Check(ts.Exec(args[1], args[2:]...))
		return line.MatchString(ts.ReadFile("stdout")) || line.MatchString(ts.ReadFile("stderr"))
	}) {
		ts.Fatalf("never %s; at last\n%s%s", args[0], ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}
