package cli

import (
	"errors"
	"os"
	"os/exec"
	"time"

	"github.com/spf13/cobra"

	"gokata/cmd/internal/workshop/member"
	"gokata/cmd/internal/workspace"
)

// workshopCourier is the process in the background that alone waits for the
// network. It says nothing: what it finds out is in the files of member.
func (a *app) workshopCourier() *cobra.Command {
	return &cobra.Command{
		Use:    "courier",
		Short:  "Carry results to the workshop, in the background",
		Hidden: true,
		Args:   args(0, 0),
		RunE: func(cmd *cobra.Command, args []string) error {
			err := member.Carry(cmd.Context(), a.membership())
			if errors.Is(err, member.ErrNone) {
				return usage("gokata workshop join begins.", "%w", err)
			}
			return err
		},
	}
}

// membership is the folder of the learner's workshop, whether or not there is
// one.
func (a *app) membership() member.Folder {
	dir, _ := workspace.Find(a.workspaceFlag, a.env.Getenv("GOKATA_WORKSPACE"), a.env.Dir, a.env.Home)
	return member.In((&workspace.Workspace{Dir: dir}).State())
}

// wake notes that the learner is there, and starts a courier where none is at
// work. What fails here is made good by the next command.
func (a *app) wake(f member.Folder, m *member.Member) {
	f.Touch(time.Now())
	if a.env.Courier == nil || f.Link(m).Gone || f.Running() {
		return
	}
	dir, _ := workspace.Find(a.workspaceFlag, a.env.Getenv("GOKATA_WORKSPACE"), a.env.Dir, a.env.Home)
	a.env.Courier(dir)
}

// startCourier starts gokata once more, for a workspace: in no folder that
// somebody may want to delete, on no terminal, and for longer than this command.
func startCourier(workspace string) {
	program, err := os.Executable()
	if err != nil {
		return
	}
	cmd := exec.Command(program, "--workspace", workspace, "workshop", "courier")
	cmd.Dir = os.TempDir()
	background(cmd)
	if cmd.Start() == nil {
		go cmd.Wait() // so that nothing is left of it when it ends
	}
}
