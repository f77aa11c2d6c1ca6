package lessons

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"

	"gokata/content/frontmatter"
)

// root is the folder of the repository that Load's file system holds. Messages
// name files from the root of the repository, so that an editor finds them.
const root = "content"

// misconceptions is how many common mistakes the course numbers.
const misconceptions = 38

// Load reads the catalogue from content.FS, or from a folder of the same
// layout. It reads front matter only. The error joins a *frontmatter.Error for
// each mistake.
func Load(fsys fs.FS, katas []KataRef) (*Course, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("failed to read the course: %w", err)
	}
	ld := &loader{fsys: fsys, heads: map[string]head{}}
	course := &Course{Title: Title, katas: katas}
	for _, e := range entries {
		if ch := ld.chapter(e); ch != nil {
			course.Chapters = append(course.Chapters, ch)
		}
	}
	ld.ids(course)
	ld.references(course)
	if len(ld.errs) > 0 {
		return nil, errors.Join(ld.errs...)
	}
	course.orderKatas()
	for _, ch := range course.Chapters {
		ch.questions = ch.parseOnce(fsys)
	}
	return course, nil
}

// loader gathers the mistakes of all files.
type loader struct {
	fsys  fs.FS
	heads map[string]head // front matter of each file, to name its lines
	errs  []error
}

func (ld *loader) errorf(file string, line int, format string, args ...any) {
	ld.errs = append(ld.errs, &frontmatter.Error{File: file, Line: line, Msg: fmt.Sprintf(format, args...)})
}

// chapter reads one folder. It returns nil for what is no chapter.
func (ld *loader) chapter(e fs.DirEntry) *Chapter {
	dir := e.Name()
	if !e.IsDir() {
		return nil // the Go file that embeds the course
	}
	number, id, ok := cutNumber(dir)
	if !ok {
		if _, err := fs.Stat(ld.fsys, path.Join(dir, "chapter.md")); err == nil {
			ld.errorf(path.Join(root, dir, "chapter.md"), 1, "bad folder name %q: want NN-name, lower-case words with hyphens", dir)
		}
		return nil
	}
	ch := &Chapter{ID: id, Number: number, Dir: dir}
	entries, err := fs.ReadDir(ld.fsys, dir)
	if err != nil {
		ld.errs = append(ld.errs, fmt.Errorf("failed to read chapter %s: %w", dir, err))
		return nil
	}
	described := false
	for _, e := range entries {
		name := e.Name()
		file := path.Join(root, dir, name)
		switch {
		case name == "testdata" && e.IsDir(), name == "quiz.md" && !e.IsDir():
		case name == "chapter.md":
			described = true
			ld.describe(ch, file)
		default:
			if l := ld.lesson(ch, file, e); l != nil {
				ch.Lessons = append(ch.Lessons, l)
			}
		}
	}
	if !described {
		ld.errorf(path.Join(root, dir, "chapter.md"), 1, "the file is missing: write it with title: and summary:")
	}
	return ch
}

// describe reads chapter.md.
func (ld *loader) describe(ch *Chapter, file string) {
	var meta struct {
		Title   string `yaml:"title"`
		Summary string `yaml:"summary"`
	}
	if !ld.decode(file, &meta, &ch.body) {
		return
	}
	if ch.Title, ch.Summary = meta.Title, meta.Summary; ch.Title == "" {
		ld.missing(file, "title")
	}
}

// lesson reads one page. It returns nil where the page has no place in the
// course, and a lesson with gaps where its front matter has mistakes.
func (ld *loader) lesson(ch *Chapter, file string, e fs.DirEntry) *Lesson {
	name, ok := strings.CutSuffix(e.Name(), ".md")
	_, id, numbered := cutNumber(name)
	if !ok || !numbered || e.IsDir() {
		ld.errorf(file, 1, "bad file name %q: want NN-name.md, chapter.md, quiz.md or the folder testdata", e.Name())
		return nil
	}
	l := &Lesson{ID: id, Chapter: ch.ID, File: file}
	var meta struct {
		Title          string   `yaml:"title"`
		Question       string   `yaml:"question"`
		Minutes        int      `yaml:"minutes"`
		Draft          bool     `yaml:"draft"`
		Katas          []string `yaml:"katas"`
		Misconceptions []int    `yaml:"misconceptions"`
		Sources        []string `yaml:"sources"`
	}
	if !ld.decode(file, &meta, &l.body) {
		return l
	}
	l.Title, l.Question, l.Minutes, l.Draft = meta.Title, meta.Question, meta.Minutes, meta.Draft
	l.Katas, l.Misconceptions, l.Sources = meta.Katas, meta.Misconceptions, meta.Sources
	if l.Title == "" {
		ld.missing(file, "title")
	}
	if l.Question == "" {
		ld.missing(file, "question")
	}
	if l.Minutes == 0 {
		ld.missing(file, "minutes")
	} else if l.Minutes < 0 {
		ld.errorf(file, ld.heads[file].line("minutes", ""), "minutes %d: want at least 1", l.Minutes)
	}
	for _, m := range l.Misconceptions {
		if m < 1 || m > misconceptions {
			ld.errorf(file, ld.heads[file].line("misconceptions", strconv.Itoa(m)),
				"misconception %d: want a number from 1 to %d", m, misconceptions)
		}
	}
	return l
}

func (ld *loader) missing(file, key string) {
	ld.errorf(file, ld.heads[file].line(key, ""), "%s is missing: write %s: in the front matter", key, key)
}

// decode reads the front matter of a file into v and keeps the rest in b. It
// reports whether v can be used.
func (ld *loader) decode(file string, v any, b *body) bool {
	src, err := fs.ReadFile(ld.fsys, strings.TrimPrefix(file, root+"/"))
	if err != nil {
		ld.errorf(file, 1, "failed to read the file: %v", err)
		return false
	}
	b.src, b.line, err = frontmatter.Decode(file, src, v)
	if err != nil {
		ld.errs = append(ld.errs, err)
		return false
	}
	ld.heads[file] = head(src[:len(src)-len(b.src)])
	return true
}

// cutNumber splits "03-gomaxprocs" into 3 and "gomaxprocs".
func cutNumber(name string) (number int, id string, ok bool) {
	if len(name) < 4 || name[2] != '-' {
		return 0, "", false
	}
	number, err := strconv.Atoi(name[:2])
	id = name[3:]
	if err != nil || name[0] == '+' || name[0] == '-' || id[0] == '-' || id[len(id)-1] == '-' || strings.Contains(id, "--") {
		return 0, "", false
	}
	for _, r := range id {
		if !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-') {
			return 0, "", false
		}
	}
	return number, id, true
}

// head is the front matter of a file, with its --- lines.
type head string

// line finds the line, from 1, on which a key stands, or, of a list, the entry
// with that value. It is 1 where it finds nothing.
func (h head) line(key, value string) int {
	at, no := 1, 0
	inside := false
	for text := range strings.Lines(string(h)) {
		no++
		if rest, ok := strings.CutPrefix(text, key+":"); ok {
			at, inside, text = no, true, rest
		} else if inside && text[0] != ' ' && text[0] != '-' {
			break
		}
		if inside && value != "" && hasWord(text, value) {
			return no
		}
	}
	return at
}

// hasWord reports whether a value stands in a line of YAML by itself.
func hasWord(text, value string) bool {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n,[]\"'#", r) })
	for _, w := range words {
		if w == value {
			return true
		}
	}
	return false
}
