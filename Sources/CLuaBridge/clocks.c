// The clocks that measure the work of scripts and of their host.

#include <pthread.h>
#include <time.h>

#include "bridge.h"

BRIDGE_BEGIN

/// Returns the time of a clock in nanoseconds; 0 if the clock no longer exists, as for a thread that has ended.
uint64_t clocks_read(clockid_t clock) {
    struct timespec time;
    if (clock_gettime(clock, &time) != 0) return 0;
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t luabridge_monotonic(void) { return clocks_read(CLOCK_MONOTONIC); }

int64_t luabridge_thread_clock(void) {
    clockid_t clock;
    return pthread_getcpuclockid(pthread_self(), &clock) == 0 ? clock : 0;
}

uint64_t luabridge_read_clock(int64_t clock) { return clock == 0 ? 0 : clocks_read((clockid_t)clock); }

BRIDGE_END
