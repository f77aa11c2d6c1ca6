package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"gokata/checker/evidence"
	"gokata/checker/verdict"
)

// MeasurementBench writes every sample of a measurement in Go's benchmark data
// format, so that benchstat reads it. Each name ends in its GOMAXPROCS, 1 as
// well, which package testing leaves out: `benchstat -col /gomaxprocs`.
// Source: go.dev/design/14313-benchmark-format.
func MeasurementBench(w io.Writer, m Measurement) error {
	var b bytes.Buffer
	for _, key := range []string{"goos", "goarch", "pkg", "cpu"} {
		if value := m.Labels[key]; value != "" {
			fmt.Fprintf(&b, "%s: %s\n", key, strings.TrimSpace(clean(value, false)))
		}
	}
	fmt.Fprintf(&b, "Unit cpu-ns/op better=lower\nUnit CPUs-busy better=higher\n")
	for _, bench := range m.Benches {
		if bench.Failed != nil {
			fmt.Fprintf(&b, "--- FAIL: %s\n", clean(bench.Name, false))
			continue
		}
		paused := verdict.Paused(bench)
		for _, p := range bench.Procs {
			for _, r := range bench.Rounds {
				if y, ok := r.You[p]; ok && r.Discarded == "" && y.Wall > 0 {
					benchSample(&b, bench, p, y, paused)
				}
			}
		}
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return fmt.Errorf("failed to write the measurement: %w", err)
	}
	return nil
}

func benchSample(b *bytes.Buffer, bench evidence.Bench, p int, y evidence.Sample, paused bool) {
	n := float64(max(bench.N, 1))
	fmt.Fprintf(b, "%s-%d\t%d\t%.6g ns/op\t%.6g cpu-ns/op", clean(bench.Name, false), p, bench.N, float64(y.Wall)/n, float64(y.CPU)/n)
	by := float64(y.Wall)
	if paused {
		by = y.Facts[evidence.Outside]
	}
	if by > 0 {
		fmt.Fprintf(b, "\t%.4g CPUs-busy", float64(y.CPU)/by)
	}
	for _, extra := range []struct{ fact, unit string }{{evidence.Bytes, "B/op"}, {evidence.Allocs, "allocs/op"}} {
		if value, ok := y.Facts[extra.fact]; ok {
			fmt.Fprintf(b, "\t%.6g %s", value, extra.unit)
		}
	}
	b.WriteByte('\n')
}
