//go:build unix

package probe

import "os"

// pipes are the descriptors that the parent passes after standard error.
func pipes() (in, out *os.File) {
	return os.NewFile(3, "orders"), os.NewFile(4, "answers")
}
