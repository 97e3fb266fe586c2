// Calls of Swift functions from Lua.

#include "bridge.h"

BRIDGE_BEGIN

/// Functions that block a wait inside of them: they call back into Lua from C without a continuation. `place` is their
/// name in the error.
static const struct {
    const char *library;
    const char *function;
    const char *place;
} PLACES[] = {
    {"table", "sort", "table.sort's comparator"},
    {"table", "concat", "a metamethod called by table.concat"},
    {"table", "insert", "a metamethod called by table.insert"},
    {"table", "move", "a metamethod called by table.move"},
    {"table", "remove", "a metamethod called by table.remove"},
    {"table", "unpack", "a metamethod called by table.unpack"},
    {"string", "gsub", "string.gsub's replacement function"},
    {"string", "format", "a __tostring called by string.format"},
    {"_G", "tostring", "a __tostring called by tostring"},
    {"_G", "print", "a __tostring called by print"},
    {"_G", "ipairs", "a metamethod called by ipairs"},
};

void functions_open(lua_State *L) {
    lua_createtable(L, 0, sizeof PLACES / sizeof *PLACES);
    lua_pushglobaltable(L);
    for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
        lua_getfield(L, -1, PLACES[i].library);
        lua_getfield(L, -1, PLACES[i].function);
        lua_pushstring(L, PLACES[i].place);
        lua_rawset(L, -5);
        lua_pop(L, 1);
    }
    lua_getfield(L, -1, "ipairs");   // the iterator that ipairs returns is the function that runs
    lua_newtable(L);
    lua_call(L, 1, 1);
    lua_pushliteral(L, "a metamethod called by ipairs");
    lua_rawset(L, -4);
    lua_pop(L, 1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_PLACES);
}

/// Returns the place of the innermost function on the stack of `thread` that blocks a wait; NULL if none is known.
static const char *place_on_stack(lua_State *L, lua_State *thread) {
    lua_Debug frame;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_PLACES);
    for (int level = 0; lua_getstack(thread, level, &frame); level++) {
        limits_spend(L, (size_t)level);   // lua_getstack walks over the levels each time
        luaL_checkstack(thread, 1, NULL);
        lua_getinfo(thread, "f", &frame);
        if (thread != L) lua_xmove(thread, L, 1);
        if (library_is_message_handler(L, -1)) return "xpcall's message handler";
        if (lua_tocfunction(L, -1) == library_load) return "the reader function of load";
        if (lua_rawget(L, -2) == LUA_TSTRING) return lua_tostring(L, -1);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return NULL;
}

/// Returns the place that keeps a wait here from reaching the host.
static const char *place_in_the_way(lua_State *L) {
    const char *place = lua_isyieldable(L) ? NULL : place_on_stack(L, L);
    for (resume_link *link = bridge_of(L)->link; link && !place; link = link->below) {
        place = link->place;
        if (!place && !lua_isyieldable(link->resumer)) place = place_on_stack(L, link->resumer);
    }
    return place ? place : "a function that C code calls";
}

/// Finds the innermost line of Lua code, through all coroutines that resume one another.
static void find_site(lua_State *L, lua_Debug *frame, luabridge_call *call) {
    resume_link *link = bridge_of(L)->link;
    call->source = "?";
    call->line = 0;
    for (int level = 1;;) {
        if (!lua_getstack(L, level++, frame)) {
            if (!link) return;
            L = link->resumer;
            link = link->below;
            level = 0;
            continue;
        }
        lua_getinfo(L, "Sl", frame);
        if (frame->currentline < 0) continue;
        bool is_named = *frame->source == '@' || *frame->source == '=';
        call->source = chunk_names_full(bridge_of(L), is_named ? frame->source + 1 : frame->short_src);
        call->line = frame->currentline;
        return;
    }
}

static int answer(lua_State *L, int verdict, const luabridge_reply *reply) {
    if (verdict == LUABRIDGE_RETURN) return decode_values(L, reply->bytes, reply->count);
    return errors_raise_reply(L, reply);
}

/// Continues a call after the host delivered the result of the operation `context`.
static int continue_call(lua_State *L, int status, lua_KContext context) {
    (void)status;
    luabridge *b = bridge_of(L);
    int reason = limits_stop(L);
    if (reason) return limits_raise_stop(L, reason);
    if (b->delivery.operation != (uint64_t)context) return luaL_error(L, "a result was delivered to another call");
    b->delivery.operation = 0;
    return answer(L, b->delivery.verdict, &b->delivery.reply);
}

enum { KIND_BITS = 2 };

