// Enters Lua from Swift. Nothing here raises: code that can raise runs under pcall or resume.

#include "bridge.h"

BRIDGE_BEGIN

/// Calls `function` with `data` as its argument on the main thread. After an error, the error value is on top of the
/// stack.
int run_protected(luabridge *b, lua_CFunction function, void *data) {
    lua_State *L = b->main;
    b->stack = __builtin_frame_address(0);
    lua_settop(L, 0);
    handles_roll_back(b);
    limits_set_hook(L);
    lua_pushcfunction(L, function);
    lua_pushlightuserdata(L, data);
    return lua_pcall(L, 1, LUA_MULTRET, 0);
}

typedef struct {
    const uint8_t *bytes;
    size_t count;
    const char *name;
    luabridge_handle environment;
    luabridge_handle handle;
} load_request;

typedef struct {
    const char *text;
    size_t count;
} text_piece;

static const char *read_text(lua_State *L, void *data, size_t *count) {
    (void)L;
    text_piece *piece = data;
    *count = piece->count;
    piece->count = 0;
    return piece->text;
}

static int load(lua_State *L) {
    load_request *request = lua_touserdata(L, 1);
    text_piece piece = {(const char *)request->bytes, request->count};
    if (piece.count && piece.text[0] == '#') {   // skips a shebang line up to its newline: line numbers stay right
        while (piece.count && *piece.text != '\n') {
            piece.text += 1;
            piece.count -= 1;
        }
    }
    char shown[LUA_IDSIZE + 1];
    const char *name = chunk_names_add(bridge_of(L), request->name, shown);
    if (!name) return luaL_error(L, "not enough memory");
    int status = lua_load(L, read_text, &piece, name, "t");
    if (status != LUA_OK) {
        lua_pushinteger(L, status);
        return 2;
    }
    if (!environments_push(L, request->environment)) return luaL_error(L, "the environment is gone");
    lua_setupvalue(L, -2, 1);
    handles_roll_back(bridge_of(L));
    request->handle = handles_anchor(L, -1);
    handles_commit(bridge_of(L));
    return 0;
}

luabridge_outcome luabridge_load(
    luabridge *b, luabridge_handle environment, const uint8_t *text, size_t count, const char *chunk_name) {
    load_request request = {text, count, chunk_name, environment, {0, 0}};
    lua_State *L = b->main;
    int status = run_protected(b, load, &request);
    if (status != LUA_OK) return errors_outcome(b, L, status, LUABRIDGE_ERROR_RUNTIME);
    if (lua_gettop(L) == 2) {
        status = (int)lua_tointeger(L, -1);
        lua_pop(L, 1);
        return errors_outcome(b, L, status, LUABRIDGE_ERROR_SYNTAX);
    }
    return (luabridge_outcome){.handle = request.handle};
}

typedef struct {
    luabridge_handle function;
    const uint8_t *bytes;
    size_t count;
    luabridge_handle coroutine;
} create_request;

static int create(lua_State *L) {
    create_request *request = lua_touserdata(L, 1);
    lua_State *co = lua_newthread(L);
    if (!handles_push(L, request->function)) return luaL_error(L, "the function is gone");
    int arguments = decode_values(L, request->bytes, request->count);
    if (!lua_checkstack(co, arguments + 2)) return luaL_error(L, "too many arguments");
    lua_xmove(L, co, arguments + 1);
    request->coroutine = handles_add_coroutine(L, 2);
    return 0;
}

luabridge_outcome luabridge_create(
    luabridge *b, luabridge_handle function, const uint8_t *arguments, size_t count) {
    create_request request = {function, arguments, count, {0, 0}};
    int status = run_protected(b, create, &request);
    if (status != LUA_OK) return errors_outcome(b, b->main, status, LUABRIDGE_ERROR_RUNTIME);
    return (luabridge_outcome){.handle = request.coroutine};
}

typedef struct {
    lua_State *co;
    int count;
} results;

static int encode_results(lua_State *L) {
    results *r = lua_touserdata(L, 1);
    if (!lua_checkstack(L, r->count + LUA_MINSTACK)) return luaL_error(L, "too many results");
    lua_xmove(r->co, L, r->count);
    encode_values(L, 2, lua_gettop(L), "result");
    return 0;
}

/// Runs a slice of a coroutine: until it waits, returns or fails.
static luabridge_outcome run_slice(luabridge *b, uint32_t slot, int arguments) {
    lua_State *co = b->coroutines[slot].thread;
    b->running = slot;
    b->parking = 0;
    b->link = NULL;
    b->closes = 0;
    b->stack = __builtin_frame_address(0);
    luabridge_handle handle = handles_running(b);
    limits_set_hook(co);
    limits_begin_slice(b);
    luabridge_outcome outcome = {.status = LUABRIDGE_FINISHED, .handle = handle};
    int count = 0;
    b->current = co;
    int status = lua_resume(co, NULL, arguments, &count);
    b->current = b->main;
    if (status == LUA_YIELD && b->parking) {
        outcome.status = LUABRIDGE_PARKED;
        outcome.operation = b->parking;
        b->parking = 0;
    } else if (status == LUA_OK) {
        results r = {co, count};
        status = run_protected(b, encode_results, &r);
        if (status == LUA_OK) {
            outcome.bytes = b->out.bytes;
            outcome.count = b->out.count;
        } else {
            outcome = errors_outcome(b, b->main, status, LUABRIDGE_ERROR_VALUES);
        }
    } else {
        outcome = errors_outcome(b, co, status, LUABRIDGE_ERROR_RUNTIME);
    }
    limits_end_slice(b);
    b->running = NO_SLOT;
    handles_roll_back(b);
    if (outcome.status != LUABRIDGE_PARKED) handles_remove_coroutine(b, slot);
    return outcome;
}

luabridge_outcome luabridge_start(luabridge *b, luabridge_handle coroutine) {
    coroutine_slot *slot = handles_coroutine(b, coroutine);
    if (!slot) return (luabridge_outcome){.status = LUABRIDGE_FAILED};
    return run_slice(b, coroutine.slot, lua_gettop(slot->thread) - 1);
}

luabridge_outcome luabridge_resume(
    luabridge *b, luabridge_handle coroutine, uint64_t operation, int verdict, luabridge_reply reply, int stop) {
    coroutine_slot *slot = handles_coroutine(b, coroutine);
    if (!slot || !coroutines_is_parked(slot->thread)) return (luabridge_outcome){.status = LUABRIDGE_FAILED};
    lua_pop(slot->thread, 2);   // the mark and the operation, from coroutines_park
    if (stop == LUABRIDGE_CANCELLED_COROUTINE) {
        slot->stop = stop;
    } else if (stop && !b->stop) {
        b->stop = stop;
    }
    b->delivery.operation = operation;
    b->delivery.verdict = verdict;
    b->delivery.reply = reply;
    luabridge_outcome outcome = run_slice(b, coroutine.slot, 0);
    b->delivery.operation = 0;
    return outcome;
}

BRIDGE_END
