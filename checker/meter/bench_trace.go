package meter

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"gokata/checker/proc"
)

// Sizes of a trace, in bytes: one that is larger is taken again with fewer
// iterations, and no run may write more than mostTrace.
const (
	traceSize = 6 << 20
	mostTrace = 64 << 20
)

// RawTrace is an execution trace of one run of a benchmark.
type RawTrace struct {
	N   int    // iterations
	Raw []byte // nil: too large even with one iteration
	CPU int64  // of the whole process, ns
}

// Trace records a trace of n iterations of a benchmark, or of fewer where it
// grows too large.
func (b Benchmarks) Trace(ctx context.Context, name string, procs, n int) (RawTrace, error) {
	file := filepath.Join(b.Tmp, "trace-"+strconv.Itoa(procs))
	defer os.Remove(file)
	for {
		got, err := b.iterate(ctx, name, procs, n, proc.Limits{FileSize: mostTrace}, "-test.trace="+file)
		size := int64(0)
		if info, failed := os.Stat(file); failed == nil {
			size = info.Size()
		}
		switch {
		case ctx.Err() != nil:
			return RawTrace{}, ctx.Err()
		case size > traceSize && n == 1:
			return RawTrace{N: n}, nil
		case size > traceSize:
			n = max(1, min(n/2, int(float64(n)*traceSize/2/float64(size))))
			continue
		case err != nil:
			return RawTrace{}, err
		}
		raw, err := os.ReadFile(file)
		if err != nil {
			return RawTrace{}, fmt.Errorf("failed to read the trace of %s: %w", name, err)
		}
		return RawTrace{N: n, Raw: raw, CPU: got.cpu.Nanoseconds()}, nil
	}
}
