package build

import (
	"strings"
	"testing"
)

func TestPollsFindsLoopsThatOnlyAsk(t *testing.T) {
	for body, want := range map[string]bool{
		"for !done.Load() {\n}":                                                     true,
		"for !done.Load() {\nruntime.Gosched()\n}":                                  true,
		"for {\nif done.Load() {\nbreak\n}\n}":                                      true,
		"for {\nif done.Load() {\nreturn\n}\nruntime.Gosched()\n}":                  true,
		"for {\nif done.Load() {\nreturn\n} else {\nruntime.Gosched()\n}\n}":        true,
		"for {\nselect {\ncase <-ready:\nreturn\ndefault:\nruntime.Gosched()\n}\n}": true,
		"for {\nselect {\ncase <-ready:\nreturn\ndefault:\n}\n}":                    true,
		"for !locked.CompareAndSwap(false, true) {\n}":                              true,
		"for !mu.TryLock() {\nruntime.Gosched()\n}":                                 true,
		"for len(ch) < cap(ch) {\n}":                                                true,
		"for {\n{\nif done.Load() {\nbreak\n}\n;\n}\n}":                             true,
		"for {\nfor !done.Load() {\n}\nwork()\n}":                                   true, // the inner one
		"go func() {\nfor !done.Load() {\n}\n}()":                                   true,
		"for {\nwork()\n}":                                                          false,
		"for !done.Load() {\nwork()\n}":                                             false,
		"for !done.Load() {\nn++\n}":                                                false,
		"for !done.Load() {\ntime.Sleep(time.Millisecond)\n}":                       false,
		"for !done.Load() {\nch <- 1\n}":                                            false,
		"for !done.Load() {\n<-ch\n}":                                               false,
		"for !done.Load() {\nmu.Lock()\nmu.Unlock()\n}":                             false,
		"for i := 0; i < f(); i++ {\n}":                                             false,
		"for range 10 {\n}":                                                         false,
		"for x := range ch {\nuse(x)\n}":                                            false,
		"for {\nselect {\ncase <-ready:\nreturn\ncase <-other:\n}\n}":               false,
		"for {\nselect {\ncase <-ready:\nreturn\n}\n}":                              false,
		"for {\nselect {\ncase x := <-jobs:\nuse(x)\ndefault:\nreturn\n}\n}":        false,
		"for {\nselect {\ncase <-ready:\nreturn\ndefault:\ntime.Sleep(1)\n}\n}":     false,
		"for {\n}":        false,
		"for n < 10 {\n}": false,
		"for {\njob, ok := next()\nif !ok {\nreturn\n}\nuse(job)\n}":                           false,
		"for old := v.Load(); !v.CompareAndSwap(old, old+1); old = v.Load() {\n}":              false, // makes progress
		"for {\nold := v.Load()\nif v.CompareAndSwap(old, old+1) {\nreturn\n}\n}":              false,
		"for node := head; node != nil; node = node.next {\n}":                                 false,
		"for !done() && len(queue) > 0 {\nqueue = queue[1:]\n}":                                false,
		"for {\nif x := next(); x {\nreturn\n}\n}":                                             false,
		"for {\nswitch {\ncase done.Load():\nreturn\n}\n}":                                     false,
		"for !done.Load() {\ncond.Wait()\n}":                                                   false,
		"for queue.Len() > 0 {\nheap.Pop(queue)\n}":                                            false,
		"x := func() bool { return done.Load() }\nfor {\nif x() {\nbreak\n}\nwork()\n}\n_ = x": false,
	} {
		src := "package tiny\n\nfunc f() {\n" + body + "\n}\n"
		found := Polls(source(src))
		if (len(found) > 0) != want {
			t.Errorf("%s\nfound %+v, want %v", body, found, want)
			continue
		}
		for _, f := range found {
			if f.File != "tiny.go" || !strings.Contains(f.Source, "for") {
				t.Errorf("%s\nnames line %d, %q", body, f.Line, f.Source)
			}
		}
	}
}

func TestPollsPassesOverWhatItCannotRead(t *testing.T) {
	files := source("package tiny\nfunc f() { for !done.Load() {} }\n")
	files["broken.go"] = []byte("package tiny\nfunc (\n")
	if found := Polls(files); len(found) != 1 || found[0].File != "tiny.go" || found[0].Line != 2 {
		t.Errorf("%+v", found)
	}
}
