// What a LuaHost and the process that runs its Lua say to each other over a socket pair.
//
// A message is a uint32 with the number of bytes that follow, one byte with the kind, and the fields of the kind, without
// alignment, in the machine's byte order. Both ends come from one build, and `LUAPROTOCOL_VERSION` checks it. The host
// sends a request and serves the calls that come until the answer to the request; then it sends the next one.
//
// `bytes` at the end of a message are all that is left of it. A handle is a uint32 slot and a uint32 generation. A text is
// a uint32 count and its bytes.

#ifndef LUAPROTOCOL_H
#define LUAPROTOCOL_H

/// Changes with every change of a message.
enum { LUAPROTOCOL_VERSION = 1 };

/// The descriptors that the child has when it starts: its end of the socket pair, and a page of shared memory.
enum { LUAPROTOCOL_SOCKET = 0, LUAPROTOCOL_PAGE = 1 };

/// Bytes of the largest message: a list of values, or a recipe's text, with what goes along.
enum { LUAPROTOCOL_MAXIMUM_MESSAGE = 64 << 20 };

/// What the host sends. Every one but RELEASE, REARM and REPLY is answered by OUTCOME or STATISTICS.
enum {
    LUAPROTOCOL_OPEN = 1,         // uint32 version, uint64 memory, slice, total, value_bytes, uint32 value_depth, uint64 seed
    LUAPROTOCOL_INSTALL = 2,      // handle, uint32 first function, text waits, bytes
    LUAPROTOCOL_ENVIRONMENT = 3,  // nothing
    LUAPROTOCOL_FUNCTION = 4,     // uint32 function, uint8 waits, bytes: the name
    LUAPROTOCOL_GLOBAL = 5,       // handle environment, handle function, bytes: the name
    LUAPROTOCOL_LOAD = 6,         // handle environment, text chunk name, bytes: the Lua text
    LUAPROTOCOL_CREATE = 7,       // handle function, bytes: arguments
    LUAPROTOCOL_START = 8,        // handle coroutine, uint64 CPU time of the host
    LUAPROTOCOL_RESUME = 9,       // handle coroutine, uint64 CPU time of the host, uint64 operation, uint8 verdict,
                                  // uint64 error, uint8 stop, bytes: the reply
    LUAPROTOCOL_RELEASE = 10,     // bytes: handles
    LUAPROTOCOL_REARM = 11,       // nothing
    LUAPROTOCOL_ERRORS = 12,      // uint8 whether garbage is collected first
    LUAPROTOCOL_MEASURE = 13,     // nothing
    LUAPROTOCOL_REPLY = 14,       // uint8 verdict, uint64 error, uint64 operation, bytes: the reply
    LUAPROTOCOL_FAIL = 15,        // for tests: uint64 first, uint64 count
};

/// What the child sends.
enum {
    LUAPROTOCOL_OUTCOME = 101,    // uint8 status, uint64 operation, handle, bytes
    LUAPROTOCOL_CALL = 102,       // handle coroutine, uint32 function, uint32 line, uint64 operation, text source,
                                  // bytes: arguments. An async function has an operation, 1, 2, 3 and so on, and no reply:
                                  // the outcome of the slice follows, most often in the same piece.
    LUAPROTOCOL_PRINT = 103,      // bytes: a line
    LUAPROTOCOL_ABANDON = 104,    // uint64 operation
    LUAPROTOCOL_STATISTICS = 105, // uint64 bytes, peak bytes, uint32 functions, coroutines, uint64 cpu, allocations
    LUAPROTOCOL_WALLS = 106,      // uint32: the walls that stand, once, in answer to OPEN
};

/// The walls around the child, as bits.
enum {
    LUAPROTOCOL_WALL_PRIVILEGES = 1,   // no new privileges, not dumpable
    LUAPROTOCOL_WALL_LIMITS = 2,       // of memory, CPU time, files and processes
    LUAPROTOCOL_WALL_FILES = 4,        // Landlock: no file can be opened
    LUAPROTOCOL_WALL_CALLS = 8,        // seccomp: only the system calls that it needs
};

/// The shared page: the host writes, the child reads. Its only byte is LUABRIDGE_LIVE, or why the running coroutine stops.
enum { LUAPROTOCOL_PAGE_BYTES = 4096 };

#endif
