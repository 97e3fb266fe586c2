// Declarations that the C files of the bridge share. Only these files include lua.h.

#ifndef BRIDGE_H
#define BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "CLuaBridge.h"

// Lua leaves C frames by longjmp, which Thread Sanitizer does not notice: its own stack of frames overflows after about
// ten thousand errors. So the bridge is not instrumented. Only the Swift side is, which ensures that a single thread at
// a time uses a state. Every file that includes this header puts its code between BRIDGE_BEGIN and BRIDGE_END.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define BRIDGE_BEGIN \
    _Pragma("clang attribute push(__attribute__((disable_sanitizer_instrumentation)), apply_to = function)")
#define BRIDGE_END _Pragma("clang attribute pop")
#endif
#endif
#ifndef BRIDGE_BEGIN
#define BRIDGE_BEGIN
#define BRIDGE_END
#endif

enum {
    // VM instructions between two checks of clock and cancel flag: about 10 µs. So a stop is prompt, and the cost of a
    // check (30 ns) is negligible.
    HOOK_INSTRUCTIONS = 1000,
    // Bytes that C code copies, compares or searches in the time of a VM instruction, about 10 ns.
    STEP_BYTES = 64,
    // An instruction can process a whole string or table (`<`, `..`, a table that grows). With blocks of 2^18 bytes
    // that takes up to 0.3 ms. From there on, a block twice as large halves the instructions between checks.
    LARGE_BLOCK_BITS = 18,
    // The fewest instructions between checks. A hook at every instruction marks a thread that must stop.
    LEAST_HOOK_INSTRUCTIONS = 2,
    // Instructions between checks once scripts must stop: every instruction raises.
    STOPPED_HOOK_INSTRUCTIONS = 1,
    // Nested closes of coroutines. Lua 5.4.4 does not count them and crashes from 40,000 on: each can use another 200
    // C levels (LUAI_MAXCCALLS) of 2 to 3 KB.
    MAXIMUM_CLOSES = 16,
    // Bytes of native stack in use at which no further coroutine is closed. A thread's stack has 2 MiB if the user's
    // limit on the stack size is unlimited.
    MAXIMUM_CLOSE_STACK = 512 << 10,
    // Resumes between two checks of clock and cancel flag: a new coroutine starts its count of instructions at zero.
    HOOK_RESUMES = 50,
    // Bytes of the name of a chunk or function in a traceback. A path has at most 4,096.
    MAXIMUM_FRAME_NAME = 4096,
    // Bytes of the message of an error that leaves Lua. Swift copies it several times, in memory that no limit counts.
    MAXIMUM_MESSAGE = 1 << 18,
    // Frames of a traceback. A stack overflow has 200,000; the innermost frames show the cause.
    MAXIMUM_FRAMES = 64,
    // Bytes of the longest name with an edit distance. Longer names are not typing errors.
    MAXIMUM_NAME = 64,
    // Steps for a call of a host function: the bridge checks the clock after ten calls that do almost nothing.
    HOST_CALL_STEPS = HOOK_INSTRUCTIONS / 10,
    // Encoded bytes that Swift decodes, checks and copies in the time of a VM instruction.
    HOST_STEP_BYTES = 8,
    // Swift's memory for a recipe counts as the recipe's memory. Measured with functions that pass values on as JSON:
    // bytes for each value, further bytes for each table, and the number of copies of each byte of a string.
    HOST_VALUE_BYTES = 80,
    HOST_TABLE_BYTES = 240,
    HOST_TEXT_COPIES = 5,
    // Swift's memory for an anchored function, and for a coroutine with its task and its pending operation.
    HOST_FUNCTION_BYTES = 256,
    HOST_COROUTINE_BYTES = 2 << 10,
    // Buffers larger than this are freed after use instead of being kept for the next call.
    KEPT_BUFFER_BYTES = 1 << 20,
};

/// Bytes outside Lua's memory, so that an error raised while C writes them leaks nothing.
typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
} buffer;

/// A function or environment that is anchored for Swift. Free slots form a list through `next`.
typedef struct {
    uint32_t generation;
    uint32_t next;
    bool used;
} function_slot;

/// A coroutine that Swift runs.
typedef struct {
    lua_State *thread;
    uint32_t generation;
    uint32_t next;
    int stop;   // LUABRIDGE_LIVE; LUABRIDGE_CANCELLED_COROUTINE for good once the coroutine is cancelled
} coroutine_slot;

/// The name of a chunk that is longer than Lua shows.
typedef struct long_name {
    struct long_name *next;
    char shown[LUA_IDSIZE];   // the shortened name, for Lua
    char full[];
} long_name;

