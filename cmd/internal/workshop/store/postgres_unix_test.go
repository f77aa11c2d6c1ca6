//go:build unix

package store

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// The schema is one that PostgreSQL takes, word for word, and so are the clauses
// on which exactly-once rests.
func TestPostgreSQLTakesTheSchema(t *testing.T) {
	pg := scratch(t)
	var script strings.Builder
	script.WriteString("CREATE TABLE versions (version BIGINT PRIMARY KEY);\n")
	for _, m := range migrations {
		script.WriteString(m + "\n")
	}
	script.WriteString(`
INSERT INTO results VALUES (1, 'result-1', 7, 1, 2, 'checked', 'merge-sort', '{}') ON CONFLICT (learner, id) DO NOTHING;
INSERT INTO results VALUES (1, 'result-1', 8, 1, 2, 'checked', 'merge-sort', '{}') ON CONFLICT (learner, id) DO NOTHING;
INSERT INTO settings VALUES ('code', 'a') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
INSERT INTO settings VALUES ('code', 'b') ON CONFLICT (name) DO UPDATE SET value = excluded.value;
SELECT 'results ' || COUNT(*) FROM results;
SELECT 'code ' || value FROM settings;
`)
	out := pg(script.String())
	if !strings.Contains(out, "results 1") || !strings.Contains(out, "code b") {
		t.Errorf("psql printed\n%s", out)
	}
}

// scratch starts a PostgreSQL of the test's own, on a socket in its folder, and
// gives a way to run SQL. Without PostgreSQL the test is skipped.
func scratch(t *testing.T) (run func(sql string) string) {
	t.Helper()
	program := func(name string) string {
		found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
		if len(found) > 0 {
			return found[len(found)-1]
		}
		path, err := exec.LookPath(name)
		if err != nil {
			if os.Getenv("GOKATA_CI") != "" {
				t.Fatalf("no PostgreSQL: %v", err)
			}
			t.Skipf("no PostgreSQL to try the schema on: %v", err)
		}
		return path
	}
	initdb, server, psql := program("initdb"), program("pg_ctl"), program("psql")
	parent := "" // a socket's path has 107 bytes at most
	if os.Geteuid() == 0 {
		parent = "/tmp" // where nobody, who runs it, comes to
	}
	dir, err := os.MkdirTemp(parent, "pg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	var as *syscall.SysProcAttr
	if os.Geteuid() == 0 { // PostgreSQL refuses root
		nobody, err := user.Lookup("nobody")
		if err != nil {
			if os.Getenv("GOKATA_CI") != "" {
				t.Fatal("PostgreSQL does not run as root, and there is no user nobody")
			}
			t.Skip("PostgreSQL does not run as root, and there is no user nobody")
		}
		uid, _ := strconv.Atoi(nobody.Uid)
		gid, _ := strconv.Atoi(nobody.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			t.Fatal(err)
		}
		as = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
	}
	do := func(in, name string, args ...string) string {
		t.Helper()
		cmd := exec.Command(name, args...)
		cmd.Dir, cmd.SysProcAttr, cmd.Stdin = dir, as, strings.NewReader(in)
		cmd.Env = append(os.Environ(), "LC_ALL=C", "HOME="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s %v: %v\n%s", name, args, err, out)
		}
		return string(out)
	}
	data := filepath.Join(dir, "data")
	do("", initdb, "-D", data, "-A", "trust", "-U", "gokata", "-N")
	do("", server, "-D", data, "-w", "-l", filepath.Join(dir, "log"), "-o", "-c listen_addresses= -k "+dir, "start")
	t.Cleanup(func() { do("", server, "-D", data, "-m", "immediate", "stop") })
	return func(sql string) string {
		t.Helper()
		return do(sql, psql, "-h", dir, "-U", "gokata", "-d", "postgres", "-v", "ON_ERROR_STOP=1", "-At", "-f", "-")
	}
}
