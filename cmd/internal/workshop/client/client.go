// Package client speaks to a workshop's host, for learners' terminals and for
// rehearsals.
//
// A join string says where the host is, what lets somebody in, and what the
// host's own certificate is known by: URL#CODE.PIN. With a pin, the certificate
// with that SHA-256 is trusted and no other; without one, those that the system
// trusts.
package client

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gokata/cmd/internal/workshop"
)

// Address is a join string, taken apart.
type Address struct {
	URL  string // https://HOST:PORT
	Code string
	Pin  string // base64 of the SHA-256 of the certificate; empty: the system's authorities decide
}

// ParseAddress takes a join string apart.
func ParseAddress(join string) (a Address, err error) {
	u, err := url.Parse(strings.TrimSpace(join))
	if err != nil {
		return a, fmt.Errorf("the join string %.80q cannot be read", join)
	}
	switch {
	case u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil || strings.ContainsFunc(u.Host, odd):
		return a, fmt.Errorf("the join string %.80q does not begin with https://HOST:PORT", join)
	case u.Fragment == "":
		return a, fmt.Errorf("the join string %.80q has no #CODE at its end; put it in quotes, so that the shell leaves it whole", join)
	}
	a.URL = (&url.URL{Scheme: u.Scheme, Host: u.Host}).String()
	a.Code, a.Pin, _ = strings.Cut(u.Fragment, ".")
	if a.Code == "" || len(a.Code) > 20 || strings.ContainsFunc(a.Code, func(r rune) bool { return r != '-' && !isAlphanumeric(r) }) {
		return a, fmt.Errorf("the code %.40q in the join string is not one such as K7QF-MPXT", a.Code)
	}
	if a.Pin != "" {
		if u.Scheme == "http" {
			return a, fmt.Errorf("the join string %.80q has a certificate's mark at its end, and http knows none; it begins with https", join)
		}
		if sum, err := base64.RawURLEncoding.DecodeString(a.Pin); err != nil || len(sum) != sha256.Size {
			return a, fmt.Errorf("the end of the join string %.80q is cut off or mistyped", join)
		}
	}
	return a, nil
}

// odd says whether a character stands in no host's name or address.
func odd(r rune) bool { return !isAlphanumeric(r) && !strings.ContainsRune("-._:[]%", r) }

func isAlphanumeric(r rune) bool {
	return '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// ErrPin says that the host's certificate is another than the join string's.
var ErrPin = errors.New("this host's certificate is not the one in the join string: either the workshop was begun anew (ask for its join string), or somebody is in between")

// A connection that has been silent for pingAfter is asked for a sign of life, which
// has to come within pingWithin.
var pingAfter, pingWithin = 15 * time.Second, 10 * time.Second

// Transport connects to a host. One may serve many clients.
func Transport(a Address) *http.Transport {
	t := &http.Transport{
		Proxy:                 nil, // a workshop is in the same room
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		TLSHandshakeTimeout:   10 * time.Second,
		ResponseHeaderTimeout: 20 * time.Second,
		MaxIdleConnsPerHost:   64,
		ForceAttemptHTTP2:     true,
		// A connection that a network has swallowed answers no ping, and is given up;
		// or all that comes after would wait for it, for a quarter of an hour.
		HTTP2: &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingWithin, WriteByteTimeout: pingWithin},
	}
	if a.Pin == "" {
		return t
	}
	want, _ := base64.RawURLEncoding.DecodeString(a.Pin)
	t.TLSClientConfig = &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, // the pin is verified instead
		VerifyConnection: func(s tls.ConnectionState) error {
			sum := sha256.Sum256(s.PeerCertificates[0].Raw)
			if subtle.ConstantTimeCompare(sum[:], want) != 1 {
				return ErrPin
			}
			return nil
		},
	}
	return t
}

// Client is one learner's connection.
type Client struct {
	Address Address
	Token   string // of the learner, or the instructor; empty: nobody yet
	HTTP    *http.Client
}

