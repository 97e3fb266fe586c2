// The C side of LuaHost: everything that touches a Lua state, behind functions that never raise.
//
// Lua raises errors with longjmp, which must not cross a Swift frame. So: every function here catches what
// Lua raises and gives an outcome; Swift called from Lua (the callbacks) returns a verdict and C raises after
// the Swift frame is gone; values cross as bytes (values.c has the format) and Swift never pushes on a Lua
// stack. This header must not include lua.h.

#ifndef CLUABRIDGE_H
#define CLUABRIDGE_H

#include <stddef.h>
#include <stdint.h>

#include "LuaProcess.h"
#include "LuaProtocol.h"

typedef struct lua_State lua_State;

/// One Lua state with its limits, handles and coroutines.
typedef struct luabridge luabridge;

/// Names a coroutine or an anchored function. A slot is used again with another generation.
typedef struct {
    uint32_t slot;
    uint32_t generation;
} luabridge_handle;

/// Tags of the encoded values; all numbers are in the machine's byte order, without alignment.
enum {
    LUABRIDGE_NIL = 0,
    LUABRIDGE_FALSE = 1,
    LUABRIDGE_TRUE = 2,
    LUABRIDGE_INTEGER = 3,   // int64
    LUABRIDGE_NUMBER = 4,    // double
    LUABRIDGE_STRING = 5,    // uint32 count, bytes
    LUABRIDGE_TABLE = 6,     // uint32 array, fields, sparse; values; (uint32 count, bytes, value); (int64, value)
    LUABRIDGE_FUNCTION = 7,  // uint32 slot, generation
    LUABRIDGE_NULL = 8,
    LUABRIDGE_LIST = 9,      // a table that is a list also where it is empty; as LUABRIDGE_TABLE
    LUABRIDGE_OBJECT = 10,   // a table that is an object also where it is empty; as LUABRIDGE_TABLE
    LUABRIDGE_LARGE_INTEGER = 11,   // uint32 count, digits with an optional sign
};

/// Limits; zero means none for memory, slice and total.
typedef struct {
    size_t memory;             // bytes held by Lua
    uint64_t slice;            // nanoseconds of CPU between two waits
    uint64_t total;            // nanoseconds of CPU in all
    size_t value_bytes;        // encoded size of one list of values
    uint32_t value_depth;      // levels of tables, at most LUABRIDGE_DEPTH
    uint64_t seed;             // of math.random
} luabridge_limits;

/// More levels of tables than this are never encoded or decoded.
enum { LUABRIDGE_DEPTH = 64 };

/// A call of a host function. Pointers are valid during the callback.
typedef struct {
    luabridge_handle coroutine;
    uint32_t function;
    int waits;                  // whether the function is async: it suspends, whatever its arguments are
    const uint8_t *arguments;   // uint32 count, values
    size_t argument_bytes;
    const char *source;         // chunk name without '@', NUL at the end
    int line;
} luabridge_call;

/// What a host function does next.
enum {
    LUABRIDGE_RETURN = 0,    // bytes: uint32 count, values
    LUABRIDGE_RAISE = 1,     // bytes: count 1, a string or table; error: id kept with a table, 0 for none
    LUABRIDGE_SUSPEND = 2,   // operation: id that the result is delivered for
};

/// The answer to a call. The bytes must stay valid until the next callback or the end of the bridge function.
typedef struct {
    const uint8_t *bytes;
    size_t count;
    uint64_t error;
    uint64_t operation;
} luabridge_reply;

/// Why everything must stop.
enum {
    LUABRIDGE_LIVE = 0,
    LUABRIDGE_CANCELLED_HOST = 1,
    LUABRIDGE_CANCELLED_COROUTINE = 2,
    LUABRIDGE_SPENT_SLICE = 3,
    LUABRIDGE_SPENT_TOTAL = 4,
};

/// Swift as Lua calls it. None may raise or call back into the bridge.
typedef struct {
    void *context;
    int (*call)(void *context, const luabridge_call *call, luabridge_reply *reply);
    void (*print)(void *context, const uint8_t *bytes, size_t count);
    // LUABRIDGE_LIVE, _CANCELLED_HOST or _CANCELLED_COROUTINE for the coroutine that runs.
    int (*interrupted)(void *context, luabridge_handle coroutine);
    // A script closed the coroutine in which an operation was awaited.
    void (*abandon)(void *context, uint64_t operation);
} luabridge_callbacks;

/// How a bridge function ended.
enum {
    LUABRIDGE_FINISHED = 0,
    LUABRIDGE_PARKED = 1,    // waits for `operation`
    LUABRIDGE_FAILED = 2,    // bytes: an error record
};

/// Kinds of failure, first in an error record.
enum {
    LUABRIDGE_ERROR_RUNTIME = 0,
    LUABRIDGE_ERROR_SYNTAX = 1,
    LUABRIDGE_ERROR_MEMORY = 2,
    LUABRIDGE_ERROR_VALUES = 3,
    LUABRIDGE_ERROR_CANCELLED = 4,
    LUABRIDGE_ERROR_CPU = 5,
    LUABRIDGE_ERROR_HOST = 6,   // the process that ran Lua is gone
};

