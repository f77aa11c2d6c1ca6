//go:build !unix

package workspace

// stranger belongs to a test of Unix permissions; see readonly_unix_test.go.
const stranger = "GOKATA_TEST_WORKSPACE_STRANGER"

func asStranger(string) int { return 0 }
