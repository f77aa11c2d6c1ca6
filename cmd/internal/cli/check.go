package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"gokata/checker"
	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/cmd/internal/progress"
	"gokata/katas"
)

func (a *app) check() *cobra.Command {
	var dir, keepIn, page string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "check [KATA]",
		Short: "Measure a solution",
		Long: `Builds your solution, tries its answers, looks for races, and measures whether
it is parallel, beside the reference solution. Without KATA it is the kata of
this folder, else the current one. --dir takes any folder of Go files and needs
no workspace; its package says which kata it is for. --evidence keeps all that
was measured, as JSON, so that the verdict can be judged again. Exit code:
0 pass, 1 fail, 3 inconclusive.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			html, err := a.htmlFlag(cmd.Flags().Changed("html"), page)
			if err != nil {
				return err
			}
			j, err := a.journey(noting)
			if err != nil {
				return err
			}
			slug, folder, keep, err := a.checked(cmd, j, args, dir)
			if err != nil {
				return err
			}
			k, err := a.kata(slug)
			if err != nil {
				return err
			}
			r, err := a.measure(cmd.Context(), k, folder)
			if err != nil {
				return err
			}
			if keepIn != "" {
				if err := a.store(a.path(keepIn), r.Evidence); err != nil {
					return err
				}
			}
			if asJSON {
				err = report.JSON(a.stdout, r)
			} else {
				err = report.Text(a.stdout, r, a.out.Report())
			}
			if err != nil {
				return err
			}
			if keep {
				a.keep(j, k, r)
			}
			if err := html.write(func(w io.Writer) error { return report.HTML(w, r) }); err != nil {
				return err
			}
			return exitOf(r.Verdict.Outcome)
		},
	}
	cmd.Flags().StringVar(&dir, "dir", "", "check the Go files in `DIR`")
	cmd.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	cmd.Flags().StringVar(&page, "html", "", "also write the report as a page with pictures to `FILE`")
	cmd.Flags().StringVar(&keepIn, "evidence", "", "write what was measured to `FILE`")
	return cmd
}

// store writes evidence to a file of its own.
func (a *app) store(file string, e evidence.Evidence) error {
	b, err := json.Marshal(e)
	if err != nil {
		return internal(err)
	}
	if err := os.WriteFile(file, append(b, '\n'), 0o644); err != nil {
		return usage("Name a file in a folder that can be written.", "failed to write the evidence: %w", err)
	}
	return nil
}

// checked says which kata is checked, in which folder, and whether the result
// counts as the learner's: a folder outside the workspace is somebody's.
func (a *app) checked(cmd *cobra.Command, j *journey, args []string, dir string) (slug, folder string, keep bool, err error) {
	if dir == "" {
		if slug, err = a.target(cmd, j, args); err != nil {
			return "", "", false, err
		}
		k, err := a.kata(slug)
		if err != nil {
			return "", "", false, err
		}
		if j.ws == nil {
			return "", "", false, usage("gokata next makes it; --dir DIR checks any folder of Go files.", "there is no workspace yet")
		}
		folder = j.ws.Kata(k.Chapter, slug)
		if !isThere(folder) {
			return "", "", false, usage("gokata start "+slug+" makes its files; --dir DIR checks any folder of Go files.",
				"kata %s is not begun: there is no %s", slug, folder)
		}
		return slug, folder, true, nil
	}
	folder = a.path(dir)
	inside := ""
	if j.ws != nil {
		inside, _ = j.ws.KataAt(folder)
	}
	if len(args) == 0 && inside == "" {
		if inside, err = kataOfPackage(folder); err != nil {
			return "", "", false, err
		}
		if inside == "" {
			return "", "", false, usage("Name it, as in "+cmd.CommandPath()+" parallel-sum --dir "+dir+".", "no kata is named for the folder %s", dir)
		}
		return inside, folder, false, nil
	}
	if len(args) == 0 {
		args = []string{inside}
	}
	slug, err = a.target(cmd, j, args)
	return slug, folder, inside == slug, err
}

// kataOfPackage is the kata that the package of the Go files in a folder is
// named after, or nothing.
func kataOfPackage(folder string) (string, error) {
	files, err := checker.ReadDir(folder)
	if err != nil {
		return "", usage("", "%w", err)
	}
	for name, src := range files {
		tree, err := parser.ParseFile(token.NewFileSet(), name, src, parser.PackageClauseOnly)
		if err != nil {
			continue
		}
		for _, slug := range katas.Slugs() {
			if strings.ReplaceAll(slug, "-", "") == tree.Name.Name {
				return slug, nil
			}
		}
	}
	return "", nil
}

// measure runs the checker on the solution in a folder.
func (a *app) measure(ctx context.Context, k *katas.Kata, folder string) (r report.Report, err error) {
	files, err := a.run(ctx, k, folder, func(request checker.Request) (err error) {
		r, err = a.env.Checker.Check(ctx, request)
		return err
	})
	r.Files = files
	return r, err
}

// run has do run the solution in a folder, and gives its files.
func (a *app) run(ctx context.Context, k *katas.Kata, folder string, do func(checker.Request) error) (files map[string]string, err error) {
	solution, err := checker.ReadDir(folder)
	if err != nil {
		return nil, usage("", "%w", err)
	}
	request, clear, err := a.request(k, solution)
	if err != nil {
		return nil, err
	}
	defer clear()
	err = do(request)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	files = map[string]string{}
	for name, src := range solution {
		files[name] = string(src)
	}
	return files, checkError(err)
}

// keep notes an attempt. The verdict stands whether or not it can be kept, so
// a full disk or a read-only workspace is a warning here.
func (a *app) keep(j *journey, k *katas.Kata, r report.Report) {
	v := r.Verdict
	err := j.add(progress.CheckedKata(k.Spec.Kata, string(v.Outcome), string(v.Reason), v.Figures.Speedup, r.Elapsed))
	if err != nil {
		_, line := explain(err)
		fmt.Fprintf(a.env.Err, "%s (the verdict above stands, but was not kept)\n", line)
	}
}
