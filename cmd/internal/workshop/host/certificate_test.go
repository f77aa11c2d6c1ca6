package host

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gokata/cmd/internal/workshop/client"
)

// Terminals trust the certificate of the join string and no other.
func TestATerminalKnowsItsHost(t *testing.T) {
	s := serve(t, nil)
	ctx := context.Background()
	a, err := client.ParseAddress(s.Join())
	if err != nil || a.Pin == "" {
		t.Fatal(a, err)
	}
	other := serve(t, nil) // somebody in between, with a certificate of their own
	in, _ := url.Parse(other.URL())
	between := a
	between.URL = in.String()
	if _, err := client.New(between, "").Hello(ctx); !errors.Is(err, client.ErrPin) {
		t.Errorf("another certificate: %v", err)
	}
	unpinned := a
	unpinned.Pin = ""
	if _, err := client.New(unpinned, "").Hello(ctx); err == nil {
		t.Error("an unknown certificate was trusted")
	}
	if _, err := client.New(a, "").Hello(ctx); err != nil {
		t.Error(err)
	}
}

func TestTheCertificateStaysWithTheWorkshop(t *testing.T) {
	dir := t.TempDir()
	first := serve(t, func(c *Config) { c.Data = dir })
	join := first.Join()
	address := first.listen.Addr().String()
	first.stop()
	second := serve(t, func(c *Config) { c.Data, c.Addr = dir, address })
	if second.Join() != join {
		t.Errorf("the join string was %s and is %s", join, second.Join())
	}
}

// Who does not trust the certificate, or speaks no TLS, writes nothing on the
// instructor's screen; what goes wrong with the host is said there.
func TestStrangersWriteNothingOnTheHostsScreen(t *testing.T) {
	var log strings.Builder
	s := serve(t, func(c *Config) { c.Log = &log })
	strange, err := client.ParseAddress(s.Join())
	if err != nil {
		t.Fatal(err)
	}
	strange.Pin = ""
	if _, err := client.New(strange, "").Hello(t.Context()); err == nil {
		t.Error("an unknown certificate was trusted")
	}
	res, err := http.Get(strings.Replace(strange.URL, "https", "http", 1))
	if err == nil {
		res.Body.Close()
	}
	s.server.ErrorLog.Print("the disk is full")
	s.stop()
	if log.String() != "the disk is full\n" {
		t.Errorf("written: %s", log.String())
	}
}