/// A resume or close by a script that is active on the native stack.
typedef struct resume_link {
    struct resume_link *below;
    lua_State *resumer;
    bool can_wait;       // whether a wait above can pass from here down to the host
    const char *place;   // the code that blocks a wait, if the stack of `resumer` does not show it
} resume_link;

struct luabridge {
    lua_State *main;
    luabridge_limits limits;
    luabridge_callbacks callbacks;

    size_t bytes, peak_bytes;   // of Lua, and of Swift for anchored functions and coroutines
    bool unlimited;   // while opening and closing: no memory limit, no planned failures
    uint64_t allocations, fail_first, fail_end;

    int stop;   // why all scripts must stop; LUABRIDGE_LIVE if they continue
    uint64_t slice_wall;      // monotonic clock at the start of the slice
    uint64_t slice_cpu;       // thread CPU clock at the start of the slice, once `is_measured`
    uint64_t looked_wall;     // monotonic clock at the last read of the CPU clock, or at the start of the slice
    bool is_measured;
    size_t steps;             // of C code since the last check of clock and cancel flag
    uint32_t operation_steps; // steps that an instruction may take with the largest block of memory
    uint64_t large_sizes;     // bit i: a block of 2^i bytes to less than 2^(i + 1) exists
    uint32_t large_blocks[64];   // the number of such blocks, by i
    lua_State *current;       // the running thread
    uint64_t total_cpu;       // of finished slices, or the larger total that Swift charged

    uint32_t running;         // slot of the coroutine whose slice runs, NO_SLOT outside of slices
    resume_link *link;        // innermost active resume or close
    int closes;
    const char *stack;        // an address on the native stack at entry to the bridge
    uint64_t parking;         // operation of a wait whose yield is on its way to the host
    struct {
        uint64_t operation;
        int verdict;
        luabridge_reply reply;
    } delivery;

    buffer out;               // bytes that Swift reads next
    buffer scratch;           // keys of the tables being encoded
    buffer trace;             // frames of coroutines that an error has already left
    uint32_t trace_frames;

    function_slot *functions;
    uint32_t function_capacity, free_function, function_count;
    uint32_t provisional;     // list of functions anchored by an encoding that may still fail
    coroutine_slot *coroutines;
    uint32_t coroutine_capacity, free_coroutine, coroutine_count;

    long_name *long_names;

    lua_Integer serial;       // the last serial number that tostring gave to a value
    bool has_seals;           // a text from the host had a seal
    bool collector_rests;     // while a large value is decoded
};

enum { NO_SLOT = UINT32_MAX };

/// Returns the bridge of a thread. Its address is in the extra space, which Lua copies into every new coroutine.
static inline luabridge *bridge_of(lua_State *L) { return *(luabridge **)lua_getextraspace(L); }

/// Keys of the registry: addresses, so that scripts cannot make them.
extern const char KEY_FUNCTIONS, KEY_COROUTINES, KEY_ERRORS, KEY_ERROR_METATABLE, KEY_STOPS, KEY_PLACES,
    KEY_SERIALS, KEY_PRISTINE, KEY_FORMS, KEY_LARGE_INTEGER, KEY_OWNERS;
/// Addresses: the light userdata that scripts see as `null`, and the marks on the stacks of parked coroutines.
extern const char NULL_VALUE, PARKED, PARKED_ROOT;

// buffer.c
bool buffer_reserve(buffer *buffer, size_t extra);
bool buffer_append(buffer *buffer, const void *bytes, size_t count);
void buffer_reset(buffer *buffer);

// clocks.c
uint64_t clocks_read(clockid_t clock);

// limits.c
void *limits_allocate(void *bridge, void *block, size_t old_size, size_t new_size);
bool limits_has_room(const luabridge *bridge, size_t bytes);
void limits_check_room(lua_State *L, size_t bytes);
void limits_begin_slice(luabridge *bridge);
void limits_end_slice(luabridge *bridge);
void limits_rest_collector(luabridge *bridge);
void limits_wake_collector(luabridge *bridge);
void limits_set_hook(lua_State *L);
int limits_stop(lua_State *L);
int limits_raise_stop(lua_State *L, int reason);
void limits_check(lua_State *L);
void limits_look(lua_State *L);
void limits_make_messages(lua_State *L);

/// Counts work that C code does for a script, in steps of about 10 ns. Raises if the script must stop.
static inline void limits_spend(lua_State *L, size_t steps) {
    luabridge *b = bridge_of(L);
    b->steps += steps;
    if (b->steps >= HOOK_INSTRUCTIONS) limits_look(L);
}

