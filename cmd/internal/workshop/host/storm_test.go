package host

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
)

// A class of 500 behind one address comes in at once, and somebody among them
// guesses codes: the class gets in, without being asked to wait, and the guesses
// are held back.
func TestAClassComesInAtOnceBehindOneAddress(t *testing.T) {
	s := serve(t, nil)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var held atomic.Int32
	mallory := s.client("")
	mallory.Address.Code = "AAAA-AAAA"
	guess := func() {
		var e *client.Error
		_, err := mallory.Join(ctx, workshop.JoinRequest{Name: "Mallory"})
		switch {
		case err == nil:
			t.Error("a guess got in")
		case errors.As(err, &e) && e.Status == http.StatusTooManyRequests:
			held.Add(1)
		}
	}
	for range 150 { // as many as are let pass at first, and more
		guess()
	}
	var guessing sync.WaitGroup
	guessing.Go(func() {
		for ctx.Err() == nil {
			guess()
		}
	})

	const doors, through = 50, 10
	var class sync.WaitGroup
	for d := range doors {
		c := s.client("")
		class.Go(func() {
			for k := range through {
				mine := &client.Client{Address: c.Address, HTTP: c.HTTP}
				for end := time.Now().Add(time.Minute); ; {
					_, err := mine.Join(context.Background(), workshop.JoinRequest{Name: fmt.Sprintf("Kim %d-%d", d, k)})
					if err == nil {
						break
					}
					var refused *client.Error // or it is the network of a machine that has stalled
					if errors.As(err, &refused) || time.Now().After(end) {
						t.Errorf("learner %d-%d is not let in: %v", d, k, err)
						break
					}
				}
			}
		})
	}
	class.Wait()
	cancel()
	guessing.Wait()
	if n := s.Learners(); n < doors*through { // who was cut off may have come in, and comes again
		t.Errorf("%d have joined", n)
	}
	if held.Load() == 0 {
		t.Error("no guess was held back")
	}
}
