// The C side of LuaHost: all code that touches a Lua state, behind functions that never raise.
//
// Lua raises errors with longjmp, which must not cross a Swift frame. So every function here catches Lua's errors and
// returns an outcome. A Swift callback returns a verdict, and C raises after the Swift frame is gone. Values cross as
// bytes (encode.c writes the format, decode.c reads it), and Swift never pushes on a Lua stack. This header must not
// include lua.h.

#ifndef CLUABRIDGE_H
#define CLUABRIDGE_H

#include <stddef.h>
#include <stdint.h>

#include "LuaProcess.h"
#include "LuaProtocol.h"

typedef struct lua_State lua_State;

/// A Lua state with its limits, handles and coroutines.
typedef struct luabridge luabridge;

/// Names a coroutine, or a function or environment that is anchored for Swift. A reused slot has a new generation.
typedef struct {
    uint32_t slot;
    uint32_t generation;
} luabridge_handle;

/// Tags of encoded values. All numbers are in the machine's byte order, without alignment.
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
    LUABRIDGE_LIST = 9,      // a table that is a list even if empty; as LUABRIDGE_TABLE
    LUABRIDGE_OBJECT = 10,   // a table that is an object even if empty; as LUABRIDGE_TABLE
    LUABRIDGE_LARGE_INTEGER = 11,   // uint32 count, digits with an optional sign
    // Only to Lua:
    LUABRIDGE_SHORT_STRING = 12,    // uint8 count, bytes
    LUABRIDGE_KEYS = 13,            // uint32 count; (uint32 count, bytes): the keys of the rows of a list from here; a row
    LUABRIDGE_ROW = 14,             // an object with these keys: a value for each of them
};

/// A seal stands for a secret of the host: the mark, 32 digits from 0 to f, the end mark. The marks are U+F8F0 and U+F8F1.
#define LUABRIDGE_SEAL_MARK "\xEF\xA3\xB0"
#define LUABRIDGE_SEAL_END "\xEF\xA3\xB1"
enum { LUABRIDGE_SEAL_DIGITS = 32, LUABRIDGE_SEAL_BYTES = 3 + 32 + 3 };

/// Returns the first seal in a text; NULL if it has none.
const char *luabridge_find_seal(const char *text, size_t count);

/// Limits of a state. Zero means no limit for memory, slice and total.
typedef struct {
    size_t memory;             // bytes held by Lua, and by Swift for the scripts
    uint64_t slice;            // nanoseconds of CPU between two waits
    uint64_t total;            // nanoseconds of CPU in all
    size_t value_bytes;        // encoded size of a list of values
    uint32_t value_depth;      // levels of tables, at most LUABRIDGE_DEPTH
    uint64_t seed;             // seed of math.random
} luabridge_limits;

/// The most levels of nested tables that are encoded or decoded.
enum { LUABRIDGE_DEPTH = 64 };

/// A call of a host function. Pointers are valid during the callback.
typedef struct {
    luabridge_handle coroutine;
    uint32_t function;
    int waits;                  // whether the function is async: it suspends, whatever its arguments
    const uint8_t *arguments;   // uint32 count, values
    size_t argument_bytes;
    const char *source;         // chunk name without '@', NUL at the end
    int line;
} luabridge_call;

/// Verdicts of a host function, with the fields of the reply that they use.
enum {
    LUABRIDGE_RETURN = 0,    // bytes: uint32 count, values
    LUABRIDGE_RAISE = 1,     // bytes: count 1, a string or table; error: id kept with a table, 0 for none
    LUABRIDGE_SUSPEND = 2,   // operation: id for which the result is delivered later
};

/// The reply to a call. Its bytes must stay valid until the next callback or the end of the bridge function.
typedef struct {
    const uint8_t *bytes;
    size_t count;
    uint64_t error;
    uint64_t operation;
} luabridge_reply;

/// Reasons why scripts must stop. LUABRIDGE_LIVE means that they continue.
enum {
    LUABRIDGE_LIVE = 0,
    LUABRIDGE_CANCELLED_HOST = 1,
    LUABRIDGE_CANCELLED_COROUTINE = 2,
    LUABRIDGE_SPENT_SLICE = 3,
    LUABRIDGE_SPENT_TOTAL = 4,
    LUABRIDGE_SPENT_MEMORY = 5,   // Lua and the host hold more than the memory limit together
};

/// Swift functions that the bridge calls for Lua. They must not raise or call the bridge.
typedef struct {
    void *context;
    int (*call)(void *context, const luabridge_call *call, luabridge_reply *reply);
    void (*print)(void *context, const uint8_t *bytes, size_t count);
    // Returns LUABRIDGE_LIVE, _CANCELLED_HOST, _CANCELLED_COROUTINE or _SPENT_MEMORY for the running coroutine.
    int (*interrupted)(void *context, luabridge_handle coroutine);
    // Reports that a script closed the coroutine that waited for an operation.
    void (*abandon)(void *context, uint64_t operation);
} luabridge_callbacks;

/// The status of a bridge function's outcome.
enum {
    LUABRIDGE_FINISHED = 0,
    LUABRIDGE_PARKED = 1,    // the coroutine waits for `operation`
    LUABRIDGE_FAILED = 2,    // bytes: an error record
};

/// Kinds of errors: the first value of an error record.
enum {
    LUABRIDGE_ERROR_RUNTIME = 0,
    LUABRIDGE_ERROR_SYNTAX = 1,
    LUABRIDGE_ERROR_MEMORY = 2,
    LUABRIDGE_ERROR_VALUES = 3,
    LUABRIDGE_ERROR_CANCELLED = 4,
    LUABRIDGE_ERROR_CPU = 5,
    LUABRIDGE_ERROR_HOST = 6,   // the process that ran Lua is gone
};

