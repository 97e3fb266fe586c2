// Starts and ends the process that runs Lua for a host. LuaProtocol.h has the messages.

#ifndef LUAPROCESS_H
#define LUAPROCESS_H

#include <stdint.h>
#include <sys/types.h>

/// A child process, and this process's ends of the connections to it.
typedef struct {
    pid_t pid;
    int socket;
    volatile uint8_t *page;   // of LUAPROTOCOL_PAGE_BYTES; the child reads its first byte
    int64_t clock;            // the child's CPU clock, for luabridge_read_clock
} luaprocess;

/// Starts the program at `path` in its own session, with an empty environment. Its only descriptors are its end of the
/// socket pair and the page. Returns 0, or an errno: ENOTSUP if the system is not Linux.
int luaprocess_start(const char *path, luaprocess *process);

/// Returns the message for an errno.
const char *luaprocess_words(int error);

/// Closes the socket and the page, kills the child if it still runs, and waits for it.
///
/// Returns its status as `waitpid` does.
int luaprocess_end(luaprocess *process);

/// Sends bytes without a signal if the child is gone, and waits up to `milliseconds` until it reads.
///
/// Returns the number of bytes sent; 0 if the child is gone; -1 when the time is over.
ssize_t luaprocess_send(const luaprocess *process, const uint8_t *bytes, size_t count, int milliseconds);

/// Reads up to `count` bytes, and waits up to `milliseconds` for the first one.
///
/// Returns the number of bytes read; 0 if the child is gone; -1 when the time is over.
ssize_t luaprocess_receive(const luaprocess *process, uint8_t *bytes, size_t count, int milliseconds);

/// Returns the resident memory of a process in bytes, of this process for 0; -1 if the system does not say.
int64_t luaprocess_memory(pid_t pid);

/// Returns freed memory of this process to the system, so that `luaprocess_memory` does not count it.
void luaprocess_trim(void);

#endif
