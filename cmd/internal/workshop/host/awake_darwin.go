package host

// awakeOrNot is CLOCK_MONOTONIC of time.h, which on this system goes on in sleep.
const awakeOrNot = 6
