// Memory, CPU time and cancellation.
//
// A count hook checks the clock and the cancel flag. C code that loops for a script counts its work with limits_spend,
// since no hook reaches it. A spent limit or a cancellation stays in force: the hook then raises at every instruction.
// pcall, xpcall and the coroutine functions (library.c, coroutines.c) pass the error on, so no script can catch it.
// Hooks raise and never yield: yielding from hooks is broken before Lua 5.4.7.

#include <stdlib.h>

#include "bridge.h"

BRIDGE_BEGIN

/// Nanoseconds between two reads of the thread's CPU clock, which takes up to 700 ns to read. The first read comes this
/// long after the start of a slice; until then the monotonic clock (30 ns) charges the slice.
static const uint64_t CPU_CLOCK_INTERVAL = 1000000;

/// The most nanoseconds that the monotonic clock charges. A process that was stopped for an hour in the middle of a
/// slice has not computed for an hour.
static const uint64_t MAXIMUM_UNMEASURED = 10000000;

/// Counts a large block that is added (1) or removed (−1). The largest block decides how long an instruction may take.
static void count_block(luabridge *b, size_t size, int change) {
    if (size >> LARGE_BLOCK_BITS == 0) return;
    int bits = 63 - __builtin_clzll(size);
    b->large_blocks[bits] += (uint32_t)change;
    uint64_t bit = (uint64_t)1 << bits;
    b->large_sizes = b->large_blocks[bits] ? b->large_sizes | bit : b->large_sizes & ~bit;
    int largest = b->large_sizes ? 63 - __builtin_clzll(b->large_sizes) : 0;
    uint32_t steps = largest < LARGE_BLOCK_BITS ? 1 : (uint32_t)2 << (largest - LARGE_BLOCK_BITS);
    bool is_longer = steps > b->operation_steps;
    b->operation_steps = steps;
    // Takes effect at once, since the next instruction can already take that long. Fewer checks can wait.
    if (is_longer && b->current) limits_set_hook(b->current);
}

void *limits_allocate(void *bridge, void *block, size_t old_size, size_t new_size) {
    luabridge *b = bridge;
    size_t held = block ? old_size : 0;   // for a new block Lua passes the type of the object as the old size
    if (new_size == 0) {
        free(block);
        b->bytes -= held;
        count_block(b, held, -1);
        return NULL;
    }
    if (new_size > held) {   // Lua requires that shrinking a block never fails
        b->allocations += 1;
        if (!b->unlimited) {
            if (b->allocations >= b->fail_first && b->allocations < b->fail_end) return NULL;
            // realloc may move a large block; both copies exist meanwhile.
            size_t moving = held >> LARGE_BLOCK_BITS ? held : 0;
            if (b->limits.memory && b->bytes - held + new_size + moving > b->limits.memory) return NULL;
        }
    }
    void *moved = realloc(block, new_size);
    if (!moved) return new_size <= held ? block : NULL;
    b->bytes += new_size - held;
    b->steps += new_size / STEP_BYTES;
    count_block(b, held, -1);
    count_block(b, new_size, 1);
    if (b->bytes > b->peak_bytes) b->peak_bytes = b->bytes;
    return moved;
}

/// Stops garbage collection until `limits_wake_collector`, or until the slice ends with an error. At the memory limit Lua
/// collects all the same.
void limits_rest_collector(luabridge *b) {
    b->collector_rests = true;
    lua_gc(b->main, LUA_GCSTOP);
}

void limits_wake_collector(luabridge *b) {
    if (!b->collector_rests) return;
    b->collector_rests = false;
    lua_gc(b->main, LUA_GCRESTART);
}

/// Whether `bytes` more fit below the memory limit.
bool limits_has_room(const luabridge *b, size_t bytes) {
    if (!b->limits.memory || b->unlimited) return true;
    return b->bytes <= b->limits.memory && bytes <= b->limits.memory - b->bytes;
}

/// Raises a memory error if Swift cannot hold `bytes` more for the script within the memory limit.
void limits_check_room(lua_State *L, size_t bytes) {
    if (!limits_has_room(bridge_of(L), bytes)) luaL_error(L, "not enough memory");
}

void luabridge_fail_allocations(luabridge *b, uint64_t first, uint64_t count) {
    b->allocations = 0;
    b->fail_first = first;
    b->fail_end = count > UINT64_MAX - first ? UINT64_MAX : first + count;
}

uint64_t luabridge_allocations(const luabridge *b) { return b->allocations; }

void limits_begin_slice(luabridge *b) {
    limits_wake_collector(b);
    b->slice_wall = b->looked_wall = clocks_read(CLOCK_MONOTONIC);
    b->is_measured = false;
}

/// Returns the charge for the part of a slice in which the CPU clock was not read yet, in nanoseconds.
static uint64_t unmeasured(luabridge *b, uint64_t wall) {
    uint64_t elapsed = wall - b->slice_wall;
    return elapsed < MAXIMUM_UNMEASURED ? elapsed : MAXIMUM_UNMEASURED;
}

/// Returns the CPU time of the slice so far, in nanoseconds.
static uint64_t slice_cpu(luabridge *b, uint64_t wall) {
    uint64_t cpu = clocks_read(CLOCK_THREAD_CPUTIME_ID);
    if (!b->is_measured) {
        uint64_t before = unmeasured(b, wall);
        b->slice_cpu = cpu > before ? cpu - before : 0;
        b->is_measured = true;
    }
    return cpu - b->slice_cpu;
}