/// The C function of every host function. Upvalue 1: its id and, in the low bits, its kind. Upvalue 2: its name.
int functions_call(lua_State *L) {
    luabridge *b = bridge_of(L);
    lua_Integer id = lua_tointeger(L, lua_upvalueindex(1));
    limits_check(L);
    if (b->running == NO_SLOT) return luaL_error(L, "host functions can be called only from a running script");
    if ((id & LUABRIDGE_WAITS) && !coroutines_are_waitable(L)) {
        return luaL_error(
            L, "%s() cannot wait inside %s; call it before, and use its result there",
            lua_tostring(L, lua_upvalueindex(2)), place_in_the_way(L));
    }
    // Checks the cost of the previous call: at most a single call exceeds the limit.
    limits_spend(L, HOST_CALL_STEPS);
    if ((id & LUABRIDGE_TAKES_TEXT) && lua_type(L, 1) == LUA_TTABLE) {
        library_push_shown(L, 1);
        lua_replace(L, 1);
    }
    encode_values(L, 1, lua_gettop(L), "argument");
    b->steps += b->out.count / HOST_STEP_BYTES;   // checked later: raising here would leak anchored functions
    lua_Debug frame;
    luabridge_call call = {
        .coroutine = handles_running(b),
        .function = (uint32_t)(id >> KIND_BITS),
        .waits = (id & LUABRIDGE_WAITS) != 0,
        .arguments = b->out.bytes,
        .argument_bytes = b->out.count,
    };
    find_site(L, &frame, &call);
    luabridge_reply reply = {0};
    int verdict = b->callbacks.call(b->callbacks.context, &call, &reply);
    lua_settop(L, 0);
    if (verdict == LUABRIDGE_SUSPEND) {
        return coroutines_park(L, reply.operation, (lua_KContext)reply.operation, continue_call);
    }
    return answer(L, verdict, &reply);
}

typedef struct {
    const uint8_t *bytes;
    size_t count;
    uint32_t first_function;
    const uint8_t *kinds;
    size_t kind_count;
    luabridge_handle environment;
} install_request;

/// Pushes the host function with an id.
static void push_function(lua_State *L, uint32_t id, uint8_t kind, const char *name) {
    lua_pushinteger(L, ((lua_Integer)id << KIND_BITS) | (kind & (LUABRIDGE_WAITS | LUABRIDGE_TAKES_TEXT)));
    lua_pushstring(L, name);
    lua_pushcclosure(L, functions_call, 2);
}

static int install(lua_State *L) {
    install_request *request = lua_touserdata(L, 1);
    decode_values(L, request->bytes, request->count);   // 2: name, 3: function names, 4: constants, then all contents
    lua_settop(L, 4);
    luaL_checktype(L, 2, LUA_TSTRING);
    luaL_checktype(L, 3, LUA_TTABLE);
    luaL_checktype(L, 4, LUA_TTABLE);
    for (lua_Integer i = 0;; i++) {
        if (lua_rawgeti(L, 3, i + 1) != LUA_TSTRING) break;
        if ((size_t)i >= request->kind_count) return luaL_error(L, "more functions than kinds");
        const char *name = lua_pushfstring(L, "%s.%s", lua_tostring(L, 2), lua_tostring(L, -1));
        push_function(L, request->first_function + (uint32_t)i, request->kinds[i], name);
        lua_remove(L, -2);
        lua_rawset(L, 4);
    }
    if (!environments_push(L, request->environment)) return luaL_error(L, "the environment is gone");
    names_make_module(L, -1, 4, lua_tostring(L, 2));
    return 0;
}

luabridge_outcome luabridge_install(
    luabridge *b, luabridge_handle environment, const uint8_t *bytes, size_t count, uint32_t first_function,
    const uint8_t *kinds, size_t kind_count) {
    install_request request = {bytes, count, first_function, kinds, kind_count, environment};
    int status = run_protected(b, install, &request);
    if (status != LUA_OK) return errors_outcome(b, b->main, status, LUABRIDGE_ERROR_RUNTIME);
    return (luabridge_outcome){.status = LUABRIDGE_FINISHED};
}

typedef struct {
    uint32_t function;
    uint8_t kind;
    const char *name;
    luabridge_handle handle;
} function_request;

static int make_function(lua_State *L) {
    function_request *request = lua_touserdata(L, 1);
    push_function(L, request->function, request->kind, request->name);
    request->handle = handles_anchor(L, -1);
    handles_commit(bridge_of(L));
    return 0;
}

luabridge_outcome luabridge_make_function(luabridge *b, uint32_t function, uint8_t kind, const char *name) {
    function_request request = {function, kind, name, {NO_SLOT, 0}};
    int status = run_protected(b, make_function, &request);
    if (status != LUA_OK) return errors_outcome(b, b->main, status, LUABRIDGE_ERROR_RUNTIME);
    return (luabridge_outcome){.status = LUABRIDGE_FINISHED, .handle = request.handle};
}

BRIDGE_END
