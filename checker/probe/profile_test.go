package probe

import "testing"

func TestAProfileIsPartOfATraceAndTakenOnce(t *testing.T) { // one tracer a process: not parallel
	suite := Suite{Workloads: []Case{{New: square}}}
	c := start(t, suite)
	c.ask(Hello, nil, Hello, nil)
	order := Order{Workload: true, Trace: true, Profile: true}
	c.ask(Prepare, order, Ready, nil)
	c.ask(Go, nil, Done, nil)
	c.ask(Settle, nil, Settled, nil)
	if raw := c.ask(Fetch, nil, Traced, nil); !holdsRegion(t, raw) {
		t.Errorf("no region %s in a trace of %d bytes", Region, len(raw))
	}
	c.ask(Prepare, Order{Workload: true, Trace: true}, Ready, nil) // traces go on without samples
	c.send(Prepare, order)
	c.exits(ExitProtocol)

	c = start(t, suite)
	c.ask(Hello, nil, Hello, nil)
	c.send(Prepare, Order{Workload: true, Profile: true})
	c.exits(ExitProtocol)
}
