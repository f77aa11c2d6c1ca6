//go:build !unix

package checker

// alive cannot be told cheaply here: nothing is swept.
func alive(int) bool { return true }
