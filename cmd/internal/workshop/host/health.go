package host

import (
	"bytes"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"time"
)

// Health is how the host itself is doing.
type Health struct {
	RSS        int64 `json:"rss_bytes"` // memory that the process holds
	Goroutines int   `json:"goroutines"`
	Learners   int   `json:"learners"`
	Seq        int64 `json:"seq"`   // changes so far
	Queue      int   `json:"queue"` // changes that wait to be written
	Uptime     int64 `json:"uptime_s"`
}

// Health looks at the host.
func (h *Host) Health() Health {
	x := Health{
		RSS: resident(), Goroutines: runtime.NumGoroutine(), Queue: len(h.desk.queue),
		Uptime: int64(h.config.Now().Sub(h.begun) / time.Second),
	}
	h.desk.look(func(s *state) { x.Learners, x.Seq = s.room.Len(), s.seq })
	return x
}

func (h *Host) health(w http.ResponseWriter, r *http.Request, _ who) error {
	return answer(w, http.StatusOK, h.Health())
}

// resident is the memory of this process that is in RAM, in bytes: as Linux
// counts it in /proc/self/statm, elsewhere what the runtime has from the system.
func resident() int64 {
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := bytes.Fields(text); len(fields) > 1 {
			if pages, err := strconv.ParseInt(string(fields[1]), 10, 64); err == nil {
				return pages * int64(os.Getpagesize())
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys - m.HeapReleased)
}
