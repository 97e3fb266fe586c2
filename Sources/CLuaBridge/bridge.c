// Opens, closes and measures a state.

#include <stdio.h>
#include <stdlib.h>

#include "bridge.h"

BRIDGE_BEGIN

// Only the addresses matter. They must differ, so these are not literals, which a compiler could merge.
const char KEY_FUNCTIONS = 1, KEY_COROUTINES = 2, KEY_ERRORS = 3, KEY_ERROR_METATABLE = 4, KEY_STOPS = 5,
           KEY_PLACES = 6, KEY_SERIALS = 7, KEY_PRISTINE = 8, KEY_FORMS = 9, KEY_LARGE_INTEGER = 10,
           KEY_OWNERS = 11;
const char NULL_VALUE = 0;

/// Prints a message and aborts. All code runs under pcall or resume, so an error that arrives here is a bug of the
/// bridge, and the state is broken. Lua itself would abort without a message.
static int panic(lua_State *L) {
    const char *message = lua_tostring(L, -1);
    fprintf(stderr, "CLuaBridge: an error outside of any protected call: %s\n", message ? message : "?");
    abort();
}

static int open_state(lua_State *L) {
    lua_settop(L, 0);
    handles_open(L);
    library_open(L);
    errors_open(L);
    forms_open(L);
    coroutines_open(L);
    functions_open(L);
    limits_make_messages(L);
    environments_open(L);
    return 0;
}

const char *luabridge_lua_version(void) { return LUA_RELEASE; }

luabridge *luabridge_open(luabridge_limits limits, luabridge_callbacks callbacks) {
    luabridge *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    b->limits = limits;
    b->callbacks = callbacks;
    b->unlimited = true;
    b->operation_steps = 1;
    b->running = b->provisional = b->free_function = b->free_coroutine = NO_SLOT;
    lua_State *L = lua_newstate(limits_allocate, b);
    if (!L) {
        free(b);
        return NULL;
    }
    b->main = b->current = L;
    *(luabridge **)lua_getextraspace(L) = b;
    lua_atpanic(L, panic);
    if (run_protected(b, open_state, NULL) != LUA_OK) {
        luabridge_close(b);
        return NULL;
    }
    lua_settop(L, 0);
    b->unlimited = false;
    return b;
}

void luabridge_close(luabridge *b) {
    b->unlimited = true;
    b->current = NULL;
    lua_close(b->main);
    free(b->out.bytes);
    free(b->scratch.bytes);
    free(b->trace.bytes);
    free(b->functions);
    free(b->coroutines);
    chunk_names_close(b);
    free(b);
}

luabridge_statistics luabridge_measure(const luabridge *b) {
    return (luabridge_statistics){
        .bytes = b->bytes,
        .peak_bytes = b->peak_bytes,
        .functions = b->function_count,
        .coroutines = b->coroutine_count,
        .cpu = b->total_cpu,
    };
}

BRIDGE_END
