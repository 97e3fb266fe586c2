// Messages between a LuaHost and the process that runs its Lua, over a socket pair.
//
// A message is a uint32 count of the bytes that follow, a byte with the kind, and the fields of that kind, without
// alignment, in the machine's byte order. Both ends come from the same build; `LUAPROTOCOL_VERSION` checks that. The
// host sends a request and serves the child's calls until the answer arrives. Then it sends the next request.
//
// `bytes` at the end of a message are the rest of it. A handle is a uint32 slot and a uint32 generation. A text is a
// uint32 count and its bytes.

#ifndef LUAPROTOCOL_H
#define LUAPROTOCOL_H

/// The version of the protocol. Increase it with every change of a message.
enum { LUAPROTOCOL_VERSION = 5 };

/// The descriptors that the child starts with: its end of the socket pair, and a page of shared memory.
enum { LUAPROTOCOL_SOCKET = 0, LUAPROTOCOL_PAGE = 1 };

/// Bytes of the largest message: a list of values or a recipe's text, with the other fields.
enum { LUAPROTOCOL_MAXIMUM_MESSAGE = 64 << 20 };

/// Messages of the host. The child answers OPEN with WALLS, MEASURE with STATISTICS, and RUN with an OUTCOME for each
/// slice that ran. It does not answer RELEASE, REARM, REPLY and FAIL. It answers all others with OUTCOME.
enum {
    LUAPROTOCOL_OPEN = 1,         // uint32 version, uint64 memory, slice, total, value_bytes, uint32 value_depth,
                                  // uint64 seed
    LUAPROTOCOL_INSTALL = 2,      // handle, uint32 first function, text kinds, bytes
    LUAPROTOCOL_ENVIRONMENT = 3,  // nothing
    LUAPROTOCOL_FUNCTION = 4,     // uint32 function, uint8 kind, bytes: the name
    LUAPROTOCOL_GLOBAL = 5,       // handle environment, handle function, bytes: the name
    LUAPROTOCOL_LOAD = 6,         // handle environment, text chunk name, bytes: the Lua text
    LUAPROTOCOL_BOUNDARY = 7,     // handle function, handle sealing: slot UINT32_MAX for none
    LUAPROTOCOL_RUN = 8,          // uint64 CPU time of the host, then a text for each slice
    LUAPROTOCOL_FAIL = 9,         // for tests: uint64 first, uint64 count
    LUAPROTOCOL_RELEASE = 10,     // bytes: handles
    LUAPROTOCOL_REARM = 11,       // nothing
    LUAPROTOCOL_ERRORS = 12,      // uint8 whether to collect garbage first
    LUAPROTOCOL_MEASURE = 13,     // nothing
    LUAPROTOCOL_REPLY = 14,       // uint8 verdict, uint64 error, uint64 operation, bytes: the reply
};

/// Slices in RUN. The child runs them in order and answers each with an OUTCOME. It sends the outcomes together, and
/// goes on with the next slice only as long as no slice can influence another:
/// - the slice called nothing but async functions, printed nothing and abandoned nothing, and
/// - it ended with a wait, or without an error in a coroutine whose end has no effect.
///
/// It also stops after the time and the bytes below. The host sends the remaining slices again if they still apply.
enum {
    LUAPROTOCOL_START = 1,        // uint8 kind, uint8 whether the end has no effect, handle function, bytes: arguments
    LUAPROTOCOL_RESUME = 2,       // uint8 kind, uint8 whether the end has no effect, handle coroutine,
                                  // uint64 operation, uint8 verdict, uint64 error, bytes: the reply
};

/// Bytes of the outcomes and calls of a RUN, and nanoseconds since its start, after which the child starts no further
/// slice. A RUN of the host has at most as many bytes, unless its first slice alone has more.
///
/// So the host can hold what it gets, and it measures a slice that overruns its limit with an error of 5 ms.
enum { LUAPROTOCOL_RUN_BYTES = 64 << 10, LUAPROTOCOL_RUN_NANOSECONDS = 5000000 };

/// Messages of the child.
enum {
    LUAPROTOCOL_OUTCOME = 101,    // uint8 status, uint8 whether the next slice of RUN follows, uint64 operation, handle,
                                  // bytes
    LUAPROTOCOL_CALL = 102,       // handle coroutine, uint32 function, uint32 line, uint64 operation, text source,
                                  // bytes: arguments. Operation is 0 for a sync function. For an async function it
                                  // counts 1, 2, 3 and so on, and the host sends no reply: the child sends the outcome
                                  // of the slice next, usually in the same write. The first call of a coroutine
                                  // tells the host its handle.
    LUAPROTOCOL_PRINT = 103,      // bytes: a line
    LUAPROTOCOL_ABANDON = 104,    // uint64 operation
    LUAPROTOCOL_STATISTICS = 105, // uint64 bytes, peak bytes, uint32 functions, coroutines, uint64 cpu, allocations
    LUAPROTOCOL_WALLS = 106,      // uint32: the walls in force, once, in answer to OPEN
};

/// The walls around the child, as bits.
enum {
    LUAPROTOCOL_WALL_PRIVILEGES = 1,   // no new privileges, not dumpable
    LUAPROTOCOL_WALL_LIMITS = 2,       // of memory, CPU time, files and processes
    LUAPROTOCOL_WALL_FILES = 4,        // Landlock: no file can be opened
    LUAPROTOCOL_WALL_CALLS = 8,        // seccomp: only the system calls that the child needs
};

/// Bytes of the shared page, which the host writes and the child reads. Byte i is LUABRIDGE_LIVE, or the reason why the
/// coroutine of slice i of RUN must stop. So RUN has at most as many slices.
enum { LUAPROTOCOL_PAGE_BYTES = 4096 };

#endif
