package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/netip"
	"path/filepath"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/spf13/cobra"
	"rsc.io/qr"

	"gokata/cmd/internal/workshop/host"
	"gokata/cmd/internal/workshop/store"
)

// hostFlags are those of workshop host.
type hostFlags struct {
	addr, data, cert, key, name string
	plainHTTP, code, anonymous  bool
	revoke, json                bool
}

func (a *app) workshopHost() *cobra.Command {
	var f hostFlags
	cmd := &cobra.Command{
		Use:   "host",
		Short: "Host a workshop on this machine",
		Long: `Hosts a workshop until Ctrl-C: one process, one file. It prints what learners
type to join, the address of your dashboard (which logs you in), and the
projector's. Started again with the same --data, it goes on: everyone is still
in, and your earlier keys still open the dashboard.

The connection is encrypted with a certificate of the workshop's own, which
terminals know by the join string; browsers warn of it once. --cert and --key
take a certificate that browsers know.

What learners report is their machines' word, and is shown so. --ask-code asks
them for their source code as well, which each of them may decline.`,
		Args: args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error { return a.host(cmd.Context(), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.addr, "addr", ":8443", "listen on `HOST:PORT`; without a host on all networks of this machine")
	flags.StringVar(&f.name, "name", "", "the `HOST` name or address that learners use, where gokata finds the wrong one")
	flags.StringVar(&f.data, "data", "", "keep the workshop in `DIR` (else gokata-workshop in your home folder)")
	flags.StringVar(&f.cert, "cert", "", "`FILE` with a certificate (PEM), with --key")
	flags.StringVar(&f.key, "key", "", "`FILE` with its key (PEM)")
	flags.BoolVar(&f.plainHTTP, "plain-http", false, "do not encrypt; pages say so in a banner")
	flags.BoolVar(&f.code, "ask-code", false, "ask learners for their source code")
	flags.BoolVar(&f.anonymous, "anonymous", false, "take no names: Learner 1, Learner 2")
	flags.BoolVar(&f.revoke, "revoke-keys", false, "dashboards and projectors of earlier starts must log in anew")
	flags.BoolVar(&f.json, "json", false, "print one line of JSON: url, join, instructor_token, projector_url")
	return cmd
}

// workshopData is the folder of a workshop.
func (a *app) workshopData(flag string) (string, error) {
	if flag != "" {
		return a.path(flag), nil
	}
	if a.env.Home == "" {
		return "", usage("Name a folder with --data DIR.", "there is no home folder to keep the workshop in")
	}
	return filepath.Join(a.env.Home, "gokata-workshop"), nil
}

func (a *app) host(ctx context.Context, f hostFlags) error {
	data, err := a.workshopData(f.data)
	if err != nil {
		return err
	}
	switch {
	case (f.cert == "") != (f.key == ""):
		return usage("Give both, or neither.", "--cert and --key belong together")
	case f.plainHTTP && f.cert != "":
		return usage("Leave one of them out.", "--plain-http uses no certificate, and --cert names one")
	case f.name != "" && !isHost(f.name):
		return usage("Give a name or an address alone, such as laptop.local or 192.168.1.5; the port is that of --addr.", "--name %s is no host", f.name)
	}
	if _, port, err := net.SplitHostPort(f.addr); err != nil || port == "" {
		return usage("Write it as HOST:PORT, such as :8443 or 192.168.1.5:8443.", "--addr %s is no address to listen on", f.addr)
	}
	course, err := a.catalogue()
	if err != nil {
		return err
	}
	all, err := a.katas()
	if err != nil {
		return err
	}
	titles := map[string]string{}
	for slug, k := range all {
		titles[slug] = k.Title
	}
	if a.env.Getenv("GOGC") == "" {
		debug.SetGCPercent(30) // a class leaves much garbage, and the laptop has other things to do
	}
	h, err := host.Open(ctx, host.Config{
		Addr: f.addr, Data: data, Cert: a.named(f.cert), Key: a.named(f.key), Plain: f.plainHTTP,
		Source: f.code, Anonymous: f.anonymous, Revoke: f.revoke, Public: f.name,
		Course: course, Katas: titles, Log: a.env.Err,
	})
	if err != nil {
		return a.hostError(err, f, data)
	}
	if f.json {
		err = json.NewEncoder(a.stdout).Encode(struct {
			URL        string `json:"url"`
			Join       string `json:"join"`
			Instructor string `json:"instructor_token"`
			Projector  string `json:"projector_url"`
		}{h.URL(), h.Join(), h.Instructor, h.ProjectorURL()})
		if err != nil {
			return err
		}
		return a.hostError(h.Serve(ctx), f, data)
	}
	a.printHost(h, f, data)
	stop := a.lasting(time.Second, func() string {
		x := h.Health()
		return fmt.Sprintf("%s   %s   %d MB", counted(x.Learners, "learner"), counted(int(x.Seq), "change"), x.RSS>>20)
	})
	err = h.Serve(ctx)
	stop()
	if err != nil {
		return a.hostError(err, f, data)
	}
	a.printf("\n Ended. Everything is kept in %s;\n the same command goes on with it.\n", a.out.Bold(a.tilde(data)))
	return nil
}

// isHost says whether a text is the name or the address of a host, without a port.
func isHost(s string) bool {
	if _, err := netip.ParseAddr(s); err == nil {
		return true
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && r != '.' && r != '_' && (r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r))
	})
}

// named is a path of the command line, "" where none was given.
func (a *app) named(file string) string {
	if file == "" {
		return ""
	}
	return a.path(file)
}