// New is a client with a connection of its own.
func New(a Address, token string) *Client {
	return &Client{Address: a, Token: token, HTTP: &http.Client{Transport: Transport(a)}}
}

// Error is what a host has refused.
type Error struct {
	Status int
	Text   string
	Retry  time.Duration // what the host asks to wait; 0: it says nothing
}

func (e *Error) Error() string { return e.Text }

// Temporary says whether the same may be taken later.
func (e *Error) Temporary() bool {
	return e.Status == http.StatusTooManyRequests || e.Status >= 500
}

// Gone says whether the host knows this learner no more.
func Gone(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == http.StatusUnauthorized
}

// maxAnswer is the most that is read of an answer, in bytes.
const maxAnswer = 4 << 20

// Do asks for a path with a JSON body, nil for none, and reads the JSON answer
// into out, nil for none. What the host refuses is an *Error.
func (c *Client) Do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	r, err := c.request(ctx, method, path, body)
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := c.HTTP.Do(r)
	if err != nil {
		return plain(err)
	}
	defer res.Body.Close()
	limited := io.LimitReader(res.Body, maxAnswer)
	if res.StatusCode >= 400 {
		return refused(res, limited)
	}
	if out == nil {
		_, err := io.Copy(io.Discard, limited)
		return err
	}
	return json.NewDecoder(limited).Decode(out)
}

func (c *Client) request(ctx context.Context, method, path string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.Address.URL+path, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", "application/json")
	if c.Token != "" {
		r.Header.Set("Authorization", "Bearer "+c.Token)
	}
	return r, nil
}

func refused(res *http.Response, body io.Reader) error {
	e := &Error{Status: res.StatusCode}
	var p workshop.Problem
	if json.NewDecoder(body).Decode(&p) == nil {
		e.Text = p.Error
	}
	if e.Text == "" {
		e.Text = "the host answered " + res.Status
	}
	if n, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && n > 0 {
		e.Retry = time.Duration(min(n, 60)) * time.Second
	}
	return e
}

// plain takes the address off an error of the network, which callers name.
func plain(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// Hello asks what anybody may know.
func (c *Client) Hello(ctx context.Context) (h workshop.Hello, err error) {
	return h, c.Do(ctx, http.MethodGet, "/api/hello", nil, &h)
}

// Join joins, and uses the token from then on.
func (c *Client) Join(ctx context.Context, q workshop.JoinRequest) (j workshop.Joined, err error) {
	q.Code = c.Address.Code
	if err = c.Do(ctx, http.MethodPost, "/api/join", q, &j); err == nil {
		c.Token = j.Token
	}
	return j, err
}

// Report sends results.
func (c *Client) Report(ctx context.Context, results []workshop.Result) (r workshop.Reported, err error) {
	return r, c.Do(ctx, http.MethodPost, "/api/results", workshop.ResultsRequest{Results: results}, &r)
}

// Vote answers a poll with options, from 0.
func (c *Client) Vote(ctx context.Context, poll int64, choice []int) error {
	return c.Do(ctx, http.MethodPost, "/api/vote", workshop.VoteRequest{Poll: poll, Choice: choice}, nil)
}

// Me asks what the host knows of the learner.
func (c *Client) Me(ctx context.Context) (m workshop.Me, err error) {
	return m, c.Do(ctx, http.MethodGet, "/api/me", nil, &m)
}

// Stage asks what the learner is told now.
func (c *Client) Stage(ctx context.Context) (t workshop.Told, err error) {
	return t, c.Do(ctx, http.MethodGet, "/api/stage", nil, &t)
}

// Leave leaves; with forget the host deletes what was reported.
func (c *Client) Leave(ctx context.Context, forget bool) error {
	return c.Do(ctx, http.MethodPost, "/api/leave", workshop.LeaveRequest{Forget: forget}, nil)
}