/// The outcome of a bridge function. Its bytes are valid until the next bridge function is called.
///
/// An error record is a list of values: kind, message, value, error id or 0, frames. A frame is a table of source,
/// line (−1 for none) and function name.
typedef struct {
    int status;
    uint64_t operation;
    luabridge_handle handle;
    const uint8_t *bytes;
    size_t count;
} luabridge_outcome;

/// The resources that a bridge uses.
typedef struct {
    size_t bytes;
    size_t peak_bytes;
    uint32_t functions;
    uint32_t coroutines;
    uint64_t cpu;            // nanoseconds
} luabridge_statistics;

/// Returns the version of Lua that the bridge was built with: `Lua 5.4.4`.
const char *luabridge_lua_version(void);

/// Opens a state with the libraries for scripts. Returns NULL if memory is short.
luabridge *luabridge_open(luabridge_limits limits, luabridge_callbacks callbacks);

/// Closes the state and frees everything.
void luabridge_close(luabridge *bridge);

/// The environment that every state has from the start. `luabridge_make_environment` makes others.
static const luabridge_handle LUABRIDGE_FIRST_ENVIRONMENT = {UINT32_MAX, 0};
/// The methods of strings, such as `("x"):upper()`, as the environment that `luabridge_set_global` changes.
static const luabridge_handle LUABRIDGE_STRING_METHODS = {UINT32_MAX, 1};

/// Makes an environment: separate globals, which contain only the library. The outcome's handle names it until it is
/// released.
luabridge_outcome luabridge_make_environment(luabridge *bridge);

/// The kind of a host function: bits.
enum {
    LUABRIDGE_WAITS = 1,        // it is async: it suspends, whatever its arguments
    LUABRIDGE_TAKES_TEXT = 2,   // a table as its first argument is replaced by the text that `print` shows of it
};

/// Makes a host function, which errors call `name`. The outcome's handle is the function.
luabridge_outcome luabridge_make_function(luabridge *bridge, uint32_t function, uint8_t kind, const char *name);

/// Makes a function that other modules call: it copies its arguments and results. `sealing` is a host function that gets
/// each text with a seal that crosses, and returns what crosses in its place; slot UINT32_MAX for none. The outcome's
/// handle is the function.
luabridge_outcome luabridge_make_boundary(
    luabridge *bridge, luabridge_handle function, luabridge_handle sealing);

/// Sets a global of an environment to a function.
luabridge_outcome luabridge_set_global(
    luabridge *bridge, luabridge_handle environment, const char *name, luabridge_handle function);

/// Adds a module to an environment. `bytes` is a list: name, array of function names, table of constants. Function i
/// gets the id `first_function` + i, and the kind `kinds[i]`.
luabridge_outcome luabridge_install(
    luabridge *bridge, luabridge_handle environment, const uint8_t *bytes, size_t count, uint32_t first_function,
    const uint8_t *kinds, size_t kind_count);

/// Compiles Lua text that uses the globals of the environment. The outcome's handle is the function.
luabridge_outcome luabridge_load(
    luabridge *bridge, luabridge_handle environment, const uint8_t *text, size_t count, const char *chunk_name);

/// Makes a coroutine for a function, without starting it. The outcome's handle is the coroutine.
luabridge_outcome luabridge_create(
    luabridge *bridge, luabridge_handle function, const uint8_t *arguments, size_t count);

/// Starts a coroutine that `luabridge_create` made. If it finishes or fails, its handle becomes invalid.
luabridge_outcome luabridge_start(luabridge *bridge, luabridge_handle coroutine);

/// Delivers the result of the operation that a coroutine is parked on: LUABRIDGE_RETURN or _RAISE with its reply. If
/// `stop` is not LUABRIDGE_LIVE, the coroutine gets an error that scripts cannot catch instead.
luabridge_outcome luabridge_resume(
    luabridge *bridge, luabridge_handle coroutine, uint64_t operation, int verdict, luabridge_reply reply, int stop);

/// Releases a function or environment that is anchored for Swift. Ignores a stale handle.
void luabridge_release(luabridge *bridge, luabridge_handle function);

/// Whether a handle names a function or environment that is still anchored.
int luabridge_is_anchored(const luabridge *bridge, luabridge_handle function);

/// Returns the ids of the Swift errors that Lua values still refer to, as an array of uint64. `count` is their number,
/// not their bytes.
luabridge_outcome luabridge_live_errors(luabridge *bridge, int collect_garbage);

/// Returns the resources that the bridge uses now.
luabridge_statistics luabridge_measure(const luabridge *bridge);

/// Sets the CPU time spent for the scripts in total, slices included, in nanoseconds. A smaller number has no effect.
void luabridge_charge(luabridge *bridge, uint64_t total_cpu);

/// Returns the time of the monotonic clock, in nanoseconds.
uint64_t luabridge_monotonic(void);

/// Returns the id of the calling thread's CPU clock, with which other threads can read it; 0 if there is none.
int64_t luabridge_thread_clock(void);

/// Returns the time of such a clock in nanoseconds; 0 if its thread has ended.
uint64_t luabridge_read_clock(int64_t clock);

/// Clears a spent slice, so that scripts can run again. A spent total stays spent.
void luabridge_rearm(luabridge *bridge);

/// For tests: fails the allocations first ..< first + count, with the next allocation as 1.
void luabridge_fail_allocations(luabridge *bridge, uint64_t first, uint64_t count);

/// For tests: returns the number of allocations since luabridge_fail_allocations.
uint64_t luabridge_allocations(const luabridge *bridge);

#endif
