package cli

import (
	"context"
	"fmt"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"gokata/checker"
	"gokata/checker/report"
	"gokata/cmd/internal/soak"
	"gokata/content"
	"gokata/katas"
	"gokata/lessons/snippet"
)

// course groups what authors run on the course itself: lint (courselint.go), new
// (coursenew.go), test (coursetest.go), table (coursetable.go), peers
// (coursepeers.go), and the busy loop of test (courseload.go).
func (a *app) course() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "course COMMAND",
		Short: "For authors: does the course hold what it says?",
		Long:  `The course's own checks. They need the go command and take a while.`,
		Args:  cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("command of gokata course", args[0], commandNames(cmd), "gokata course --help lists them.")
			}
			return cmd.Help()
		},
	}
	cmd.AddCommand(a.courseLint(), a.courseNew(), a.courseTest(), a.courseTable(), a.coursePeers(), a.courseBusy())
	return cmd
}

// courseText runs the programs of lessons and questions.
func (a *app) courseText(ctx context.Context) error {
	course, err := a.catalogue()
	if err != nil {
		return err
	}
	if err := course.Check(); err != nil {
		return usage("Mend the course.", "%w", err)
	}
	dir, err := os.MkdirTemp("", "gokata-course-")
	if err != nil {
		return usage("Make room there, or set TMPDIR.", "failed to make a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	fmt.Fprintln(a.env.Err, "programs of lessons and questions …")
	const runs = 40 // of each question's program
	doubts, err := snippet.Check(ctx, course, content.FS, dir, runs)
	if err != nil {
		return usage("Mend the course.", "%w", err)
	}
	for _, d := range doubts {
		fmt.Fprintf(a.env.Err, "not borne out: %s\n", d)
	}
	return nil
}

// chosen says which variants are meant.
type chosen struct {
	katas     []string // slugs; none: all
	names     []string // of variants; none: all
	impostors []string // folders of folders
}

func (c *chosen) flags(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&c.katas, "kata", nil, "only these `KATAS`")
	cmd.Flags().StringSliceVar(&c.names, "variant", nil, "only these `VARIANTS`, such as solution or wrong/sequential")
	cmd.Flags().StringSliceVar(&c.impostors, "impostors", nil,
		"also the programs in the folders of `DIR`, which may be given several times, each with its verdict in a line such as // want: tampered")
}

// variants lists what is chosen.
func (a *app) variants(c chosen) ([]soak.Variant, error) {
	slugs := c.katas
	if len(slugs) == 0 {
		slugs = katas.Slugs()
	}
	var all []soak.Variant
	for _, slug := range slugs {
		k, err := a.kata(slug)
		if err != nil {
			return nil, err
		}
		all = append(all, soak.Variants(k)...)
	}
	for _, dir := range c.impostors {
		impostors, err := a.impostors(dir)
		if err != nil {
			return nil, err
		}
		for _, v := range impostors {
			if slices.Contains(slugs, v.Kata.Spec.Kata) {
				all = append(all, v)
			}
		}
	}
	if len(c.names) == 0 {
		return all, nil
	}
	var known []string
	for _, v := range all {
		known = append(known, string(v.Name))
	}
	for _, n := range c.names {
		if !slices.Contains(known, n) {
			return nil, unknown("variant", n, known, "The folders of a kata's testdata are its variants.")
		}
	}
	return slices.DeleteFunc(all, func(v soak.Variant) bool { return !slices.Contains(c.names, string(v.Name)) }), nil
}

func (a *app) impostors(dir string) ([]soak.Variant, error) {
	var all []*katas.Kata
	for _, slug := range katas.Slugs() {
		k, err := a.kata(slug)
		if err != nil {
			return nil, err
		}
		all = append(all, k)
	}
	impostors, err := soak.Impostors(a.path(dir), all)
	if err != nil {
		return nil, usage("checker/testdata/classes shows how they look.", "%w", err)
	}
	return impostors, nil
}

// trying gives the check of a variant. Where several checks run at once they
// have no line to share, and none shows how far it is.
func (a *app) trying(alone bool) soak.Check {
	return func(ctx context.Context, v soak.Variant) (report.Report, error) {
		solution, err := v.Files()
		if err != nil {
			return report.Report{}, err
		}
		request, clear, err := a.request(v.Kata, solution)
		if err != nil {
			return report.Report{}, err
		}
		if alone {
			defer clear()
		} else {
			request.Progress = func(checker.Progress) {}
		}
		return a.env.Checker.Check(ctx, request)
	}
}
