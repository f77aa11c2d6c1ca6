package watch

import "golang.org/x/sys/unix"

// remotes are the file systems on which somebody else may write, of which the
// kernel here hears nothing. Source: include/uapi/linux/magic.h, and the
// sources of the file systems that are not in it.
var remotes = map[int64]string{
	0x6969:     "NFS",
	0x517B:     "SMB",
	0xFF534D42: "SMB",
	0xFE534D42: "SMB",
	0x01021997: "9P, as under WSL",
	0x65735546: "FUSE",
	0x786f4256: "a folder shared with a virtual machine",
	0x00c36400: "Ceph",
	0x47504653: "GPFS",
	0x5346414F: "AFS",
}

// remote names the kind of file system of a folder where events may not come;
// "" is another kind.
func remote(dir string) string {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil {
		return ""
	}
	// Some systems have 32 bits for it, with a sign.
	return remotes[int64(uint32(s.Type))]
}
