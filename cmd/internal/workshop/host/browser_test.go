package host

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// A test of pages in a real browser:
//
//	b := startBrowser(t)                // skips where there is none
//	p := b.tab(phone)                   // cookies of its own
//	p.open(s.URL() + "/")               // follows redirects
//	p.click("button")                   // css selector, waits for it
//	p.until("text", "document.title === 'x'")
//	p.screenshot("join")                // where GOKATA_SCREENSHOTS is set
//	p.accessible()                      // axe-core, in light and in dark
//	p.fits()                            // nothing is wider than the screen
//	p.clean()                           // no error in the console
//
// A tab fails its test by itself.

// screen is what a page is looked at with.
type screen struct {
	width, height int64
	touch         bool
}

// patience is how long a browser may take for anything; it is never waited out
// where all is well.
const patience = 60 * time.Second

var (
	phone  = screen{390, 844, true}
	narrow = screen{360, 740, true}
	laptop = screen{1280, 800, false}
	wall   = screen{1920, 1080, false}
)

// browser is a chromium of one test.
type browser struct {
	t   *testing.T
	ctx context.Context
}

// startBrowser starts a browser without anything in it, with further flags as
// NAME=VALUE. It ends with the test.
func startBrowser(t *testing.T, flags ...string) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("GOKATA_CI") != "" {
			t.Fatal("no chromium")
		}
		t.Skip("no chromium: pages are not tried in a browser")
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.WSURLReadTimeout(patience), chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.IgnoreCertErrors, // ours is known by its hash, not by an authority
	}
	for _, flag := range []string{
		"disable-quic", "disable-background-networking", "disable-component-update", "disable-sync", "disable-extensions",
		"disable-default-apps", "disable-dev-shm-usage", "disable-breakpad", "metrics-recording-only", "hide-scrollbars",
		"disable-background-timer-throttling", "disable-renderer-backgrounding", "disable-backgrounding-occluded-windows",
	} {
		options = append(options, chromedp.Flag(flag, true))
	}
	for _, flag := range flags {
		name, value, _ := strings.Cut(flag, "=")
		options = append(options, chromedp.Flag(name, value))
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("chromium does not start: %v", err)
	}
	return &browser{t, ctx}
}

// tab is one page, with cookies that no other tab has.
type tab struct {
	t    *testing.T
	ctx  context.Context
	size screen

	mu         sync.Mutex
	complaints []string // of the console
	expected   []string // parts of complaints that are no fault
}

// tab opens one.
func (b *browser) tab(s screen) *tab {
	b.t.Helper()
	p := &tab{t: b.t}
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.listen))
	b.t.Cleanup(cancel)
	p.ctx = ctx
	if err := chromedp.Do(ctx); err != nil { // its context is that of the tab
		b.t.Fatalf("chromium opens no tab: %v", err)
	}
	p.resize(s)
	return p
}

// listen keeps what goes wrong in a page.
func (p *tab) listen(event any) {
	var text string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text = e.ExceptionDetails.Text
		if x := e.ExceptionDetails.Exception; x != nil {
			text += " " + x.Description
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type != "error" && e.Type != "warning" && e.Type != "assert" {
			return
		}
		for _, a := range e.Args {
			text += string(a.Value) + a.Description + " "
		}
	case *log.EventEntryAdded:
		if e.Entry.Level != "error" && e.Entry.Level != "warning" {
			return
		}
		text = e.Entry.Text + " " + e.Entry.URL
	default:
		return
	}
	p.mu.Lock()
	p.complaints = append(p.complaints, text)
	p.mu.Unlock()
}

// do runs actions.
func (p *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		p.t.Fatalf("browser: %v\n%s", err, p.state())
	}
}

// state is what there is to know of a page where a test has failed.
func (p *tab) state() string {
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string](`location.href + "\n" + (document.body ? document.body.innerText : "")`))
	if err != nil {
		text = err.Error()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprintf("%.3000s\nconsole: %q", text, p.complaints)
}

// resize makes it another screen.
func (p *tab) resize(s screen) {
	p.t.Helper()
	p.size = s
	var options []chromedp.EmulateViewportOption
	if s.touch {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	p.do(chromedp.EmulateViewport(s.width, s.height, options...))
}

// open goes to an address.
func (p *tab) open(url string) { p.t.Helper(); p.do(chromedp.Navigate(url)) }

// reload loads the page again.
func (p *tab) reload() { p.t.Helper(); p.do(chromedp.Reload()) }

// click waits until an element is there to be seen, and clicks on it; on a phone
// it is tapped.
func (p *tab) click(css string) {
	p.t.Helper()
	p.do(chromedp.ScrollIntoView(chromedp.CSS(css)), chromedp.Click(chromedp.CSS(css)))
}

// write replaces what is in a field.
func (p *tab) write(css, text string) {
	p.t.Helper()
	// chromedp.Clear leaves a field that proposes values as it is.
	p.do(chromedp.WaitVisible(chromedp.CSS(css)))
	evaluate[bool](p, fmt.Sprintf(`(e => { e.value = ""; e.dispatchEvent(new Event("input", {bubbles: true})); return true })(document.querySelector(%q))`, css))
	p.do(chromedp.SendKeys(chromedp.CSS(css), text))
}

// evaluate gives the value of an expression of JavaScript.
func evaluate[T any](p *tab, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%.200s: %v\n%s", expression, err, p.state())
	}
	return v
}

