package client

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const pin = "XoKsswRBbeCNXx0NSoEvbIk_ottSLEwWSH9oPgFHlZs"

func TestAJoinStringIsTakenApart(t *testing.T) {
	for join, want := range map[string]Address{
		"https://192.168.1.5:8443#K7QF-MPXT." + pin: {URL: "https://192.168.1.5:8443", Code: "K7QF-MPXT", Pin: pin},
		"http://[fe80::1%25eth0]:80#K7QF-MPXT":      {URL: "http://[fe80::1%25eth0]:80", Code: "K7QF-MPXT"},
		" http://host:80/#K7QF-MPXT\n":              {URL: "http://host:80", Code: "K7QF-MPXT"},
		"https://[::1]:8443/#K7QF-MPXT":             {URL: "https://[::1]:8443", Code: "K7QF-MPXT"},
	} {
		if got, err := ParseAddress(join); err != nil || got != want {
			t.Errorf("%q: %+v, %v", join, got, err)
		}
	}
	for join, says := range map[string]string{
		"":                            "https://HOST:PORT",
		"K7QF-MPXT":                   "https://HOST:PORT",
		"ftp://host#K7QF-MPXT":        "https://HOST:PORT",
		"https://me:pass@host#K7QF":   "https://HOST:PORT",
		"https://192.168.1.5:8443":    "quotes",
		"https://h:1#K7QF-MPXT.abc":   "cut off",
		"http://h:1#K7QF-MPXT." + pin: "begins with https",
		"https://:8443#K7QF-MPXT":     "https://HOST:PORT",
		"http://%C2%9B31m.evil%E2%80%AE:1#AAAA-AAAA": "https://HOST:PORT",
		"https://h:1#K7QF.!!" + pin:                  "cut off",
		"https://h:99999999999999#a%%":               "cannot be read",
	} {
		if a, err := ParseAddress(join); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %+v, %v", join, a, err)
		}
	}
}

func TestEventsAreReadAsTheyAreWritten(t *testing.T) {
	var got []Event
	err := readEvents(strings.NewReader(":\n\nevent: stage\nid: 12\ndata: {\"a\":\ndata: 1}\n\nevent:x\ndata:y\n\nevent: torn\ndata: never"), func(e Event) error {
		got = append(got, e)
		return nil
	})
	want := []Event{{}, {Name: "stage", ID: 12, Data: []byte(`{"a":1}`)}, {Name: "x", Data: []byte("y")}}
	if !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzEvents(f *testing.F) {
	f.Add("event: stage\nid: 12\ndata: {}\n\n")
	f.Add("data\n\n\n:\nid: 99999999999999999999\n\n")
	f.Fuzz(func(t *testing.T, s string) {
		readEvents(strings.NewReader(s), func(e Event) error {
			if len(e.Data) > len(s) || len(e.Name) > len(s) {
				t.Fatalf("more than was sent: %+v", e)
			}
			return nil
		})
	})
}

func FuzzAddress(f *testing.F) {
	f.Add("https://192.168.1.5:8443#K7QF-MPXT." + pin)
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAddress(s)
		if err != nil {
			return
		}
		join := a.URL + "#" + a.Code
		if a.Pin != "" {
			join += "." + a.Pin
		}
		if b, err := ParseAddress(join); err != nil || b != a {
			t.Fatalf("%q gives %+v, and that %+v, %v", s, a, b, err)
		}
	})
}
