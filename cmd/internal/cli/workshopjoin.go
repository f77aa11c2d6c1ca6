package cli

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/workshop"
	"gokata/cmd/internal/workshop/client"
	"gokata/cmd/internal/workshop/member"
	lessonterm "gokata/lessons/term"
)

// joinWithin is how long joining may wait for the network.
const joinWithin = 10 * time.Second

// joinFlags are those of workshop join.
type joinFlags struct {
	name  string
	share bool // code
	asked bool // share was said by a flag
}

func (a *app) workshopJoin() *cobra.Command {
	var f joinFlags
	cmd := &cobra.Command{
		Use:   "join JOIN",
		Short: "Join a workshop with the string that its host shows",
		Long: `Joins a workshop. JOIN is what its host shows, https://HOST:PORT#CODE.PIN; put
it in quotes. From then on gokata reports what you do by itself, in the
background: katas begun, checks, hints and solutions seen, answers, lessons read.
Without a network it all waits here, and arrives later, once. What you did before
is not sent.

Your source code is sent only where the instructor asks for it and you say yes,
here or with --share-code. gokata workshop leave ends it. gokata help privacy says
what is kept where.`,
		Args: args(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f.asked = cmd.Flags().Changed("share-code")
			address, err := client.ParseAddress(args[0])
			if err != nil {
				return usage("Copy it whole from the host's screen, in quotes.", "failed to join: %w", errors.New(lessonterm.Clean(err.Error())))
			}
			if utf8.RuneCountInString(f.name) > workshop.MaxName {
				return usage("", "the name after --name is longer than %d characters; shorten it", workshop.MaxName)
			}
			return a.join(cmd.Context(), address, f)
		},
	}
	cmd.Flags().StringVar(&f.name, "name", "", "your `NAME` in the workshop, which need not be your own")
	cmd.Flags().BoolVar(&f.share, "share-code", false, "send your source code, where it is asked for")
	return cmd
}

func (a *app) join(ctx context.Context, address client.Address, f joinFlags) error {
	folder := a.membership()
	before, err := folder.Member()
	switch {
	case errors.Is(err, member.ErrNone):
	case err != nil:
		return usage("gokata workshop leave clears it; then join again.", "failed to read who you are in your workshop: %w", err)
	case before.Same(address):
		if done, err := a.joinAgain(ctx, folder, before, address, f); done || err != nil {
			return err
		}
		before = nil // the host has forgotten them
	default:
		if err := a.joinAnother(ctx, folder, before, address); err != nil {
			return err
		}
	}
	c := client.New(address, "")
	defer c.HTTP.CloseIdleConnections()
	hello, err := within(ctx, c.Hello)
	if err != nil {
		return joinError(err, address)
	}
	q := workshop.JoinRequest{Name: f.name}
	if q.Name == "" && !hello.Anonymous {
		if q.Name, err = a.askName(); err != nil {
			return err
		}
	}
	if q.Source, err = a.askSource(hello.Asks, f); err != nil {
		return err
	}
	joined, err := within(ctx, func(ctx context.Context) (workshop.Joined, error) { return c.Join(ctx, q) })
	if err != nil {
		return joinError(err, address)
	}
	m := &member.Member{
		URL: address.URL, Code: address.Code, Pin: address.Pin, Token: joined.Token, Learner: joined.Learner,
		Name: joined.Name, Asks: joined.Asks, Source: joined.Source, Joined: a.env.Now().UTC().Round(0),
	}
	if before != nil { // only now that there is another
		a.takeLeave(ctx, before)
		if err = folder.Leave(); err != nil {
			err = usage("Make that folder writable, then join again.", "failed to end the membership before: %w", err)
		}
	}
	if err == nil {
		folder, err = a.keepMember(m)
	}
	if err != nil {
		// Nobody can come back to what is kept nowhere.
		_, _ = within(context.WithoutCancel(ctx), func(ctx context.Context) (none struct{}, err error) { return none, c.Leave(ctx, true) })
		return err
	}
	a.listenFirst(ctx, folder, m, c)
	a.wake(folder, m)
	a.welcome(m)
	return nil
}

// keepMember keeps a membership, in a new workspace where there is none.
func (a *app) keepMember(m *member.Member) (member.Folder, error) {
	j, err := a.journey(writing)
	if err != nil {
		return "", err
	}
	folder := member.In(j.ws.State())
	if err := folder.Join(m); err != nil {
		return "", usage("Make room there or make it writable, then join again.", "failed to keep the membership: %w", err)
	}
	return folder, nil
}

// within asks the host, and not for ever.
func within[T any](ctx context.Context, ask func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(ctx, joinWithin)
	defer cancel()
	return ask(ctx)
}

// listenFirst asks what is told now, so that the next command knows. The courier
// asks again.
func (a *app) listenFirst(ctx context.Context, folder member.Folder, m *member.Member, c *client.Client) {
	if told, err := within(ctx, c.Stage); err == nil {
		_ = folder.Hear(m, told, a.env.Now())
	}
}

