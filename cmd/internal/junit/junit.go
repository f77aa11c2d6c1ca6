// Package junit writes results in the XML form of JUnit, which build servers
// read: a suite of cases, each with its time, failed, skipped or in error.
package junit

import (
	"encoding/xml"
	"fmt"
	"io"
	"time"
)

// Outcome is how a case ended.
type Outcome int

const (
	Passed  Outcome = iota
	Failed          // the thing tested is wrong
	Skipped         // nothing can be said
	Broken          // the test itself failed
)

// Case is one result.
type Case struct {
	Group   string // shown before the name
	Name    string
	Took    time.Duration
	Outcome Outcome
	Message string // one line; of what passed nothing
	Text    string // as long as need be
}

type suite struct {
	XMLName  xml.Name  `xml:"testsuite"`
	Name     string    `xml:"name,attr"`
	Tests    int       `xml:"tests,attr"`
	Failures int       `xml:"failures,attr"`
	Errors   int       `xml:"errors,attr"`
	Skipped  int       `xml:"skipped,attr"`
	Time     seconds   `xml:"time,attr"`
	Stamp    string    `xml:"timestamp,attr"`
	Cases    []element `xml:"testcase"`
}

type element struct {
	Group   string  `xml:"classname,attr"`
	Name    string  `xml:"name,attr"`
	Time    seconds `xml:"time,attr"`
	Failure *reason `xml:"failure"`
	Error   *reason `xml:"error"`
	Skipped *reason `xml:"skipped"`
}

type reason struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

type seconds time.Duration

func (s seconds) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", time.Duration(s).Seconds()), nil
}

// Write writes a suite that was begun at a time. Its error is w's.
func Write(w io.Writer, name string, begun time.Time, cases []Case) error {
	s := suite{Name: name, Tests: len(cases), Stamp: begun.UTC().Format("2006-01-02T15:04:05")}
	for _, c := range cases {
		e := element{Group: c.Group, Name: c.Name, Time: seconds(c.Took)}
		s.Time += seconds(c.Took)
		why := &reason{c.Message, c.Text}
		switch c.Outcome {
		case Failed:
			s.Failures++
			e.Failure = why
		case Skipped:
			s.Skipped++
			e.Skipped = why
		case Broken:
			s.Errors++
			e.Error = why
		}
		s.Cases = append(s.Cases, e)
	}
	all := struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []suite
	}{Suites: []suite{s}}
	text, err := xml.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s%s\n", xml.Header, text)
	return err
}
