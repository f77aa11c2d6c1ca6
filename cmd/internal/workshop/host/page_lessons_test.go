package host

import (
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestEveryLessonIsAPageBetweenItsNeighbours(t *testing.T) {
	s := serve(t, nil)
	v := s.visitor()
	contents := v.sees("/lessons")
	harmless(t, "/lessons", contents)
	before := ""
	for _, ch := range s.course.course.Chapters {
		for _, l := range ch.Lessons {
			path := "/lessons/" + l.ID
			if !strings.Contains(contents, `href="`+path+`"`) {
				t.Errorf("%s is not in the list", path)
			}
			page := v.sees(path, "<h1>", " min")
			harmless(t, path, page)
			previous, next := "", ""
			walk(t, page, func(n *html.Node) {
				switch attribute(n, "rel") {
				case "prev":
					previous = attribute(n, "href")
				case "next":
					next = attribute(n, "href")
				}
			})
			if previous != before {
				t.Errorf("%s: %q comes before, not %q", path, previous, before)
			}
			before = path
			last := ch == s.lastChapter() && l == ch.Lessons[len(ch.Lessons)-1]
			if (next == "") != last {
				t.Errorf("%s: %q comes next", path, next)
			}
		}
	}
}

// lastChapter is the last one that has lessons.
func (s *hosted) lastChapter() (last any) {
	for _, ch := range s.course.course.Chapters {
		if len(ch.Lessons) > 0 {
			last = ch
		}
	}
	return last
}

func TestAnUnknownLessonLeadsToTheOthers(t *testing.T) {
	s := serve(t, nil)
	res, body := s.visitor().ask("/lessons/nothing%3Cb%3E", nil)
	if res.StatusCode != http.StatusNotFound || !strings.Contains(body, `href="/lessons"`) || !strings.Contains(body, `role="alert"`) {
		t.Errorf("%d %s", res.StatusCode, body)
	}
	harmless(t, "unknown lesson", body)
}

func TestPrivacySaysWhatThisWorkshopAsksFor(t *testing.T) {
	for _, asks := range []bool{false, true} {
		s := serve(t, func(c *Config) { c.Source, c.Anonymous, c.Plain = asks, asks, asks })
		body := s.visitor().sees("/privacy")
		for text, want := range map[string]bool{
			"if you agreed": asks, "does not ask for it": !asks, "The name that you gave": !asks, "not encrypted": asks,
		} {
			if strings.Contains(body, text) != want {
				t.Errorf("asks %v: %q is %v", asks, text, !want)
			}
		}
	}
}

func TestFilesAreSentAgainOnlyWhenTheyAreOthers(t *testing.T) {
	s := serve(t, nil)
	v := s.visitor()
	res, body := v.ask("/static/style.css", nil)
	tag := res.Header.Get("ETag")
	if res.StatusCode != http.StatusOK || !strings.Contains(body, "--paper") || tag == "" || res.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Fatalf("%d %v", res.StatusCode, res.Header)
	}
	r, err := http.NewRequest(http.MethodGet, s.URL()+"/static/style.css", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("If-None-Match", tag)
	again, err := v.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	again.Body.Close()
	if again.StatusCode != http.StatusNotModified {
		t.Errorf("again: %d", again.StatusCode)
	}
	for _, name := range []string{"nothing.css", "..%2fpages.go", "frame.html"} {
		if res, _ := v.ask("/static/"+name, nil); res.StatusCode == http.StatusOK {
			t.Errorf("%s is served", name)
		}
	}
}
