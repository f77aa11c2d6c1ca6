package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gokata/checker"
	"gokata/checker/evidence"
	"gokata/checker/report"
	"gokata/cmd/internal/junit"
	"gokata/cmd/internal/progress"
	"gokata/katas"
)

// checkFlags are the flags of check.
type checkFlags struct {
	dir, evidence   string
	json, all, edit bool
	html, junit     string // read by outFile
}

func (a *app) check() *cobra.Command {
	var f checkFlags
	cmd := &cobra.Command{
		Use:   "check [KATA]",
		Short: "Measure a solution",
		Long: `Builds your solution, tries its answers, looks for races, and measures whether
it is parallel, beside the reference solution. Without KATA it is the kata of
this folder, else the current one. --dir takes any folder of Go files and needs
no workspace; its package says which kata it is for. --all checks every kata
that you have begun, with a line for each, and --junit writes the results as XML
for a build server. --edit opens your editor first, and checks when it has
ended. --evidence keeps all that was measured, as JSON, so that the verdict can
be judged again. Exit code: 0 pass, 1 fail, 3 inconclusive; of --all the worst.`,
		Args: args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			html, err := a.outFile(cmd, "html", "report.html")
			if err != nil {
				return err
			}
			results, err := a.outFile(cmd, "junit", "results.xml")
			if err != nil {
				return err
			}
			if f.all {
				if len(args) > 0 || f.dir != "" || f.evidence != "" || html.flag != "" || f.edit {
					return usage("Leave out what is for one kata alone.", "--all checks every kata, and takes --json and --junit only")
				}
				return a.checkAll(cmd.Context(), f.json, results)
			}
			return a.checkOne(cmd, args, f, html, results)
		},
	}
	cmd.Flags().StringVar(&f.dir, "dir", "", "check the Go files in `DIR`")
	cmd.Flags().BoolVar(&f.all, "all", false, "check every kata that you have begun")
	cmd.Flags().BoolVar(&f.edit, "edit", false, "open the file in your editor first")
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object")
	cmd.Flags().StringVar(&f.html, "html", "", "also write the report as a page with pictures to `FILE`")
	cmd.Flags().StringVar(&f.junit, "junit", "", "also write the result as JUnit XML to `FILE`")
	cmd.Flags().StringVar(&f.evidence, "evidence", "", "write what was measured to `FILE`")
	return cmd
}

// checkOne checks one kata.
func (a *app) checkOne(cmd *cobra.Command, args []string, f checkFlags, html, results outFile) error {
	j, err := a.journey(noting)
	if err != nil {
		return err
	}
	slug, folder, keep, err := a.checked(cmd, j, args, f.dir)
	if err != nil {
		return err
	}
	k, err := a.kata(slug)
	if err != nil {
		return err
	}
	if f.edit {
		if err := a.edit(cmd.Context(), filepath.Join(folder, solutionFile(k))); err != nil {
			return err
		}
	}
	start := a.env.Now()
	r, err := a.measure(cmd.Context(), k, folder)
	if err != nil {
		return err
	}
	if f.evidence != "" {
		if err := a.store(a.path(f.evidence), r.Evidence); err != nil {
			return err
		}
	}
	if f.json {
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
	cases := []junit.Case{junitCase(k, r)}
	if err := results.write(func(w io.Writer) error { return junit.Write(w, "gokata", start, cases) }); err != nil {
		return err
	}
	return exitOf(r.Verdict.Outcome)
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

// run has do run the solution in a folder, with a line on standard error that
// says what is going on, and gives its files.
func (a *app) run(ctx context.Context, k *katas.Kata, folder string, do func(checker.Request) error) (files map[string]string, err error) {
	line := &statusLine{w: a.env.Err, t: a.err}
	defer line.clear()
	return a.runWith(ctx, k, folder, line.show, do)
}

// runWith is run for who shows by themselves what is going on.
func (a *app) runWith(ctx context.Context, k *katas.Kata, folder string, tell func(checker.Progress), do func(checker.Request) error) (files map[string]string, err error) {
	solution, err := checker.ReadDir(folder)
	if err != nil {
		return nil, usage("", "%w", err)
	}
	request, err := requestOf(k, solution)
	if err != nil {
		return nil, err
	}
	request.Progress = tell
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
	if err := a.keepIn(j, k, r); err != nil {
		_, line := explain(err)
		fmt.Fprintf(a.env.Err, "%s (the verdict above stands, but was not kept)\n", line)
	}
}

// keepIn notes an attempt.
func (a *app) keepIn(j *journey, k *katas.Kata, r report.Report) error {
	v := r.Verdict
	return j.addChecked(progress.CheckedKata(k.Spec.Kata, string(v.Outcome), string(v.Reason), v.Figures.Speedup, r.Elapsed), &r)
}