// joinAgain is join for somebody who is in this workshop: done where the host
// still knows them.
func (a *app) joinAgain(ctx context.Context, folder member.Folder, m *member.Member, address client.Address, f joinFlags) (done bool, err error) {
	c := client.New(address, m.Token)
	defer c.HTTP.CloseIdleConnections()
	me, err := within(ctx, c.Me)
	switch {
	case client.Gone(err):
		a.printf("%s\n", indent("The workshop does not know you any more; you join it anew.", a.out.Width))
		return false, nil
	case err != nil:
		return false, joinError(err, address)
	}
	another := f.name != "" && f.name != me.Name
	if another || f.asked && f.share && m.Asks && !m.Source {
		return false, usage("For another name, or to send code after all, leave with gokata workshop leave and join again.",
			"you are in this workshop already, as %s", lessonterm.Clean(me.Name))
	}
	withdrawn := f.asked && !f.share && m.Source
	m.Source = m.Source && !withdrawn
	m.URL, m.Code, m.Pin, m.Name = address.URL, address.Code, address.Pin, me.Name
	if err := folder.Join(m); err != nil {
		return false, usage("Make room there or make it writable, then join again.", "failed to keep the membership: %w", err)
	}
	a.wake(folder, m)
	a.printf("%s\n", indent("You are in this workshop already, as "+a.out.Bold(lessonterm.Clean(m.Name))+", and stay so.", a.out.Width))
	if withdrawn {
		a.printf("%s\n", indent("Your source code is not sent any more. What was sent stays with the instructor.", a.out.Width))
	}
	return true, nil
}

// joinAnother asks whether to leave the workshop that the learner is in, and sends
// what waits for it.
func (a *app) joinAnother(ctx context.Context, folder member.Folder, m *member.Member, address client.Address) error {
	if !a.interactive {
		return usage("gokata workshop leave ends that first.", "you are in another workshop, at %s", m.URL)
	}
	yes, err := a.prompter().Confirm("You are in the workshop at "+m.URL+". Leave it, and join the one at "+address.URL+"?", false)
	if err != nil {
		return asked(err)
	}
	if !yes {
		a.printf(" Nothing was changed.\n")
		return errQuiet(ExitDone)
	}
	return a.deliver(ctx, folder, m, false)
}

// askName asks how the learner is called.
func (a *app) askName() (string, error) {
	if !a.interactive {
		return "", usage("Say it with --name NAME; it need not be your own.", "the workshop asks for a name")
	}
	for {
		name, err := a.prompter().Input("Your name in the workshop", "your own or another")
		if err != nil {
			return "", asked(err)
		}
		switch n := utf8.RuneCountInString(strings.TrimSpace(name)); {
		case n > workshop.MaxName:
			a.printf(" At most %d characters, please.\n", workshop.MaxName)
		case n > 0:
			return name, nil
		}
	}
}

// askSource asks whether code is shared, where the host asks for it.
func (a *app) askSource(asks bool, f joinFlags) (bool, error) {
	if !asks || f.asked || !a.interactive {
		return asks && f.share, nil
	}
	yes, err := a.prompter().Confirm("The instructor asks for your source code with each check. Send it?", false)
	if err != nil {
		return false, asked(err)
	}
	return yes, nil
}

// welcome is the screen of who has joined.
func (a *app) welcome(m *member.Member) {
	t := a.out
	a.printf(" %s You are in the workshop as %s.\n\n", t.Good(t.Sign("✓", "Joined.")), t.Bold(lessonterm.Clean(m.Name)))
	a.printf("%s\n", indent("From now on gokata reports by itself what you begin, check, answer and read, and which hints and solutions you see. "+
		"Without a network it waits, and arrives later.", t.Width))
	a.printf("%s\n\n", indent(sourceWords(m), t.Width))
	a.then("gokata next", "leave?", "gokata workshop leave")
}

// sourceWords say whether code is sent.
func sourceWords(m *member.Member) string {
	switch {
	case m.Source:
		return "Your source code is sent with each check, as you agreed."
	case m.Asks:
		return "Your source code is not sent, as you did not agree."
	}
	return "Your source code is not sent: nobody asks for it."
}

// joinError says what to do about an error of joining.
func joinError(err error, address client.Address) error { return memberError(err, "join", address) }

// memberError says what to do about an error of asking a workshop's host; doing is
// what was tried.
func memberError(err error, doing string, address client.Address) error {
	what := func(hint string) error {
		return usage(hint, "failed to %s the workshop at %s: %s", doing, address.URL, lessonterm.Clean(member.Cause(err)))
	}
	var said *client.Error
	var unknown x509.UnknownAuthorityError
	var network net.Error
	var syntax *json.SyntaxError
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case errors.Is(err, client.ErrPin):
		return what("")
	case client.Gone(err):
		return what("")
	case errors.As(err, &said) && said.Status == http.StatusBadRequest && doing == "join":
		return what("Say another one with --name NAME.")
	case errors.As(err, &said) && said.Temporary():
		return what("Try again in a while, or ask the instructor.")
	case errors.As(err, &said):
		return what("Ask the instructor for the join string, and try again.")
	case errors.As(err, &unknown):
		return what("Copy the join string whole: its end, after the dot, says which certificate to trust.")
	case errors.As(err, &syntax):
		return usage("Check the address in the join string.", "failed to %s the workshop at %s: what answers there is no workshop", doing, address.URL)
	case errors.As(err, &network) && network.Timeout():
		return usage("Check that you are in the same network as the host, and the address.", "failed to %s the workshop at %s: nobody answers", doing, address.URL)
	}
	return what("Check that you are in the same network as the host, and the address.")
}
