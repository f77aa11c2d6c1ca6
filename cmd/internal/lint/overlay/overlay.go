// Package overlay lays a few files over a file system, for tests that change
// one file of a tree.
package overlay

import (
	"io/fs"
	"testing/fstest"
)

// FS is Base, with the files of Over in the place of its own. Files that Base
// lacks are not listed in its folders.
type FS struct {
	Base fs.FS
	Over fstest.MapFS
}

// Open opens a file of Over, or else of Base.
func (o FS) Open(name string) (fs.File, error) {
	if _, ok := o.Over[name]; ok {
		return o.Over.Open(name)
	}
	return o.Base.Open(name)
}
