package probe

import "embed"

// Source is this package's own Go source, for the module that the checker
// builds around a solution. Tests are in it too; the builder leaves them out.
//
//go:embed *.go
var Source embed.FS
