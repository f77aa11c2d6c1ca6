package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gokata/checker/spec"
	"gokata/cmd/internal/author"
	"gokata/katas"
	"gokata/lessons"
	"gokata/lessons/quiz"
)

func (a *app) courseNew() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "new COMMAND",
		Short: "Make the skeleton of a lesson, a question or a kata",
		Long: `Makes a skeleton in the source tree around this folder: small, complete, and
without a word from gokata course lint. Nothing that is there is changed, but for
quiz.md, to which a question is appended.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("command of gokata course new", args[0], commandNames(cmd), "gokata course new --help lists them.")
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(a.newLesson(), a.newQuestion(), a.newKata())
	return cmd
}

func (a *app) newLesson() *cobra.Command {
	return &cobra.Command{
		Use:   "lesson CHAPTER ID",
		Short: "A page at the end of a chapter",
		Long: `Makes a page at the end of CHAPTER, marked draft: true, with the parts that a
lesson has. ID is its name: lower-case words with hyphens between.`,
		Args: args(2, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			tree, err := a.tree()
			if err != nil {
				return err
			}
			ch := tree.Course.Chapter(args[0])
			if ch == nil {
				var names []string
				for _, c := range tree.Course.Chapters {
					names = append(names, c.ID)
				}
				return unknown("chapter", args[0], names, "Chapters are "+strings.Join(names, ", ")+".")
			}
			file, err := tree.Lesson(ch, args[1])
			return a.made(err, "Write it, then take draft: true out.", file)
		},
	}
}

func (a *app) newQuestion() *cobra.Command {
	var kind string
	cmd := &cobra.Command{
		Use:   "question LESSON ID",
		Short: "A question after a lesson",
		Long: `Appends a question to the quiz of the chapter that LESSON is in, to be asked after
that lesson. A question of kind time gets its program, too.`,
		Args: args(2, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			tree, err := a.tree()
			if err != nil {
				return err
			}
			l, err := lessonOf(tree, args[0])
			if err != nil {
				return err
			}
			files, err := tree.Question(l, args[1], quiz.Kind(kind))
			return a.made(err, "go doc ./lessons/quiz shows what each kind can hold.", files...)
		},
	}
	cmd.Flags().StringVar(&kind, "kind", string(quiz.One), "`KIND` of question: "+strings.Join(author.QuestionKinds(), ", "))
	return cmd
}

func (a *app) newKata() *cobra.Command {
	var kind string
	cmd := &cobra.Command{
		Use:   "kata LESSON SLUG",
		Short: "A kata that follows a lesson",
		Long: `Makes the folder of a kata with brief, starter, reference, hidden cases and three
wrong solutions, which gokata course test --kata SLUG judges right as they are.`,
		Args: args(2, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			tree, err := a.tree()
			if err != nil {
				return err
			}
			l, err := lessonOf(tree, args[0])
			if err != nil {
				return err
			}
			dir, err := tree.Kata(l, args[1], spec.Kind(kind))
			return a.made(err, "gokata course test --katas-only --kata "+args[1]+" checks it.", dir)
		},
	}
	cmd.Flags().StringVar(&kind, "kind", string(spec.Parallel), "`KIND` of kata: "+strings.Join(author.KataKinds(), " or "))
	return cmd
}

// tree reads the source tree around this folder.
func (a *app) tree() (author.Tree, error) {
	root, err := a.sourceTree(nil)
	if err != nil {
		return author.Tree{}, err
	}
	dir := os.DirFS(filepath.Join(root, "katas"))
	t := author.Tree{Root: root, Katas: katas.SlugsIn(dir)}
	var refs []lessons.KataRef
	for _, slug := range t.Katas {
		if k, err := katas.LoadFrom(dir, slug); err == nil { // lint tells of the others
			refs = append(refs, kataRef(k))
		}
	}
	t.Course, err = lessons.Load(os.DirFS(filepath.Join(root, "content")), refs)
	if err == nil {
		err = t.Course.Check()
	}
	if err != nil {
		return t, usage("Mend what gokata course lint says first.", "%w", err)
	}
	return t, nil
}

func lessonOf(t author.Tree, id string) (*lessons.Lesson, error) {
	if l := t.Course.Lesson(id); l != nil {
		return l, nil
	}
	var names []string
	for _, ch := range t.Course.Chapters {
		for _, l := range ch.Lessons {
			names = append(names, l.ID)
		}
	}
	return nil, unknown("lesson", id, names, "gokata list --lessons shows them.")
}

// made tells what was made, and what to do next.
func (a *app) made(err error, next string, files ...string) error {
	switch {
	case errors.Is(err, author.ErrTaken), errors.Is(err, author.ErrName):
		return usage("", "%w", err)
	case err != nil:
		return usage("Make room there, or take another name.", "%w", err)
	}
	for _, f := range files {
		a.printf("%s\n", f)
	}
	a.printf("%s\n", next)
	return nil
}
