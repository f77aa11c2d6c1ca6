package junit

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestASuite(t *testing.T) {
	var b bytes.Buffer
	begun := time.Date(2026, 3, 1, 13, 0, 0, 0, time.FixedZone("", 3600))
	err := Write(&b, "gokata", begun, []Case{
		{Group: "two-words", Name: "parallel-sum", Took: 1500 * time.Millisecond},
		{Group: "two-words", Name: "cpu-vs-wall", Took: time.Second, Outcome: Failed, Message: "wrong-answer", Text: `a < b && "c"`},
		{Group: "scheduler", Name: "print-in-turn", Outcome: Skipped, Message: "noisy-machine"},
		{Group: "scheduler", Name: "thread-census", Outcome: Broken, Message: "internal"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="gokata" tests="4" failures="1" errors="1" skipped="1" time="2.500" timestamp="2026-03-01T12:00:00">
    <testcase classname="two-words" name="parallel-sum" time="1.500"></testcase>
    <testcase classname="two-words" name="cpu-vs-wall" time="1.000">
      <failure message="wrong-answer">a &lt; b &amp;&amp; &#34;c&#34;</failure>
    </testcase>
    <testcase classname="scheduler" name="print-in-turn" time="0.000">
      <skipped message="noisy-machine"></skipped>
    </testcase>
    <testcase classname="scheduler" name="thread-census" time="0.000">
      <error message="internal"></error>
    </testcase>
  </testsuite>
</testsuites>
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

// TestWhateverALearnerPrintsIsXML: a panic may hold any bytes.
func TestWhateverALearnerPrintsIsXML(t *testing.T) {
	var b bytes.Buffer
	text := "]]> \x00\x1b[31m \xff & <failure>"
	if err := Write(&b, "x", time.Now(), []Case{{Name: text, Outcome: Failed, Message: text, Text: text}}); err != nil {
		t.Fatal(err)
	}
	if err := xml.Unmarshal(b.Bytes(), new(any)); err != nil {
		t.Error(err)
	}
	if strings.ContainsAny(b.String(), "\x00\x1b") {
		t.Error("control characters came through")
	}
}
