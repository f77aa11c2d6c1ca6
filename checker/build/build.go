// Package build turns a solution into something that can be measured, or says
// why it cannot: read and refuse (Refuse), then compile (Build) in a pristine
// module that the checker writes itself, with an environment that the learner
// does not control.
//
//	files -> refused | module: go.mod, main.go, probe/, hidden/, solution/
//	      -> what the compiler or vet says | binaries, plain and -race
//
// Binaries are cached by the content of everything that goes into them.
package build

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"gokata/checker/evidence"
	"gokata/checker/probe"
	"gokata/checker/spec"
)

// Part is one set of Go files to build around.
type Part struct {
	Spec     spec.Spec
	Solution map[string][]byte // the learner's, or the reference
	Hidden   map[string][]byte
	Starter  map[string][]byte // for the signatures that the kata asks for; may be nil
}

// Binaries are the programs of one solution. Race is empty where it was not
// asked for, or cannot be had.
type Binaries struct {
	Plain, Race string // paths
}

// Result is what a build gave: Binaries, or what stands in their way.
type Result struct {
	Binaries
	Compile []evidence.Finding
	Vet     []evidence.Finding
	NoRace  string // why Race is empty though it was asked for
}

// Builder compiles with one go command into one cache. Dir is for its
// temporary modules and is the caller's to remove; Cache keeps binaries.
type Builder struct {
	Go    Toolchain
	Dir   string
	Cache string
	Limit time.Duration // of one Build; 0 means 5 minutes, for a first compile of the standard library
}

// main.go of the module.
const mainSource = `package main

import (
	"check/hidden"
	"check/probe"
)

func main() { probe.Main(hidden.Suite()) }
`

// buildArgs are the arguments of every build.
func buildArgs() []string { return []string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-w"} }

// Build compiles p, and with race also under the race detector, side by side.
// With vet, go vet reads the solution too. The error is our own fault or the
// machine's; what the learner did wrong is in the Result.
func (b *Builder) Build(ctx context.Context, p Part, race, vet bool) (Result, error) {
	files, err := module(p)
	if err != nil {
		return Result{}, err
	}
	key := b.key(files)
	kept := Result{Binaries: Binaries{Plain: b.kept(key, "plain")}}
	if race {
		kept.Race = b.kept(key, "race")
	}
	if present(kept.Plain) && (!race || present(kept.Race)) {
		return kept, nil
	}
	if found := retyped(p); len(found) > 0 {
		return Result{Compile: found}, nil
	}
	dir, err := os.MkdirTemp(b.Dir, "module-")
	if err != nil {
		return Result{}, fmt.Errorf("failed to make a folder for the build: %w", err)
	}
	if err := write(dir, files); err != nil {
		return Result{}, err
	}
	limit := cmp.Or(b.Limit, 5*time.Minute)
	timed, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var wg sync.WaitGroup
	var plain, raced, vetted said
	run := func(out *said, racing bool, args ...string) {
		wg.Go(func() { *out = b.Go.run(timed, dir, b.Dir, racing, args...) })
	}
	plainOut, raceOut := filepath.Join(dir, "plain.out"), filepath.Join(dir, "race.out")
	run(&plain, false, append(buildArgs(), "-o", plainOut, ".")...)
	if race {
		run(&raced, true, append(buildArgs(), "-race", "-o", raceOut, ".")...)
	}
	if vet {
		run(&vetted, false, "vet", "./solution")
	}
	wg.Wait()
	switch {
	case ctx.Err() != nil:
		return Result{}, ctx.Err()
	case timed.Err() != nil:
		return Result{Compile: []evidence.Finding{{Message: fmt.Sprintf(
			"the compiler was stopped after %v: make the code simpler (huge arrays, deeply nested types)", limit)}}}, nil
	}
	if plain.err != nil {
		res := Result{Compile: diagnose(plain.text, p)}
		if len(res.Compile) == 0 {
			return Result{}, fmt.Errorf("failed to build: %w: %s", plain.err, clip(plain.text))
		}
		return res, nil
	}
	if vetted.err != nil {
		if found := diagnose(vetted.text, p); len(found) > 0 {
			return Result{Vet: found}, nil
		}
	}
	if err := b.keep(plainOut, kept.Plain); err != nil {
		return Result{}, err
	}
	switch {
	case !race:
	case raced.err != nil: // a C compiler without its headers, for one: the rest can be checked without it
		kept.Race, kept.NoRace = "", fmt.Sprintf("a program with the race detector does not build: %v: %s", raced.err, complaint(raced.text))
	default:
		if err := b.keep(raceOut, kept.Race); err != nil {
			return Result{}, err
		}
	}
	return kept, nil
}

// module lists the files of the module around p, by path.
func module(p Part) (map[string][]byte, error) {
	files := map[string][]byte{
		"go.mod":  []byte("module check\n\ngo 1.26\n"),
		"main.go": []byte(mainSource),
	}
	harness, err := probe.Source()
	if err != nil {
		return nil, err
	}
	for name, src := range harness {
		files["probe/"+name] = src
	}
	for name, src := range p.Hidden {
		files["hidden/"+name] = src
	}
	for name, src := range p.Solution {
		switch {
		case misnamed(name) != "": // Refuse has said so
			return nil, fmt.Errorf("failed to build %q: it %s", name, misnamed(name))
		case !strings.HasSuffix(name, "_test.go"):
			files["solution/"+name] = src
		}
	}
	return files, nil
}

func write(dir string, files map[string][]byte) error {
	for name, src := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return fmt.Errorf("failed to write the module to build: %w", err)
		}
		if err := os.WriteFile(file, src, 0o600); err != nil {
			return fmt.Errorf("failed to write the module to build: %w", err)
		}
	}
	return nil
}

// key is the digest of all that goes into a binary.
func (b *Builder) key(files map[string][]byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%q\x00", b.Go.Version, buildArgs())
	for _, name := range sorted(files) {
		fmt.Fprintf(h, "%s\x00%d\x00", name, len(files[name]))
		h.Write(files[name])
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// complaint is the line of what a command printed that says most.
func complaint(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "error") })
	return clip(lines[max(i, 0)])
}

func clip(s string) string {
	if s = strings.TrimSpace(s); len(s) > 2000 {
		return s[:2000] + " …"
	}
	return s
}
