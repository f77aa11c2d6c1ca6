package host

import "golang.org/x/sys/unix"

const awakeOrNot = unix.CLOCK_BOOTTIME
