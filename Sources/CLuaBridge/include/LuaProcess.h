// Starting the process that runs Lua for a host; what is said to it is in LuaProtocol.h.

#ifndef LUAPROCESS_H
#define LUAPROCESS_H

#include <stdint.h>
#include <sys/types.h>

/// A child, and this process's ends of what joins them.
typedef struct {
    pid_t pid;
    int socket;
    volatile uint8_t *page;   // of LUAPROTOCOL_PAGE_BYTES; the child reads its first byte
    int64_t clock;            // the child's CPU clock, for luabridge_read_clock
} luaprocess;

/// Starts the program at `path` in a session of its own, with an empty environment and no descriptor but its end of the
/// socket pair and the page. Gives 0, or an errno.
int luaprocess_start(const char *path, luaprocess *process);

/// What an errno means.
const char *luaprocess_words(int error);

/// Lets go of the socket and the page, ends the child where it still runs, and waits for it.
///
/// Gives its status as `waitpid` does.
int luaprocess_end(luaprocess *process);

/// Sends all bytes, without a signal where nobody reads. Gives 0, or an errno.
int luaprocess_send(const luaprocess *process, const uint8_t *bytes, size_t count);

/// Reads at most `count` bytes, waiting at most so many milliseconds.
///
/// Gives how many came; 0 at the end of the child; -1 when the time was over.
ssize_t luaprocess_receive(const luaprocess *process, uint8_t *bytes, size_t count, int milliseconds);

#endif
