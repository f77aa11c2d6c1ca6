//go:build unix

package prompt

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// window is a terminal window for tests: a pty, and a picture of what a person
// would see in it.
type window struct {
	t        *testing.T
	keyboard *os.File // our end
	tty      *os.File // the prompter's end

	mu      sync.Mutex
	cells   [][]string
	row     int
	column  int
	saved   [2]int
	raw     strings.Builder
	changed chan struct{}
	done    chan struct{}
	marks   int
	learner sync.WaitGroup
}

func openWindow(t *testing.T, columns, rows int) *window {
	t.Helper()
	t.Setenv("TERM", "xterm-256color")
	t.Setenv("NO_COLOR", "1")
	keyboard, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(tty, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}); err != nil {
		t.Fatal(err)
	}
	w := &window{t: t, keyboard: keyboard, tty: tty, changed: make(chan struct{}, 1), done: make(chan struct{})}
	for range rows {
		w.cells = append(w.cells, make([]string, columns))
	}
	before, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	go w.watch()
	t.Cleanup(func() {
		w.learner.Wait()
		w.settle()
		after, err := term.GetState(int(tty.Fd()))
		if err != nil || !reflect.DeepEqual(before, after) {
			t.Errorf("the terminal was left in another mode (%v)", err)
		}
		if raw := w.output(); strings.LastIndex(raw, "\x1b[?25l") > strings.LastIndex(raw, "\x1b[?25h") {
			t.Error("the cursor was left hidden")
		} else if strings.LastIndex(raw, pasteOn) > strings.LastIndex(raw, pasteOff) {
			t.Error("marked pasting was left on")
		}
		tty.Close()
		keyboard.Close()
		<-w.done
	})
	return w
}

func (w *window) prompter() Prompter {
	w.t.Helper()
	p := New(w.tty, w.tty, w.tty, true)
	if _, ok := p.(*screen); !ok {
		w.t.Fatalf("New gave a %T on a terminal", p)
	}
	return p
}

// press sends keys.
func (w *window) press(keys string) {
	w.t.Helper()
	if _, err := io.WriteString(w.keyboard, keys); err != nil {
		w.t.Error(err)
	}
}

// begins waits for the first output: from then on keys go to the prompter, and
// not to the terminal's own line mode.
func (w *window) begins() {
	w.t.Helper()
	deadline := time.After(20 * time.Second)
	for w.output() == "" {
		select {
		case <-w.changed:
		case <-deadline:
			w.t.Error("nothing is shown")
			return
		}
	}
}

// await waits until the window shows a text.
func (w *window) await(text string) {
	w.t.Helper()
	deadline := time.After(20 * time.Second)
	for !strings.Contains(w.shows(), text) {
		select {
		case <-w.changed:
		case <-deadline:
			w.t.Errorf("never shown: %q; the window shows:\n%s", text, w.shows())
			w.press(ctrlC)
			return
		}
	}
}

// settle waits until the window shows all that was written so far.
func (w *window) settle() {
	w.t.Helper()
	w.marks++
	mark := fmt.Sprintf("\x1b[%dm", 1000+w.marks)
	if _, err := io.WriteString(w.tty, mark); err != nil {
		w.t.Error(err)
		return
	}
	deadline := time.After(20 * time.Second)
	for !strings.Contains(w.output(), mark) {
		select {
		case <-w.changed:
		case <-deadline:
			w.t.Error("the window does not settle")
			return
		}
	}
}

// learn plays the learner while the test's own goroutine asks.
func (w *window) learn(play func()) {
	w.learner.Go(play)
}

// shows is the text in the window, without the spaces and lines at its end.
func (w *window) shows() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var lines []string
	for _, row := range w.cells {
		var b strings.Builder
		for i, cell := range row {
			switch {
			case cell != "":
				b.WriteString(cell)
			case i == 0 || uniseg.StringWidth(row[i-1]) < 2:
				b.WriteByte(' ')
			}
		}
		lines = append(lines, strings.TrimRight(b.String(), " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// output is everything that was written.
func (w *window) output() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.raw.String()
}

func (w *window) watch() {
	defer close(w.done)
	var rest string
	buf := make([]byte, 4096)
	for {
		n, err := w.keyboard.Read(buf)
		w.mu.Lock()
		w.raw.Write(buf[:n])
		rest = w.draw(rest + string(buf[:n]))
		w.mu.Unlock()
		select {
		case w.changed <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// draw acts as a terminal on what is complete of s, and gives back the rest.
func (w *window) draw(s string) string {
	for s != "" {
		switch c := s[0]; {
		case c == '\x1b':
			n := w.escape(s)
			if n == 0 {
				return s
			}
			s = s[n:]
			continue
		case c == '\r':
			w.column = 0
		case c == '\n':
			w.down()
		case c == '\b':
			w.column = max(w.column-1, 0)
		case c < ' ':
		default:
			cluster, rest, width, _ := uniseg.FirstGraphemeClusterInString(s, -1)
			if rest == "" && c >= 0x80 && strings.ToValidUTF8(cluster, "") != cluster {
				return s
			}
			if w.column+width > len(w.cells[0]) {
				w.column = 0
				w.down()
			}
			w.cells[w.row][w.column] = cluster
			for i := 1; i < width; i++ {
				w.cells[w.row][w.column+i] = ""
			}
			w.column += width
			s = rest
			continue
		}
		s = s[1:]
	}
	return ""
}

func (w *window) down() {
	if w.row++; w.row == len(w.cells) {
		w.row--
		w.cells = append(w.cells[1:], make([]string, len(w.cells[0])))
	}
}

// escape acts on the sequence that s begins with and gives its length, 0 where
// it is not complete.
func (w *window) escape(s string) int {
	if len(s) < 2 {
		return 0
	}
	switch s[1] {
	case '7':
		w.saved = [2]int{w.row, w.column}
		return 2
	case '8':
		w.row, w.column = w.saved[0], w.saved[1]
		return 2
	case '[':
	default:
		w.t.Errorf("unknown sequence %q", s[:2])
		return 2
	}
	end := 2
	for end < len(s) && (s[end] < '@' || s[end] > '~') {
		end++
	}
	if end == len(s) {
		return 0
	}
	n, err := strconv.Atoi(s[2:end])
	count := n
	if err != nil || n == 0 {
		count = 1
	}
	last := len(w.cells[0]) - 1
	switch s[end] {
	case 'A':
		w.row = max(w.row-count, 0)
	case 'B':
		w.row = min(w.row+count, len(w.cells)-1)
	case 'C':
		w.column = min(w.column+count, last)
	case 'D':
		w.column = max(w.column-count, 0)
	case 'G':
		w.column = count - 1
	case 'J':
		clear(w.cells[w.row][min(w.column, last+1):])
		for _, row := range w.cells[w.row+1:] {
			clear(row)
		}
	case 'K':
		switch n {
		case 0:
			clear(w.cells[w.row][min(w.column, last+1):])
		case 2:
			clear(w.cells[w.row])
		}
	case 'm', 'h', 'l':
	default:
		w.t.Errorf("unknown sequence %q", s[:end+1])
	}
	return end + 1
}

func ptyPair() (keyboard, tty *os.File, err error) { return pty.Open() }