void limits_end_slice(luabridge *b) {
    limits_wake_collector(b);
    uint64_t wall = clocks_read(CLOCK_MONOTONIC);
    b->total_cpu += b->is_measured ? slice_cpu(b, wall) : unmeasured(b, wall);
}

static void look_at_clock(luabridge *b) {
    uint64_t wall = clocks_read(CLOCK_MONOTONIC);
    if (wall - b->looked_wall < CPU_CLOCK_INTERVAL) return;
    b->looked_wall = wall;
    uint64_t cpu = slice_cpu(b, wall);
    // Checks the slice first, in case both are spent: its message asks whether there is an endless loop.
    if (b->limits.slice && cpu > b->limits.slice) {
        b->stop = LUABRIDGE_SPENT_SLICE;
    } else if (b->limits.total && b->total_cpu + cpu > b->limits.total) {
        b->stop = LUABRIDGE_SPENT_TOTAL;
    }
}

/// Returns the reason why the running coroutine must stop; LUABRIDGE_LIVE if it may continue.
int limits_stop(lua_State *L) {
    luabridge *b = bridge_of(L);
    if (b->stop) return b->stop;
    return b->running == NO_SLOT ? LUABRIDGE_LIVE : b->coroutines[b->running].stop;
}

/// Raises the error that scripts cannot catch. It needs no memory: its text was made when the state was opened.
int limits_raise_stop(lua_State *L, int reason) {
    limits_set_hook(L);
    luaL_checkstack(L, 2, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_STOPS);
    lua_rawgeti(L, -1, reason);
    return lua_error(L);
}

/// Asks the host whether the script may continue, and raises if not. Every call of a host function starts with this.
void limits_check(lua_State *L) {
    luabridge *b = bridge_of(L);
    int reason = limits_stop(L);
    if (!reason) {
        reason = b->callbacks.interrupted(b->callbacks.context, handles_running(b));
        if (!reason) return;
        if (reason == LUABRIDGE_CANCELLED_COROUTINE && b->running != NO_SLOT) {
            b->coroutines[b->running].stop = reason;
        } else {
            b->stop = reason;
        }
    }
    limits_raise_stop(L, reason);
}

/// Checks the clock and the cancel flag, and raises if the script must stop.
void limits_look(lua_State *L) {
    luabridge *b = bridge_of(L);
    b->steps = 0;
    if (!limits_stop(L)) look_at_clock(b);
    limits_check(L);
    limits_set_hook(L);
}

static void hook(lua_State *L, lua_Debug *activation) {
    (void)activation;
    limits_look(L);
}

/// Sets how often the hook of a thread runs. The hook of each thread is separate, so every resume calls this.
void limits_set_hook(lua_State *L) {
    int steps = (int)bridge_of(L)->operation_steps;
    int count = HOOK_INSTRUCTIONS / steps;
    // lua_sethook starts the count anew. A script whose large blocks come and go would put off the hook for ever.
    bool is_due = bridge_of(L)->steps >= HOOK_INSTRUCTIONS;
    if (count < LEAST_HOOK_INSTRUCTIONS || is_due) count = LEAST_HOOK_INSTRUCTIONS;
    if (limits_stop(L)) count = STOPPED_HOOK_INSTRUCTIONS;
    if (lua_gethookcount(L) != count || lua_gethook(L) != hook) lua_sethook(L, hook, LUA_MASKCOUNT, count);
}

void luabridge_charge(luabridge *b, uint64_t total_cpu) {
    if (total_cpu > b->total_cpu) b->total_cpu = total_cpu;
    if (!b->stop && b->limits.total && b->total_cpu > b->limits.total) b->stop = LUABRIDGE_SPENT_TOTAL;
}

void luabridge_rearm(luabridge *b) {
    if (b->stop == LUABRIDGE_SPENT_SLICE) b->stop = LUABRIDGE_LIVE;
}

void limits_make_messages(lua_State *L) {
    luabridge *b = bridge_of(L);
    lua_createtable(L, LUABRIDGE_SPENT_MEMORY, 0);
    lua_pushliteral(L, "the run was cancelled");
    lua_rawseti(L, -2, LUABRIDGE_CANCELLED_HOST);
    lua_pushliteral(L, "cancelled");
    lua_rawseti(L, -2, LUABRIDGE_CANCELLED_COROUTINE);
    lua_pushfstring(
        L, "the script computed for more than %f s without waiting for anything; is there an endless loop?",
        (lua_Number)b->limits.slice / 1e9);
    lua_rawseti(L, -2, LUABRIDGE_SPENT_SLICE);
    lua_pushfstring(
        L, "the script used more than %f s of CPU time in all", (lua_Number)b->limits.total / 1e9);
    lua_rawseti(L, -2, LUABRIDGE_SPENT_TOTAL);
    lua_pushfstring(
        L, "the script holds more than %d MiB of memory, with its values outside of Lua", (int)(b->limits.memory >> 20));
    lua_rawseti(L, -2, LUABRIDGE_SPENT_MEMORY);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_STOPS);
}

BRIDGE_END
