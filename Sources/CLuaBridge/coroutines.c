// Coroutines of scripts. A wait inside a coroutine reaches the host and not the script.
//
// A host function that waits yields a private mark. When `coroutine.resume` or `wrap` see that a coroutine yielded for
// the host, they yield too, with a continuation, down to the coroutine that Swift resumes. On delivery the
// continuations run from the bottom up. Each coroutine on that path has the mark on its stack, and only its
// continuation may resume it.
//
// A coroutine belongs to the environment of the module that made it. Only functions of that environment resume or close it.

#include "bridge.h"

BRIDGE_BEGIN

const char PARKED = 0, PARKED_ROOT = 0;

enum { RESUME = 0, WRAP = 1 };

/// Whether a wait here can reach the host, through all coroutines that resume one another.
bool coroutines_are_waitable(lua_State *L) {
    resume_link *link = bridge_of(L)->link;
    return lua_isyieldable(L) && (!link || link->can_wait);
}

static bool is_marked(lua_State *co, const char *mark) {
    return lua_status(co) == LUA_YIELD && lua_gettop(co) >= 2 && lua_islightuserdata(co, -2)
        && lua_touserdata(co, -2) == mark;
}

bool coroutines_is_parked(lua_State *co) { return is_marked(co, &PARKED) || is_marked(co, &PARKED_ROOT); }

static bool is_root(lua_State *L) {
    luabridge *b = bridge_of(L);
    return L == b->main || (b->running != NO_SLOT && b->coroutines[b->running].thread == L);
}

/// Yields until the host delivers the result of an operation.
int coroutines_park(lua_State *L, uint64_t operation, lua_KContext context, lua_KFunction continuation) {
    luaL_checkstack(L, 2, NULL);
    lua_pushlightuserdata(L, (void *)(is_root(L) ? &PARKED_ROOT : &PARKED));
    lua_pushinteger(L, (lua_Integer)operation);
    bridge_of(L)->parking = operation;
    return lua_yieldk(L, 2, context, continuation);
}

/// Closes a coroutine, which runs its pending <close> variables. Leaves an error of theirs on its stack.
///
/// Does nothing if a hook raised the coroutine's error. Lua then leaves hooks off in that coroutine, since only a pcall
/// inside it turns them on again, and a `__close` could run forever. Errors of hooks are final, so nothing is closed.
int coroutines_close(lua_State *L, lua_State *co) {
    luabridge *b = bridge_of(L);
    bool has_failed = lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD;
    if (has_failed && lua_gethookcount(co) == STOPPED_HOOK_INSTRUCTIONS) return LUA_OK;
    resume_link link = {.below = b->link, .resumer = L, .place = "a __close metamethod while its coroutine ends"};
    b->link = &link;
    b->closes += 1;
    b->current = co;
    limits_set_hook(co);
#if LUA_VERSION_RELEASE_NUM >= 50406
    int status = lua_closethread(co, L);
#elif LUA_VERSION_RELEASE_NUM == 50405
    int status = lua_resetthread(co, L);
#else
    int status = lua_resetthread(co);
#endif
    b->closes -= 1;
    b->current = L;
    limits_set_hook(L);
    b->link = link.below;
    return status;
}

/// Whether nested closes leave enough of the native stack for another.
static bool can_close(const luabridge *b) {
    ptrdiff_t used = b->stack - (const char *)__builtin_frame_address(0);
    return b->closes < MAXIMUM_CLOSES && (used < 0 ? -used : used) < MAXIMUM_CLOSE_STACK;
}

static lua_State *coroutine_argument(lua_State *L) {
    lua_State *co = lua_tothread(L, 1);
    luaL_argexpected(L, co, 1, "coroutine");
    return co;
}

/// Returns the coroutine at 1, and raises if another module made it. Upvalue: the environment.
static lua_State *own_coroutine(lua_State *L) {
    lua_State *co = coroutine_argument(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_OWNERS);
    lua_pushvalue(L, 1);
    lua_rawget(L, -2);
    // The coroutines of the host have no owner; their states are checked where they are used.
    if (!lua_isnil(L, -1) && !lua_rawequal(L, -1, lua_upvalueindex(1))) {
        luaL_error(L, "the coroutine belongs to another module");
    }
    lua_pop(L, 2);
    return co;
}

