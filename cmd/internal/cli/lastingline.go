package cli

import (
	"fmt"
	"time"

	lessonterm "gokata/lessons/term"
)

// lasting keeps a line on standard error up to date until it is stopped, which
// takes it away. Where that is no terminal, nothing is shown.
func (a *app) lasting(every time.Duration, text func() string) (stop func()) {
	if !a.err.Terminal || a.err.Dumb {
		return func() {}
	}
	quit, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			line := lessonterm.Wrap(" "+text(), a.err.Width-1)[0]
			fmt.Fprintf(a.env.Err, "\r\x1b[K%s", a.err.Dim(line))
			select {
			case <-tick.C:
			case <-quit:
				fmt.Fprint(a.env.Err, "\r\x1b[K")
				return
			}
		}
	}()
	return func() { close(quit); <-ended }
}
