// Command gokata teaches concurrency and parallelism in Go, and measures
// whether what the learner wrote is parallel. Its commands are in
// cmd/internal/cli; `gokata help` lists them.
package main

import (
	"context"
	"os"

	"gokata/cmd/internal/cli"
)

func main() {
	os.Exit(run(context.Background(), cli.Standard(), os.Args[1:]))
}

func run(ctx context.Context, streams cli.Streams, args []string) int {
	return cli.Run(ctx, cli.System(streams), args)
}
