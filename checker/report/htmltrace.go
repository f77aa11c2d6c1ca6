package report

import (
	"fmt"

	"gokata/checker/evidence"
)

// tracePage is what a page shows of a trace.
type tracePage struct {
	Headline   string
	Subject    string
	Missing    string // why there is no trace
	Details    string // what the check said in its place
	Figures    []labelled
	Words      []string
	Timeline   *timelinePicture
	Curve      *curvePicture
	Path       *pathList
	Waits      *waitList
	AtOnce     *barsPicture
	Goroutines []labelled
}

type pathList struct {
	Words  string
	Steps  []pathItem
	Others string
}

// pathItem is a step of the critical path; From and Width place it in the span.
type pathItem struct {
	linePlace
	Func, Share, Ran, How string
	From, Width           string
}

type waitList struct {
	Words  string
	Places []waitItem
}

type waitItem struct {
	linePlace
	Total, Why string
}

func newTracePage(t Tracing) tracePage {
	page := tracePage{Headline: show(traceName(t)), Subject: traceSubject(t)}
	if t.stopped() {
		page.Missing, page.Details = word(t.Report)+". "+show(t.Verdict.Explanation), problemsOf(t.Report)
		return page
	}
	if !t.Traced() {
		page.Missing = noTrace(t)
		return page
	}
	page.Subject += ", " + duration(t.Trace.Wall)
	page.Figures = traceFiguresOf(t)
	page.Words = parallelismWords(t)
	page.Timeline = newTimelinePicture(t.Timeline)
	page.Curve = newCurvePicture(t)
	page.Path = newPathList(t)
	page.Waits = newWaitList(t)
	page.AtOnce = atOncePicture(t)
	page.Goroutines = labelledOf(goroutineFigures(t))
	return page
}

// traceFiguresOf are the figures on top of a page.
func traceFiguresOf(t Tracing) []labelled {
	list := []labelled{{"work", duration(t.Trace.Work)}}
	if t.Trace.Span > 0 {
		list = append(list, labelled{"span", duration(t.Trace.Span)})
	}
	if low, high := t.parallelism(); high > 0 {
		list = append(list, labelled{"parallelism", between(low, high)})
	}
	if m, ok := t.measuredPoint(); ok {
		list = append(list, labelled{"measured on " + quantity(m.P, "CPU"), factor(m.Value)})
	}
	return list
}

func newPathList(t Tracing) *pathList {
	const most = 40
	steps, others, left := pathOf(t, most)
	if len(steps) == 0 {
		return nil
	}
	list := &pathList{Words: fmt.Sprintf("The longest chain of work, %s with %s: no number of CPUs makes it shorter.", duration(t.Trace.Span), quantity(t.Trace.Handovers, "hand-over"))}
	for _, s := range steps {
		item := pathItem{
			linePlace: placeOf(t.Report, s.At), Func: show(s.Func), Share: share(s.Share), Ran: duration(s.Ran), How: s.How,
			From: extent(s.Before, 1), Width: extent(s.Share, 1),
		}
		if item.Place == "" {
			item.How, item.Source = "", ""
		}
		list.Steps = append(list.Steps, item)
	}
	if others > 0 {
		list.Others = fmt.Sprintf("And %s, %s in all.", quantity(others, "shorter step"), duration(left))
	}
	return list
}

func newWaitList(t Tracing) *waitList {
	list := &waitList{Words: show(waitWords(t.Trace))}
	for _, b := range t.Trace.Blocked[:min(len(t.Trace.Blocked), mostWaits)] {
		list.Places = append(list.Places, waitItem{placeOf(t.Report, b.At), duration(b.Total), show(blockWords(b))})
	}
	if list.Words == "" && len(list.Places) == 0 {
		return nil
	}
	return list
}

func atOncePicture(t Tracing) *barsPicture {
	bins := histogram(t.Trace)
	all, largest := int64(0), int64(0)
	for _, b := range bins {
		all, largest = all+b.Total, max(largest, b.Total)
	}
	if all == 0 {
		return nil
	}
	picture := &barsPicture{ID: "at-once", Title: "For how long so many of your goroutines ran at once"}
	for _, b := range bins {
		value := duration(b.Total) + ", " + share(float64(b.Total)/float64(all))
		picture.add(b.label()+" at once", value, string(evidence.You), b.Total, largest)
	}
	return picture
}
