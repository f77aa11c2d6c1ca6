package snippet

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"gokata/lessons/markdown"
	"gokata/lessons/quiz"
)

// Lesson extracts the code of a page whose Markdown begins at line first of
// file. Dir holds the complete programs that the page shows in part: the
// testdata of its chapter, which may be missing.
func Lesson(file string, body []byte, first int, dir fs.FS) (Set, error) {
	x := &extraction{file: file, dir: dir}
	for _, f := range markdown.Fences(body) {
		f.Line += first - 1
		switch f.Lang {
		case "go":
			x.goFence(f)
		case "output":
			x.output(f)
		}
	}
	for _, o := range x.set.Outputs {
		if !slices.ContainsFunc(x.set.Programs, func(p Program) bool { return p.Name == o.Program }) {
			x.mistake(o.Line, "there is no program %s: name one that a fence ```go run= of this page shows", path.Base(o.Program))
		}
	}
	return x.set, errors.Join(x.errs...)
}

// Question extracts the code of a question: its program, whose name is the
// question's id, and the other code blocks of its body, as fragments. The
// blanks of a fill question hold their first accepted answer.
func Question(q *quiz.Question) (Set, error) {
	x := &extraction{file: q.File}
	if q.Program != "" {
		x.set.Programs = append(x.set.Programs, Program{
			Name: q.ID, File: q.File, Line: q.ProgramLine, Source: q.Program, Header: q.ProgramHeader, Runs: true,
		})
	}
	for _, f := range markdown.Fences(filled(q)) {
		f.Line += q.BodyLine - 1
		if f.Lang != "go" || q.Program != "" && f.Line == q.ProgramLine {
			continue
		}
		if run, ok := f.Attrs["run"]; ok && run == "" {
			delete(f.Attrs, "run") // a whole program, which a fragment may be too
		}
		x.goFence(f)
	}
	return x.set, errors.Join(x.errs...)
}

// filled is the body of a question with its blanks filled in.
func filled(q *quiz.Question) []byte {
	body := string(q.Body)
	if q.Kind != quiz.Fill {
		return q.Body
	}
	gaps := quiz.Gaps(body)
	for i := len(gaps) - 1; i >= 0; i-- {
		if i < len(q.Blanks) {
			answer := strings.Trim(q.Blanks[i].Accept[0], "`")
			body = body[:gaps[i].Start] + answer + body[gaps[i].End:]
		}
	}
	return []byte(body)
}

// extraction gathers the code of one page.
type extraction struct {
	file string
	dir  fs.FS
	set  Set
	errs []error
}

func (x *extraction) mistake(line int, format string, args ...any) {
	x.errs = append(x.errs, mistake(x.file, line, fmt.Sprintf(format, args...)))
}

func (x *extraction) goFence(f markdown.Fence) {
	for key := range f.Attrs {
		if !slices.Contains([]string{"run", "show", "compile", "why"}, key) {
			x.mistake(f.Line-1, "unknown attribute %q of a Go fence: want run, show, compile or why", key)
			return
		}
	}
	compile, optsOut := f.Attrs["compile"]
	run, runs := f.Attrs["run"]
	show, shows := f.Attrs["show"]
	switch {
	case optsOut && (compile != "no" || f.Attrs["why"] == "" || runs || shows):
		x.mistake(f.Line-1, `a fence that can not compile says compile=no why="the reason", and neither run nor show`)
	case optsOut:
	case runs && !isFileName(run):
		x.mistake(f.Line-1, "run=%s: name a file, such as run=four.go", run)
	case shows && !runs:
		x.mistake(f.Line-1, "show=%s without run: name the program in testdata with run=", show)
	case shows:
		x.shown(f, run, strings.Split(show, ","))
	case runs:
		src, header := quiz.Complete(f.Text)
		if !strings.Contains(src, "func main()") {
			x.mistake(f.Line-1, "run=%s has no func main(): write it, or keep the program in testdata and say show=", run)
			return
		}
		x.add(Program{Name: x.name(run), File: x.file, Line: f.Line, Source: src, Header: header, Runs: true})
	default:
		p := Wrap(f.Text)
		p.Name, p.File, p.Line = fmt.Sprintf("%s:%d", x.file, f.Line), x.file, f.Line
		x.add(p)
	}
}

// shown takes a program from testdata, and compares the fence with the
// declarations that it says it shows.
func (x *extraction) shown(f markdown.Fence, run string, decls []string) {
	file := path.Join(path.Dir(x.file), "testdata", run)
	if x.dir == nil {
		x.mistake(f.Line-1, "%s can not be read: this page has no testdata", run)
		return
	}
	src, err := fs.ReadFile(x.dir, run)
	if err != nil {
		x.mistake(f.Line-1, "the program %s is missing: write it whole, or leave out show=", file)
		return
	}
	x.add(Program{Name: x.name(run), File: file, Line: 1, Source: string(src), Runs: true})
	want, err := declarations(string(src), decls, strings.HasPrefix(strings.TrimSpace(f.Text), "//"))
	if err != nil {
		x.mistake(f.Line-1, "%s: %v", file, err)
		return
	}
	if at, ok := elided(want, f.Text); !ok {
		x.mistake(f.Line+at, "this line is not what %s has here: copy it from there, or leave lines out with a line …", file)
	}
}

func (x *extraction) output(f markdown.Fence) {
	of := f.Attrs["of"]
	if len(f.Attrs) != 1 || !isFileName(of) {
		x.mistake(f.Line-1, "an output says whose it is, such as of=four.go, and nothing else")
		return
	}
	x.set.Outputs = append(x.set.Outputs, Printed{x.name(of), x.file, f.Line, f.Text})
}

// name makes the name of a program unique in the course: file names are so
// within a chapter only.
func (x *extraction) name(run string) string { return path.Join(path.Dir(x.file), run) }

func (x *extraction) add(p Program) {
	for _, old := range x.set.Programs {
		if old.Name != p.Name {
			continue
		}
		if old.Source != p.Source {
			x.mistake(p.Line, "two programs are called %s: rename one of them", path.Base(p.Name))
		}
		return
	}
	x.set.Programs = append(x.set.Programs, p)
}

func isFileName(s string) bool {
	return strings.HasSuffix(s, ".go") && len(s) > 3 && path.Base(s) == s && !strings.Contains(s, `\`)
}
