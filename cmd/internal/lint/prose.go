package lint

import (
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// line is one line of a text: a paragraph, since the course breaks none.
type line struct {
	no   int
	text string
	myth bool // of a > [!MYTH] callout, which quotes what is wrong
}

// prose gives the lines of Markdown that are no code, figure or output. First is
// the number of its first line.
func prose(src []byte, first int) (lines []line) {
	fence, myth := "", false
	no := first - 1
	for l := range strings.Lines(string(src)) {
		no++
		text := strings.TrimRight(l, "\r\n")
		bare := strings.TrimLeft(text, " \t>")
		if fence != "" {
			if strings.HasPrefix(bare, fence) && strings.Trim(bare, "`~ ") == "" {
				fence = ""
			}
			continue
		}
		if strings.HasPrefix(bare, "```") || strings.HasPrefix(bare, "~~~") {
			fence = bare[:len(bare)-len(strings.TrimLeft(bare, bare[:1]))]
			continue
		}
		switch {
		case !strings.HasPrefix(text, ">"):
			myth = false
		case strings.HasPrefix(text, "> [!"):
			myth = strings.HasPrefix(text, "> [!MYTH]")
		}
		lines = append(lines, line{no, text, myth})
	}
	return lines
}

// page is a Markdown file of the course.
type page struct {
	file  string
	lines []line
}

// pages are all texts that learners read: lessons, questions, briefs.
func (t *Tree) pages() (all []page) {
	for _, ch := range t.course.Chapters {
		for _, l := range ch.Lessons {
			body, first := l.Body()
			all = append(all, page{l.File, prose(body, first)})
		}
		name := path.Join("content", ch.Dir, "quiz.md")
		if src, err := fs.ReadFile(t.Root, name); err == nil {
			all = append(all, page{name, prose(src, 1)})
		}
	}
	for _, k := range t.katas {
		name := path.Join("katas", k.Spec.Kata, "kata.md")
		src, err := fs.ReadFile(t.Root, name)
		if err != nil {
			t.problem(name, 1, "failed to read the file: %v", err)
			continue
		}
		all = append(all, page{name, prose(src, 1)})
	}
	return all
}

// Words of a lesson, code and figures aside: less is not worth a page, more is
// not read in one go.
const (
	leastWords = 600
	mostWords  = 1500
)

// lengths leaves a draft time to grow; a test lets none into the course.
func (t *Tree) lengths() {
	for _, ch := range t.course.Chapters {
		for _, l := range ch.Lessons {
			body, first := l.Body()
			n := 0
			for _, p := range prose(body, first) {
				n += len(strings.Fields(p.text))
			}
			if n < leastWords && !l.Draft || n > mostWords {
				t.problem(l.File, first, "%d words: a lesson has %d to %d, code and figures aside", n, leastWords, mostWords)
			}
		}
	}
}

var (
	named = regexp.MustCompile("\\b(katas?|lessons?) ((?:`[a-z0-9-]+`(?:, | and |, and )?)+)")
	slug  = regexp.MustCompile("`([a-z0-9-]+)`")
	link  = regexp.MustCompile(`\]\(([^)\s]*)[^)]*\)`)
)

// mentions holds what texts refer to against what there is: katas and lessons
// by their names, and links.
func (t *Tree) mentions() {
	known := map[string]bool{}
	for _, k := range t.katas {
		known[k.Spec.Kata] = true
	}
	for _, p := range t.pages() {
		for _, l := range p.lines {
			for _, m := range named.FindAllStringSubmatch(l.text, -1) {
				for _, s := range slug.FindAllStringSubmatch(m[2], -1) {
					id := s[1]
					if strings.HasPrefix(m[1], "kata") && !known[id] || strings.HasPrefix(m[1], "lesson") && t.course.Lesson(id) == nil {
						t.problem(p.file, l.no, "there is no %s `%s`: name one that is there", strings.TrimSuffix(m[1], "s"), id)
					}
				}
			}
			for _, m := range link.FindAllStringSubmatch(l.text, -1) {
				if !strings.HasPrefix(m[1], "https://") {
					t.problem(p.file, l.no, "link to %q: write https://, or name the lesson or kata in words, since terminals and pages differ", m[1])
				}
			}
		}
	}
}