/// What a bridge function gives. Bytes are valid until the next bridge function.
///
/// An error record is a list of values: kind, message, value, error id or 0, frames; a frame is a table of
/// source, line (−1 for none) and function name.
typedef struct {
    int status;
    uint64_t operation;
    luabridge_handle handle;
    const uint8_t *bytes;
    size_t count;
} luabridge_outcome;

/// What the bridge holds.
typedef struct {
    size_t bytes;
    size_t peak_bytes;
    uint32_t functions;
    uint32_t coroutines;
    uint64_t cpu;            // nanoseconds
} luabridge_statistics;

/// The version of Lua that the bridge was built with: `Lua 5.4.4`.
const char *luabridge_lua_version(void);

/// Opens a state with the libraries that scripts get. NULL when memory is short.
luabridge *luabridge_open(luabridge_limits limits, luabridge_callbacks callbacks);

/// Closes the state and frees everything.
void luabridge_close(luabridge *bridge);

/// The environment that a state opens with; others are handles from `luabridge_make_environment`.
static const luabridge_handle LUABRIDGE_FIRST_ENVIRONMENT = {UINT32_MAX, 0};

/// Makes an environment: globals of their own, with the library and nothing else; the outcome's handle names it until
/// it is released.
luabridge_outcome luabridge_make_environment(luabridge *bridge);

/// Makes a host function that errors call `name`; the outcome's handle is the function.
luabridge_outcome luabridge_make_function(luabridge *bridge, uint32_t function, int waits, const char *name);

/// Makes a function a global of an environment.
luabridge_outcome luabridge_set_global(
    luabridge *bridge, luabridge_handle environment, const char *name, luabridge_handle function);

/// Adds a module to an environment. `bytes` is a list: name, array of function names, table of constants; the functions
/// get ids from `first_function`; bit i % 8 of `waits[i / 8]` says that function i is async.
luabridge_outcome luabridge_install(
    luabridge *bridge, luabridge_handle environment, const uint8_t *bytes, size_t count, uint32_t first_function,
    const uint8_t *waits);

/// Compiles Lua text whose globals are those of the environment; the outcome's handle is the function.
luabridge_outcome luabridge_load(
    luabridge *bridge, luabridge_handle environment, const uint8_t *text, size_t count, const char *chunk_name);

/// Makes a coroutine for a function; the outcome's handle is the coroutine, which has not started.
luabridge_outcome luabridge_create(
    luabridge *bridge, luabridge_handle function, const uint8_t *arguments, size_t count);

/// Starts a coroutine that `luabridge_create` made. A coroutine that finished or failed is gone afterwards.
luabridge_outcome luabridge_start(luabridge *bridge, luabridge_handle coroutine);

/// Delivers the result of the operation that a coroutine is parked on: verdict LUABRIDGE_RETURN or _RAISE with
/// its reply, or, when `stop` is not LUABRIDGE_LIVE, an error that scripts cannot catch.
luabridge_outcome luabridge_resume(
    luabridge *bridge, luabridge_handle coroutine, uint64_t operation, int verdict, luabridge_reply reply, int stop);

/// Lets go of a function that was encoded for Swift.
void luabridge_release(luabridge *bridge, luabridge_handle function);

/// Whether a handle names a function that is still anchored.
int luabridge_is_anchored(const luabridge *bridge, luabridge_handle function);

/// Ids of the Swift errors that Lua values still refer to, as an array of uint64; `count` is their number.
luabridge_outcome luabridge_live_errors(luabridge *bridge, int collect_garbage);

/// What the bridge holds at this moment.
luabridge_statistics luabridge_measure(const luabridge *bridge);

/// Says how long has been computed for the scripts in all, slices among it, in nanoseconds; it never becomes less.
void luabridge_charge(luabridge *bridge, uint64_t total_cpu);

/// The monotonic clock, in nanoseconds.
uint64_t luabridge_monotonic(void);

/// The CPU clock of the thread that calls, by which others can read it too; 0 where there is none.
int64_t luabridge_thread_clock(void);

/// What such a clock says, in nanoseconds; 0 when its thread has ended.
uint64_t luabridge_read_clock(int64_t clock);

/// Forgets a spent slice; the total stays spent.
void luabridge_rearm(luabridge *bridge);

/// For tests: of the allocations from now on, fail those numbered first ..< first + count, from 1.
void luabridge_fail_allocations(luabridge *bridge, uint64_t first, uint64_t count);

/// For tests: how many allocations there were since luabridge_fail_allocations.
uint64_t luabridge_allocations(const luabridge *bridge);

/// How many single-byte edits (insert, delete, replace, swap of neighbours) lie between two names, counted up
/// to `limit` + 1.
uint32_t luabridge_edit_distance(
    const char *left, size_t left_count, const char *right, size_t right_count, uint32_t limit);

#endif
