package meter

import "golang.org/x/sys/windows"

// topology counts the CPUs of the system; which of them share a core, and what
// chooses their frequency, is not known here.
func topology() (online, cores int, governor string) {
	return int(windows.GetActiveProcessorCount(windows.ALL_PROCESSOR_GROUPS)), 0, ""
}