/// Counts an operation that may process a whole string or table or call a function, as much as a VM instruction.
static inline void limits_spend_operation(lua_State *L) { limits_spend(L, bridge_of(L)->operation_steps); }

// handles.c
void handles_open(lua_State *L);
luabridge_handle handles_anchor(lua_State *L, int index);
bool handles_push(lua_State *L, luabridge_handle handle);
void handles_commit(luabridge *bridge);
void handles_roll_back(luabridge *bridge);
luabridge_handle handles_add_coroutine(lua_State *L, int index);
coroutine_slot *handles_coroutine(luabridge *bridge, luabridge_handle handle);
void handles_remove_coroutine(luabridge *bridge, uint32_t slot);
luabridge_handle handles_running(const luabridge *bridge);

// chunk_names.c
const char *chunk_names_add(luabridge *bridge, const char *name, char shown[LUA_IDSIZE + 1]);
const char *chunk_names_of_script(const char *name, size_t count, char shown[LUA_IDSIZE + 1]);
const char *chunk_names_full(const luabridge *bridge, const char *shown);
void chunk_names_restore(lua_State *L, int index);
void chunk_names_close(luabridge *bridge);

// forms.c
void forms_open(lua_State *L);
void forms_set(lua_State *L, int index, uint8_t tag);
uint8_t forms_get(lua_State *L, int index);
void forms_push_large_integer(lua_State *L, const char *digits, size_t count);
const char *forms_large_integer(lua_State *L, int index, size_t *count);

// encode.c, decode.c, utf8.c
void encode_values(lua_State *L, int first, int last, const char *label);
void encode_single(lua_State *L, int index, const char *label);
void encode_u32(luabridge *bridge, lua_State *L, uint32_t value);
int decode_values(lua_State *L, const uint8_t *bytes, size_t count);
bool utf8_is_valid(const uint8_t *bytes, size_t count);

// dump.c
void dump_push_text(lua_State *L, int index);

// errors.c
void errors_open(lua_State *L);
int errors_raise_reply(lua_State *L, const luabridge_reply *reply);
void errors_capture(luabridge *bridge, lua_State *L);
void errors_forget(luabridge *bridge);
luabridge_outcome errors_outcome(luabridge *bridge, lua_State *L, int status, int kind);

// run.c
int run_protected(luabridge *bridge, lua_CFunction function, void *data);

// coroutines.c
void coroutines_open(lua_State *L);
void coroutines_bind(lua_State *L, int environment);
bool coroutines_are_waitable(lua_State *L);
bool coroutines_is_parked(lua_State *co);
int coroutines_park(lua_State *L, uint64_t operation, lua_KContext context, lua_KFunction continuation);
int coroutines_close(lua_State *L, lua_State *co);

// functions.c
void functions_open(lua_State *L);
int functions_call(lua_State *L);

// seals.c
void seals_open(lua_State *L);
void seals_note(luabridge *bridge, const char *text, size_t count);
void seals_check(lua_State *L, int index, const char *function);

// bounded.c, codepoints.c, formatting.c, packing.c, patterns.c, tables.c
enum { TABLE_READ = 1, TABLE_WRITE = 2, TABLE_COUNT = 4 };
void bounded_open(lua_State *L);
size_t bounded_place(lua_State *L, int index, size_t count);
void bounded_replace(lua_State *L, const char *library, const luaL_Reg *functions);
void codepoints_open(lua_State *L);
void formatting_open(lua_State *L);
void packing_open(lua_State *L);
void patterns_open(lua_State *L);
void tables_open(lua_State *L);
void tables_check(lua_State *L, int index, int uses);
size_t tables_access_steps(lua_State *L, int index);

// library.c, iteration.c, sorting.c, names.c
void library_open(lua_State *L);
int library_is_message_handler(lua_State *L, int index);
void library_push_text(lua_State *L, int index);
void library_push_shown(lua_State *L, int index);
int library_load(lua_State *L);
int iteration_pairs(lua_State *L);
int iteration_raw_pairs(lua_State *L);
bool iteration_is_array(lua_State *L, int table, lua_Integer *count);
int iteration_next(lua_State *L);
int sorting_sort(lua_State *L);
void names_guard(lua_State *L, int environment);
void names_make_module(lua_State *L, int environment, int contents, const char *name);

// environments.c
void environments_open(lua_State *L);
bool environments_push(lua_State *L, luabridge_handle environment);

#endif
