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

/// Sends all bytes, without SIGPIPE if the child is gone. Returns 0, or an errno.
int luaprocess_send(const luaprocess *process, const uint8_t *bytes, size_t count);

/// Reads at most `count` bytes, and waits at most `milliseconds` for the first.
///
/// Returns the number of bytes; 0 if the child closed the socket, or if reading failed; -1 after the timeout.
ssize_t luaprocess_receive(const luaprocess *process, uint8_t *bytes, size_t count, int milliseconds);

#endif