/// Handles a failed resume, with the error value on top of the stack of `L`: `resume` returns it, `wrap` raises it.
static int fail(lua_State *L, lua_State *co, int mode) {
    luabridge *b = bridge_of(L);
    int reason = limits_stop(L);
    if (mode == RESUME) {
        if (reason) return limits_raise_stop(L, reason);
        errors_forget(b);
        chunk_names_restore(L, -1);
        lua_pushboolean(L, 0);
        lua_insert(L, -2);
        return 2;
    }
    int status = lua_status(co);
    if (status != LUA_OK && status != LUA_YIELD) {   // the coroutine ran; otherwise it could not be resumed
        errors_capture(b, co);
        if (can_close(b) && coroutines_close(L, co) != LUA_OK && !lua_isnil(co, -1)) {
            lua_pop(L, 1);
            lua_xmove(co, L, 1);
        }
        reason = limits_stop(L);
    }
    if (reason) return limits_raise_stop(L, reason);
    if (status != LUA_ERRMEM && lua_type(L, -1) == LUA_TSTRING) {   // as in Lua: adds the position of the call
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int continue_resume(lua_State *L, int status, lua_KContext mode);

/// Resumes a coroutine and returns the results of `coroutine.resume` or of a wrapped function.
static int resume(lua_State *L, lua_State *co, int mode, int arguments) {
    luabridge *b = bridge_of(L);
    resume_link link = {.below = b->link, .resumer = L, .can_wait = coroutines_are_waitable(L)};
    limits_set_hook(co);
    b->link = &link;
    b->current = co;
    int count = 0;
    int status = lua_resume(co, L, arguments, &count);
    b->current = L;
    limits_set_hook(L);   // the coroutine may have allocated a large block
    b->link = link.below;
    if (status == LUA_YIELD && b->parking) return coroutines_park(L, b->parking, mode, continue_resume);
    if (status != LUA_OK && status != LUA_YIELD) {
        luaL_checkstack(L, 3, NULL);
        lua_xmove(co, L, 1);
        return fail(L, co, mode);
    }
    if (!lua_checkstack(L, count + 1)) {
        lua_pop(co, count);
        lua_pushliteral(L, "too many results to resume");
        return fail(L, co, mode);
    }
    if (mode == RESUME) lua_pushboolean(L, 1);
    lua_xmove(co, L, count);
    return count + (mode == RESUME);
}

/// Continues after the host delivered a result: resumes the coroutine that waits for it.
static int continue_resume(lua_State *L, int status, lua_KContext mode) {
    (void)status;
    lua_State *co = lua_tothread(L, mode == RESUME ? 1 : lua_upvalueindex(1));
    if (!coroutines_is_parked(co)) {
        int reason = limits_stop(L);
        if (reason) return limits_raise_stop(L, reason);
        lua_pushliteral(L, "the coroutine was closed while it waited");
        return fail(L, co, (int)mode);
    }
    lua_pop(co, 2);
    return resume(L, co, (int)mode, 0);
}

/// Resumes a coroutine because the script asked for it, and moves the arguments to its stack.
static int resume_with_arguments(lua_State *L, lua_State *co, int mode, int arguments) {
    limits_check(L);
    limits_spend(L, HOOK_INSTRUCTIONS / HOOK_RESUMES);
    if (coroutines_is_parked(co)) {
        lua_pushliteral(L, "cannot resume a coroutine that waits for the host");
        return fail(L, co, mode);
    }
    if (!lua_checkstack(co, arguments)) {
        lua_pushliteral(L, "too many arguments to resume");
        return fail(L, co, mode);
    }
    lua_xmove(L, co, arguments);
    return resume(L, co, mode, arguments);
}

static int coroutine_resume(lua_State *L) {
    return resume_with_arguments(L, own_coroutine(L), RESUME, lua_gettop(L) - 1);
}

static int call_wrapped(lua_State *L) {
    return resume_with_arguments(L, lua_tothread(L, lua_upvalueindex(1)), WRAP, lua_gettop(L));
}

/// Upvalue: the environment.
static int coroutine_create(lua_State *L) {
    luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_State *co = lua_newthread(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_OWNERS);
    lua_pushvalue(L, -2);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_rawset(L, -3);
    lua_pop(L, 1);
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int coroutine_wrap(lua_State *L) {
    coroutine_create(L);
    lua_pushcclosure(L, call_wrapped, 1);
    return 1;
}

static int coroutine_yield(lua_State *L) {
    if (is_root(L)) return luaL_error(L, "attempt to yield from outside a coroutine");
    return lua_yield(L, lua_gettop(L));
}

typedef enum { RUNNING, SUSPENDED, NORMAL, DEAD } coroutine_state;

static coroutine_state state_of(lua_State *L, lua_State *co) {
    lua_Debug frame;
    if (L == co) return RUNNING;
    switch (lua_status(co)) {
    case LUA_YIELD: return coroutines_is_parked(co) ? NORMAL : SUSPENDED;
    case LUA_OK:
        if (lua_getstack(co, 0, &frame)) return NORMAL;
        return lua_gettop(co) == 0 ? DEAD : SUSPENDED;
    default: return DEAD;
    }
}

static int coroutine_status(lua_State *L) {
    static const char *const NAMES[] = {"running", "suspended", "normal", "dead"};
    lua_pushstring(L, NAMES[state_of(L, coroutine_argument(L))]);
    return 1;
}

static int coroutine_close(lua_State *L) {
    luabridge *b = bridge_of(L);
    lua_State *co = own_coroutine(L);
    coroutine_state state = state_of(L, co);
    if (!can_close(b)) return luaL_error(L, "coroutines are closed from one another too deeply");
    if (is_marked(co, &PARKED)) {
        b->callbacks.abandon(b->callbacks.context, (uint64_t)lua_tointeger(co, -1));
    } else if (is_marked(co, &PARKED_ROOT)) {
        return luaL_error(L, "cannot close a coroutine that the host runs");
    } else if (state == RUNNING || state == NORMAL) {
        return luaL_error(L, "cannot close a %s coroutine", state == RUNNING ? "running" : "normal");
    }
    int status = coroutines_close(L, co);
    int reason = limits_stop(L);
    if (reason) return limits_raise_stop(L, reason);
    if (status == LUA_OK) {
        lua_pushboolean(L, 1);
        return 1;
    }
    lua_pushboolean(L, 0);
    lua_xmove(co, L, 1);
    chunk_names_restore(L, -1);
    return 2;
}

static int coroutine_running(lua_State *L) {
    lua_pushthread(L);
    lua_pushboolean(L, is_root(L));
    return 2;
}

static int coroutine_isyieldable(lua_State *L) {
    lua_State *co = lua_isnone(L, 1) ? L : coroutine_argument(L);
    lua_pushboolean(L, !is_root(co) && lua_isyieldable(co));
    return 1;
}

void coroutines_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"isyieldable", coroutine_isyieldable},
        {"running", coroutine_running},
        {"status", coroutine_status},
        {"yield", coroutine_yield},
        {NULL, NULL},
    };
    luaL_newlib(L, FUNCTIONS);
    lua_setglobal(L, "coroutine");
    lua_newtable(L);   // maps coroutines to environments
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_OWNERS);
}

/// Adds the functions that make, resume and close coroutines to the library of the environment at `environment`.
void coroutines_bind(lua_State *L, int environment) {
    static const luaL_Reg FUNCTIONS[] = {
        {"close", coroutine_close},
        {"create", coroutine_create},
        {"resume", coroutine_resume},
        {"wrap", coroutine_wrap},
        {NULL, NULL},
    };
    lua_getfield(L, environment, LUA_COLIBNAME);
    lua_pushvalue(L, environment);
    luaL_setfuncs(L, FUNCTIONS, 1);
    lua_pop(L, 1);
}

BRIDGE_END
