// What the C files of the bridge share. Only these files see lua.h.

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

// Lua leaves C frames by longjmp without telling Thread Sanitizer, whose own stack of them overflows after some
// ten thousand errors. So the bridge is not instrumented; a state is used by one thread at a time, and the Swift
// side, which sees to that, is. Every C file lies between these two.
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
    // VM instructions between two looks at clock and cancel flag: about 10 µs, so that a stop is prompt and
    // looking (30 ns) costs nothing.
    HOOK_INSTRUCTIONS = 1000,
    // The bytes that are copied, compared or searched in the time of one VM instruction, about 10 ns.
    STEP_BYTES = 64,
    // One instruction can go over a whole string or table (`<`, `..`, a table that grows). From blocks of 2^18 bytes
    // on, where this takes up to 0.3 ms, the hook looks sooner: after half as many instructions for twice the bytes.
    LARGE_BLOCK_BITS = 18,
    // But not at every instruction, which is how a thread is told from others that has been stopped.
    LEAST_HOOK_INSTRUCTIONS = 2,
    // The same once everything must stop: every instruction raises.
    STOPPED_HOOK_INSTRUCTIONS = 1,
    // Lua 5.4.4 does not count nested closes of coroutines and crashes from 40,000: each may hold 200 C levels
    // (LUAI_MAXCCALLS) again, of 2 to 3 KB.
    MAXIMUM_CLOSES = 16,
    // So a coroutine is closed only where less of the native stack is in use than this; threads have 2 MiB where
    // users have no limit of their own.
    MAXIMUM_CLOSE_STACK = 512 << 10,
    // Resumes between two looks at clock and cancel flag: a new coroutine counts its instructions from nothing.
    HOOK_RESUMES = 50,
    // Bytes of the names of a chunk and a function in a traceback; a path has at most 4,096.
    MAXIMUM_FRAME_NAME = 4096,
    // Bytes of the message of an error that leaves Lua: Swift, whose memory no limit counts, copies it several times.
    MAXIMUM_MESSAGE = 1 << 18,
    // Frames of one traceback; a stack overflow has 200,000 of which the innermost tell the story.
    MAXIMUM_FRAMES = 64,
    // An edit distance is computed for names up to this length; longer ones are not typing errors.
    MAXIMUM_NAME = 64,
    // A host function is called: a look at the clock after ten that do next to nothing.
    HOST_CALL_STEPS = HOOK_INSTRUCTIONS / 10,
    // Encoded bytes for which Swift, which decodes, checks and copies them, takes as long as for one VM instruction.
    HOST_STEP_BYTES = 8,
    // What Swift holds for a recipe counts as the recipe's memory, as measured with what passes values on as JSON:
    // for each value, for each table beside its values, for each byte of a text, which is copied several times,
    HOST_VALUE_BYTES = 80,
    HOST_TABLE_BYTES = 240,
    HOST_TEXT_COPIES = 5,
    // for a function that is held on to, and for a coroutine with its task and what it waits for.
    HOST_FUNCTION_BYTES = 256,
    HOST_COROUTINE_BYTES = 2 << 10,
    // Buffers above this are given back after use instead of being kept for the next call.
    KEPT_BUFFER_BYTES = 1 << 20,
};

/// Bytes outside Lua's memory, so that an error raised while they are written loses nothing.
typedef struct {
    uint8_t *bytes;
    size_t count;
    size_t capacity;
} buffer;

/// A function anchored for Swift. Free slots form a list through `next`.
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
    int stop;   // LUABRIDGE_CANCELLED_COROUTINE once raised; then it stays
} coroutine_slot;

/// A chunk whose name is longer than Lua shows.
typedef struct long_name {
    struct long_name *next;
    char shown[LUA_IDSIZE];   // what Lua calls it
    char full[];
} long_name;

/// One resume or close by a script that is active on the native stack.
typedef struct resume_link {
    struct resume_link *below;
    lua_State *resumer;
    bool can_wait;       // whether a wait above can be passed down from here to the host
    const char *place;   // what is in the way, where the stack of `resumer` does not show it
} resume_link;

