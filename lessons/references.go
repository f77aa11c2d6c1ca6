package lessons

import "slices"

// ids reports names and numbers that are taken twice. Chapters, lessons and
// katas share one set of names, since `gokata show ID` takes any of them.
func (ld *loader) ids(c *Course) {
	owner := map[string]string{} // file that took the id first
	take := func(id, file string) {
		if first, twice := owner[id]; twice {
			ld.errorf(file, 1, "id %q is taken by %s: rename one of the two", id, first)
			return
		}
		owner[id] = file
	}
	var chapter string
	number := -1
	for _, ch := range c.Chapters {
		if ch.Number == number {
			ld.errorf(ch.file("chapter.md"), 1, "number %02d is taken by %s: renumber one of the two", number, chapter)
		}
		chapter, number = ch.Dir, ch.Number
		take(ch.ID, ch.file("chapter.md"))
		for i, l := range ch.Lessons {
			take(l.ID, l.File)
			if i > 0 && l.number() == ch.Lessons[i-1].number() {
				ld.errorf(l.File, 1, "number %s is taken by %s: renumber one of the two", l.number(), ch.Lessons[i-1].File)
			}
		}
	}
	for _, k := range c.katas {
		take(k.Slug, k.File)
	}
}

// references reports katas that lessons name and that are not there, or not
// theirs, and chapters and lessons that katas name and that are not there.
func (ld *loader) references(c *Course) {
	listed := map[string]*Lesson{}
	for _, ch := range c.Chapters {
		for _, l := range ch.Lessons {
			for _, slug := range l.Katas {
				ld.listed(c, l, slug, listed[slug])
				listed[slug] = l
			}
		}
	}
	for _, k := range c.katas {
		if c.Chapter(k.Chapter) == nil {
			ld.errorf(k.File, 1, "kata %s: there is no chapter %q: name the chapter's folder without its number", k.Slug, k.Chapter)
		}
		if c.Lesson(k.Lesson) == nil {
			ld.errorf(k.File, 1, "kata %s: there is no lesson %q: name the lesson's file without number and .md", k.Slug, k.Lesson)
		}
	}
}

// listed checks one entry under katas: of a lesson. Other is the lesson that
// listed the same kata before, or nil.
func (ld *loader) listed(c *Course, l *Lesson, slug string, other *Lesson) {
	at := ld.heads[l.File].line("katas", slug)
	if other != nil {
		ld.errorf(l.File, at, "kata %s is listed by %s already: a kata follows one lesson", slug, other.File)
		return
	}
	i := slices.IndexFunc(c.katas, func(k KataRef) bool { return k.Slug == slug })
	if i < 0 {
		ld.errorf(l.File, at, "there is no kata %q: name a folder of katas/", slug)
		return
	}
	if k := c.katas[i]; k.Chapter != l.Chapter {
		ld.errorf(l.File, at, "kata %s is of chapter %s (%s): list it in a lesson of that chapter", slug, k.Chapter, k.File)
	}
}

// orderKatas gives each chapter its katas: those that its lessons list, in that
// order, and then the others.
func (c *Course) orderKatas() {
	for _, ch := range c.Chapters {
		for _, l := range ch.Lessons {
			ch.Katas = append(ch.Katas, l.Katas...)
		}
		for _, k := range c.katas {
			if k.Chapter == ch.ID && !slices.Contains(ch.Katas, k.Slug) {
				ch.Katas = append(ch.Katas, k.Slug)
			}
		}
	}
}
