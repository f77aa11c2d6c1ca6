package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gokata/lessons/interview"
)

// complete gives every command the completions that the words of its usage ask
// for: a new command needs to do nothing for it.
func (a *app) complete(root *cobra.Command) {
	for _, c := range root.Commands() {
		a.complete(c)
	}
	if complete := a.completer(root.Use); complete != nil {
		root.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return complete(), cobra.ShellCompDirectiveNoFileComp
		}
	}
	for flag, complete := range map[string]func() []cobra.Completion{
		"chapter": a.chapterIDs,
		"kata":    a.kataIDs,
		"theme":   a.themes,
		"kind":    kindNames,
		"status":  func() []string { return []string{statusNew, statusTried, statusPassed} },
		"level":   func() []string { return interview.Levels },
		"minutes": func() []string { return []string{"15", "30", "45"} },
	} {
		if root.LocalFlags().Lookup(flag) == nil {
			continue
		}
		_ = root.RegisterFlagCompletionFunc(flag, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return complete(), cobra.ShellCompDirectiveNoFileComp
		})
	}
}

// completer is what the first argument of a usage line may be, or nil.
func (a *app) completer(use string) func() []cobra.Completion {
	words := strings.Fields(use)
	if len(words) < 2 {
		return nil
	}
	switch strings.Trim(words[1], "[]") {
	case "KATA":
		return a.kataIDs
	case "CHAPTER":
		return a.chapterIDs
	case "ID":
		if words[0] == "lesson" {
			return a.lessonCompletions
		}
		return func() []string {
			return slices.Concat(a.lessonCompletions(), a.kataIDs(), a.chapterIDs(), a.questionIDs())
		}
	}
	return nil
}

// kataIDs and the others are ids with titles, in the order of the course. A
// course that cannot be read completes nothing: the command itself says why.
func (a *app) kataIDs() (all []cobra.Completion) {
	katas, err := a.katas()
	course, err2 := a.catalogue()
	if err != nil || err2 != nil {
		return nil
	}
	for _, ch := range course.Chapters {
		for _, slug := range ch.Katas {
			all = append(all, cobra.CompletionWithDesc(slug, katas[slug].Title))
		}
	}
	return all
}

func (a *app) chapterIDs() (all []cobra.Completion) {
	course, err := a.catalogue()
	if err != nil {
		return nil
	}
	for _, ch := range course.Chapters {
		all = append(all, cobra.CompletionWithDesc(ch.ID, ch.Title))
	}
	return all
}

func (a *app) lessonCompletions() (all []cobra.Completion) {
	course, err := a.catalogue()
	if err != nil {
		return nil
	}
	for _, ch := range course.Chapters {
		for _, l := range ch.Lessons {
			all = append(all, cobra.CompletionWithDesc(l.ID, l.Title))
		}
	}
	return all
}

func (a *app) questionIDs() (all []cobra.Completion) {
	course, err := a.catalogue()
	if err != nil {
		return nil
	}
	byID, ids, err := allQuestions(course)
	if err != nil {
		return nil
	}
	for _, id := range ids {
		all = append(all, cobra.CompletionWithDesc(id, byID[id].Title))
	}
	return all
}

// themes are chapters and topics of questions.
func (a *app) themes() []cobra.Completion {
	all := a.chapterIDs()
	course, err := a.catalogue()
	if err != nil {
		return nil
	}
	byID, ids, err := allQuestions(course)
	if err != nil {
		return nil
	}
	var topics []string
	for _, id := range ids {
		topics = append(topics, byID[id].Topics...)
	}
	slices.Sort(topics)
	return append(all, slices.Compact(topics)...)
}
