package cli

import "slices"

// unlocked says whether the instructor of the learner's workshop has unlocked
// the solution of a kata; false where there is no workshop. The error is for a
// workshop that has not.
func (a *app) unlocked(slug string) (bool, error) {
	folder := a.membership()
	m, err := folder.Member()
	if err != nil || folder.Link(m).Gone {
		return false, nil
	}
	if h := folder.Heard(m); h != nil && slices.Contains(h.Told.Unlocked, slug) {
		return true, nil
	}
	return false, usage("Ask the instructor, or gokata workshop leave.", "the workshop has not unlocked the solution of %s yet", slug)
}