// text is what a reader sees of an element, "" where there is none.
func (p *tab) text(css string) string {
	p.t.Helper()
	return evaluate[string](p, fmt.Sprintf(`document.querySelector(%q)?.innerText ?? ""`, css))
}

// until waits until an expression of JavaScript is true, across pages.
func (p *tab) until(what, expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for {
		// An error is that of a page that goes away just now.
		if yes, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && yes {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("not after %v: %s\n%s", patience, what, p.state())
		case <-time.After(30 * time.Millisecond):
		}
	}
}

// shows waits until an element has a text in it.
func (p *tab) shows(css, text string) {
	p.t.Helper()
	p.until(fmt.Sprintf("%s with %q", css, text), fmt.Sprintf(`document.querySelector(%q)?.innerText.includes(%q)`, css, text))
}

// cookie gives the page's browser a cookie of an address.
func (p *tab) cookie(url, name, value, path string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	_, err := chromedp.Call(ctx, network.SetCookie, network.SetCookieParams{Name: name, Value: value, URL: url, Path: path})
	if err != nil {
		p.t.Fatalf("cookie %s: %v", name, err)
	}
}

// scripts says whether pages may run any.
func (p *tab) scripts(on bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		p.t.Fatal(err)
	}
}

// prefers sets what a page is told that its reader prefers, as "name: value".
func (p *tab) prefers(features ...string) {
	p.t.Helper()
	var all []*emulation.MediaFeature
	for _, f := range features {
		name, value, _ := strings.Cut(f, ": ")
		all = append(all, &emulation.MediaFeature{Name: name, Value: value})
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: all}); err != nil {
		p.t.Fatal(err)
	}
}

const (
	light = "prefers-color-scheme: light"
	dark  = "prefers-color-scheme: dark"
	still = "prefers-reduced-motion: reduce" // colours that fade in would be measured half-way
)

// accessible requires that axe-core finds no serious and no critical fault, in
// light and in dark.
func (p *tab) accessible() {
	p.t.Helper()
	for _, f := range p.faults() {
		p.t.Errorf("%s: %s", p.address(), f)
	}
}

// faults are those that axe-core finds.
func (p *tab) faults() (all []string) {
	p.t.Helper()
	source, err := os.ReadFile("testdata/axe/axe.min.js")
	if err != nil {
		p.t.Fatal(err)
	}
	evaluate[bool](p, string(source)+"; true")
	defer p.prefers()
	for _, scheme := range []string{light, dark} {
		p.prefers(scheme, still)
		all = append(all, evaluate[[]string](p, `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations
			.filter(v => v.impact === "serious" || v.impact === "critical")
			.flatMap(v => v.nodes.map(n => "`+scheme+`: " + v.id + ": " + n.html.slice(0, 200) + " " + n.failureSummary)))`)...)
	}
	return all
}

func (p *tab) address() string { p.t.Helper(); return evaluate[string](p, "location.pathname") }

// fits requires that nothing makes the page wider than its screen.
func (p *tab) fits() {
	p.t.Helper()
	if wide := p.wide(); len(wide) > 0 {
		p.t.Errorf("%s is wider than the screen: %q", p.address(), wide)
	}
}

// wide is what makes the page wider than its screen.
func (p *tab) wide() []string {
	p.t.Helper()
	return evaluate[[]string](p, fmt.Sprintf(`(() => {
		const width = %d;
		if (document.documentElement.scrollWidth <= width && window.innerWidth <= width) return [];
		return [document.documentElement.scrollWidth + " of " + width].concat([...document.querySelectorAll("body *")]
			.filter(e => e.getBoundingClientRect().right > width + 0.5).slice(0, 5).map(e => e.outerHTML.slice(0, 120)));
	})()`, p.size.width))
}

// expects says that complaints with these parts are no fault.
func (p *tab) expects(parts ...string) {
	p.mu.Lock()
	p.expected = append(p.expected, parts...)
	p.mu.Unlock()
}

// clean requires that the console holds no error.
func (p *tab) clean() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.complaints {
		if !slices.ContainsFunc(p.expected, func(part string) bool { return strings.Contains(c, part) }) {
			p.t.Errorf("console: %s", c)
		}
	}
	p.complaints = nil
}

// screenshot writes the whole page as DIR/NAME.png and, in dark, NAME-dark.png,
// where GOKATA_SCREENSHOTS names a folder.
func (p *tab) screenshot(name string) {
	p.t.Helper()
	dir := os.Getenv("GOKATA_SCREENSHOTS")
	if dir == "" {
		return
	}
	defer p.resize(p.size) // a picture of a whole page leaves another size behind
	defer p.prefers()
	for suffix, scheme := range map[string]string{"": light, "-dark": dark} {
		p.prefers(scheme, still)
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
		cancel()
		if err := errors.Join(err, os.WriteFile(filepath.Join(dir, name+suffix+".png"), png, 0o644)); err != nil {
			p.t.Error(err)
		}
	}
}
