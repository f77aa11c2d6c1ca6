package cli

import (
	"cmp"
	"fmt"
	"strings"

	"gokata/checker/evidence"
	"gokata/cmd/internal/theme"
	lessonterm "gokata/lessons/term"
)

// column is where the text beside a label begins.
const column = 17

// mark says how something stands.
type mark string

const (
	fine   mark = "✓"
	remark mark = "!"
	bad    mark = "✗"
)

// table collects rows: how it stands, what, its value, and what that means.
type table struct {
	a *app
	b strings.Builder
}

// row writes one; value, what it means and commands hang under each other.
func (t *table) row(m mark, name, value, means string, commands ...string) {
	sign := map[mark]func(string) string{fine: t.a.out.Good, remark: t.a.out.Unsure, bad: t.a.out.Bad}[m](string(m))
	head := fmt.Sprintf(" %s %s ", sign, theme.Pad(name, column-4))
	write := func(text string, look func(string) string) {
		for _, line := range lessonterm.Wrap(text, t.a.out.Width-column) {
			fmt.Fprintf(&t.b, "%s%s\n", head, look(line))
			head = strings.Repeat(" ", column)
		}
	}
	plain := func(s string) string { return s }
	write(value, plain)
	if means != "" {
		write(means, plain)
	}
	for _, c := range commands {
		write(c, t.a.out.Command)
	}
}

// found is the table of what there is, measured or not.
func (a *app) found(f findings) string {
	t, m := &table{a: a}, f.Machine
	t.tools(f)
	t.row(fine, "system", m.OS+"/"+m.Arch, "")
	t.cpus(m)
	t.row(grade(m.P >= 2), "judged at", fmt.Sprintf("GOMAXPROCS=%d", m.P), "")
	t.row(grade(m.CPUClock != ""), "CPU clock", cmp.Or(m.CPUClock, "none"), where(m.CPUClock == "",
		"Without the CPU time of a running program nothing is proven: checks end inconclusive."))
	t.row(grade(m.WaitClock), "wait clock", yesno(m.WaitClock), where(!m.WaitClock,
		"How long threads wait for a CPU cannot be read here: expect more rounds, and inconclusive more often when the machine is busy."))
	if m.Load != nil {
		busy := *m.Load > float64(max(1, m.CPUs))/2
		t.row(grade(!busy), "load", fmt.Sprintf("%.2f over the last minute", *m.Load),
			where(busy, "Something else is using this machine, or was. Close what runs before you trust a figure."))
	}
	place := a.tilde(f.Workspace)
	switch {
	case f.Workspace == "":
		t.row(bad, "workspace", "none", "HOME is not set; name a folder with --workspace DIR or $GOKATA_WORKSPACE.")
	case !f.Exists:
		t.row(fine, "workspace", place+" (gokata next makes it)", "")
	default:
		t.row(fine, "workspace", place, "")
	}
	return t.b.String()
}

func (t *table) tools(f findings) {
	if f.NoGo != "" {
		t.row(bad, "go", "missing or too old", f.NoGo)
	} else {
		t.row(fine, "go", f.Machine.Go, "")
	}
	switch {
	case f.Machine.RaceDetector:
		t.row(fine, "C compiler", "there, for the race detector", "")
	case f.NoGo == "":
		t.row(bad, "C compiler", "none", cmp.Or(f.NoCompiler, "There is none")+". Data races are not looked for until then; the report says so.")
	}
}

// cpus writes what there is to run on, and who limits it.
func (t *table) cpus(m evidence.Machine) {
	cpus := counted(m.CPUs, "CPU") + " that this process may use"
	if m.CPUs < m.Online {
		cpus += fmt.Sprintf(" (of %d)", m.Online)
	}
	t.row(grade(m.CPUs >= 2), "CPUs", cpus, where(m.CPUs < 2,
		"One CPU cannot show parallelism: answers and races are checked, then the verdict is inconclusive."))
	switch {
	case m.Cores == 0:
		t.row(fine, "cores", "not known", "")
	case m.Cores < m.P:
		t.row(remark, "cores", fmt.Sprintf("%d for %d CPUs (SMT)", m.Cores, m.CPUs),
			"CPUs that are threads of one core slow each other down: expect 1.2 x to 1.4 x where two cores would give 2.")
	case m.Cores < m.CPUs:
		t.row(fine, "cores", fmt.Sprintf("%d for %d CPUs (SMT); a check needs %d", m.Cores, m.CPUs, m.P), "")
	default:
		t.row(fine, "cores", fmt.Sprintf("%d, as far as this system shows", m.Cores), "")
	}
	switch {
	case m.Quota == nil:
		t.row(fine, "quota", "none", "")
	default:
		t.row(grade(*m.Quota >= 2), "quota", fmt.Sprintf("%.4g CPUs", *m.Quota), where(*m.Quota < 2,
			"Less than two CPUs' time cannot show parallelism."))
	}
	switch {
	case m.Governor == "":
		t.row(fine, "governor", "none that this system shows", "")
	case strings.Contains(m.Governor, "powersave"):
		t.row(remark, "governor", m.Governor, "The CPUs may change their speed as they like. Runs that are compared are taken by turns, so that it evens out; this holds it still:",
			"sudo cpupower frequency-set -g performance")
	default:
		t.row(fine, "governor", m.Governor, "")
	}
}

func grade(ok bool) mark {
	if ok {
		return fine
	}
	return bad
}

// where is text where it applies, else nothing.
func where(applies bool, text string) string {
	if applies {
		return text
	}
	return ""
}

func yesno(yes bool) string {
	if yes {
		return "there"
	}
	return "not there"
}