struct luabridge {
    lua_State *main;
    luabridge_limits limits;
    luabridge_callbacks callbacks;

    size_t bytes, peak_bytes;   // of Lua, and what Swift holds as long as functions and coroutines are anchored
    bool unlimited;   // while opening and closing: neither limit nor planned failures
    uint64_t allocations, fail_first, fail_end;

    int stop;   // what stopped everything, LUABRIDGE_LIVE before
    uint64_t slice_wall;      // monotonic clock at the start of the slice
    uint64_t slice_cpu;       // thread CPU clock at the start of the slice, once `is_measured`
    uint64_t looked_wall;     // monotonic clock when the CPU clock was read last
    bool is_measured;
    size_t steps;             // of C code since clock and cancel flag were looked at
    uint32_t operation_steps; // that one instruction may take, by the largest block of memory
    uint64_t large_sizes;     // bit i: there are blocks of 2^i bytes or more, but less than twice as many
    uint32_t large_blocks[64];   // their number
    lua_State *current;       // the thread that runs
    uint64_t total_cpu;       // of finished slices

    uint32_t running;         // slot of the coroutine whose slice this is, NO_SLOT outside
    resume_link *link;        // innermost active resume or close
    int closes;
    const char *stack;        // where the native stack was when the bridge was entered
    uint64_t parking;         // operation that a yield on its way to the host waits for
    struct {
        uint64_t operation;
        int verdict;
        luabridge_reply reply;
    } delivery;

    buffer out;               // what Swift reads next
    buffer scratch;           // keys of the tables being encoded
    buffer trace;             // frames of coroutines that an error has already left
    uint32_t trace_frames;

    function_slot *functions;
    uint32_t function_capacity, free_function, function_count;
    uint32_t provisional;     // functions anchored by an encoding that may still fail
    coroutine_slot *coroutines;
    uint32_t coroutine_capacity, free_coroutine, coroutine_count;

    long_name *long_names;

    lua_Integer serial;       // of the last value whose tostring was asked for
};

enum { NO_SLOT = UINT32_MAX };

/// The host pointer lies in the extra space, which Lua copies into every new coroutine.
static inline luabridge *bridge_of(lua_State *L) { return *(luabridge **)lua_getextraspace(L); }

/// Keys of the registry: addresses, so that no script can make them.
extern const char KEY_FUNCTIONS, KEY_COROUTINES, KEY_ERRORS, KEY_ERROR_METATABLE, KEY_STOPS, KEY_PLACES,
    KEY_SERIALS, KEY_PRISTINE, KEY_FORMS, KEY_LARGE_INTEGER;
/// The light userdata that scripts see as `null`, and what a parked coroutine leaves on its stack.
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
void limits_set_hook(lua_State *L);
int limits_stop(lua_State *L);
int limits_raise_stop(lua_State *L, int reason);
void limits_check(lua_State *L);
void limits_look(lua_State *L);
void limits_make_messages(lua_State *L);

/// Counts work that C code does for a script, in steps of about 10 ns. Raises where the script must stop.
static inline void limits_spend(lua_State *L, size_t steps) {
    luabridge *b = bridge_of(L);
    b->steps += steps;
    if (b->steps >= HOOK_INSTRUCTIONS) limits_look(L);
}

/// Counts what may go over a whole string or table, or call a function: the same as one VM instruction.
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
bool coroutines_are_waitable(lua_State *L);
bool coroutines_is_parked(lua_State *co);
int coroutines_park(lua_State *L, uint64_t operation, lua_KContext context, lua_KFunction continuation);
int coroutines_close(lua_State *L, lua_State *co);

// functions.c
void functions_open(lua_State *L);
int functions_call(lua_State *L);

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
int library_load(lua_State *L);
int iteration_pairs(lua_State *L);
int iteration_next(lua_State *L);
int sorting_sort(lua_State *L);
void names_guard(lua_State *L, int environment);
void names_make_module(lua_State *L, int environment, int contents, const char *name);

// environments.c
void environments_open(lua_State *L);
bool environments_push(lua_State *L, luabridge_handle environment);

#endif