// hostError says what to do about an error of a host.
func (a *app) hostError(err error, f hostFlags, data string) error {
	var bind *net.OpError
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return nil
	case errors.Is(err, host.ErrInUse):
		return usage("End that one, or name another folder with --data DIR.", "failed to host the workshop in %s: %w", data, err)
	case errors.Is(err, store.ErrFull), errors.Is(err, syscall.ENOSPC):
		return usage("Make room there, or name another folder with --data DIR.", "failed to host the workshop in %s: %w", data, err)
	case errors.Is(err, store.ErrDamaged):
		return usage("Copy a backup, as workshop.db, into a folder of its own and host that with --data DIR, or begin anew with another folder; this one is left as it is.", "failed to host the workshop: %w", err)
	case errors.Is(err, store.ErrNewer):
		return usage("Host it with that gokata, or name another folder with --data DIR.", "failed to host the workshop: %w", err)
	case errors.As(err, &bind) && bind.Op == "listen":
		hint := "Check the address after --addr: HOST:PORT, with an address of this machine, or :PORT for all of them."
		switch {
		case errors.Is(err, syscall.EADDRINUSE):
			hint = "Another program may have the port: name another with --addr :PORT."
		case errors.Is(err, fs.ErrPermission):
			hint = "Ports below 1024 may need rights: name another with --addr :PORT."
		}
		return usage(hint, "failed to listen on %s: %w", f.addr, bind.Err)
	case f.cert != "" && errors.Is(err, fs.ErrNotExist):
		return usage("Check the paths after --cert and --key.", "failed to read the certificate: %w", err)
	}
	return usage("Check --data, --cert and --key, and that the folder can be written.", "failed to host the workshop in %s: %w", data, err)
}

// printHost is the screen of a host.
func (a *app) printHost(h *host.Host, f hostFlags, data string) {
	t := a.out
	a.printf("%s\n\n", spread(t.Bold("gokata")+" · workshop", counted(h.Learners(), "learner")+" joined", t.Width))
	if f.plainHTTP {
		a.printf("%s\n\n", indent(t.Bad(t.Sign("! ", "Warning: ")+"Not encrypted: anybody in this network can read what is sent, your token included."), t.Width))
	}
	if code := qrLines(h.Scan(), t.Light && !t.Color); !t.Dumb && t.Terminal && len(code) > 0 {
		for _, line := range code {
			if t.Color {
				line = "\x1b[97;40m" + line + "\x1b[0m" // white on black in whatever colours the window has
			}
			a.printf("   %s\n", line)
		}
		a.printf("\n")
	}
	row := func(label, what, why string) {
		a.printf(" %s\n   %s\n", t.Bold(label)+"  "+t.Dim(why), t.Command(what))
	}
	row("Learners", "gokata workshop join '"+h.Join()+"'", "type, or scan with a phone")
	row("Dashboard", h.URL()+"/instructor/login#"+h.Instructor, "yours alone: the address logs you in")
	row("Projector", h.ProjectorURL(), "no names, nothing to click")
	a.printf("\n%s\n", indent("Kept in "+a.tilde(host.File(data))+". Ctrl-C ends; the same command goes on with everyone still in.", t.Width))
	if !f.plainHTTP && f.cert == "" {
		a.printf("%s\n", indent(t.Dim("Browsers warn once of the workshop's own certificate; terminals know it by the join string."), t.Width))
	}
}

// qrLines draws a QR code with two modules in a cell. Cells are light modules, or
// dark ones in a window with dark text on a light background. A reader needs the
// four light modules around the code.
func qrLines(text string, darkText bool) []string {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return nil // too long to be one
	}
	const quiet = 4
	filled := func(x, y int) bool { return code.Black(x-quiet, y-quiet) == darkText }
	var lines []string
	for y := 0; y < code.Size+2*quiet; y += 2 {
		var b strings.Builder
		for x := range code.Size + 2*quiet {
			switch up, down := filled(x, y), filled(x, y+1); {
			case up && down:
				b.WriteString("█")
			case up:
				b.WriteString("▀")
			case down:
				b.WriteString("▄")
			default:
				b.WriteString(" ")
			}
		}
		lines = append(lines, b.String())
	}
	return lines
}

func (a *app) workshopBackup() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy a workshop, while it runs or afterwards",
		Long: `Writes a copy of the workshop to FILE, which must not exist, and checks the
copy. The host may be running. To go back to it, copy the file, as workshop.db, into
a folder of its own, and host that with --data: beside a file that was in use lies
a log, which belongs to that file alone.`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := a.workshopData(data)
			if err != nil {
				return err
			}
			from, to := host.File(dir), a.path(args[0])
			if !isThere(from) {
				return usage("Name its folder with --data DIR.", "there is no workshop in %s", dir)
			}
			switch err := store.Backup(cmd.Context(), from, to); {
			case errors.Is(err, store.ErrDamaged), errors.Is(err, store.ErrNewer):
				return usage("An earlier backup may be sound.", "failed to back up %s: %w", from, err)
			case err != nil:
				return usage("Name a new file in a folder that can be written and has room.", "failed to back up %s: %w", from, err)
			}
			a.printf(" %s is a sound copy of %s.\n", a.out.Bold(a.tilde(to)), a.tilde(from))
			return nil
		},
	}
	cmd.Flags().StringVar(&data, "data", "", "the workshop in `DIR` (else gokata-workshop in your home folder)")
	return cmd
}
