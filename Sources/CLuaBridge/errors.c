// Error values: from Swift to Lua as tables with a shared metatable, from Lua to Swift as records.

#include <stdio.h>
#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

static const char NO_MEMORY[] = "not enough memory";   // Lua's own text, which Lua makes when it opens a state

/// `tostring` of an error from the host: returns its message.
static int error_text(lua_State *L) {
    if (lua_type(L, 1) == LUA_TTABLE) {
        lua_pushliteral(L, "message");
        if (lua_rawget(L, 1) == LUA_TSTRING) return 1;
    }
    lua_pushliteral(L, "error without a message");
    return 1;
}

/// Makes `"failed: " .. e` work, since people write that.
static int error_concat(lua_State *L) {
    luaL_checkany(L, 1);
    luaL_checkany(L, 2);
    library_push_text(L, 1);
    library_push_text(L, 2);
    lua_concat(L, 2);
    return 1;
}

void errors_open(lua_State *L) {
    lua_createtable(L, 0, 4);
    lua_pushcfunction(L, error_text);
    lua_setfield(L, -2, "__tostring");
    lua_pushcfunction(L, error_concat);
    lua_setfield(L, -2, "__concat");
    lua_pushliteral(L, "error");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_ERROR_METATABLE);
    // Maps an error table to the id of its Swift error. Weak, so that Swift can ask which ids are still in use.
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_ERRORS);
}

/// Raises the error of a host function: a table as it is, a string with the position of the call in front.
int errors_raise_reply(lua_State *L, const luabridge_reply *reply) {
    if (decode_values(L, reply->bytes, reply->count) != 1) return luaL_error(L, "malformed error from the host");
    if (lua_type(L, -1) == LUA_TTABLE) {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_ERROR_METATABLE);
        lua_setmetatable(L, -2);
        if (reply->error) {
            lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_ERRORS);
            lua_pushvalue(L, -2);
            lua_pushinteger(L, (lua_Integer)reply->error);
            lua_rawset(L, -3);
            lua_pop(L, 1);
        }
    } else {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static lua_Integer error_id(lua_State *L, int index) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_ERRORS);
    lua_pushvalue(L, index);
    lua_rawget(L, -2);
    lua_Integer id = lua_tointeger(L, -1);
    lua_pop(L, 2);
    return id;
}

static int collect_ids(lua_State *L) {
    luabridge *b = bridge_of(L);
    if (*(int *)lua_touserdata(L, 1)) lua_gc(L, LUA_GCCOLLECT);
    buffer_reset(&b->out);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_ERRORS);
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        uint64_t id = (uint64_t)lua_tointeger(L, -1);
        if (!buffer_append(&b->out, &id, sizeof id)) luaL_error(L, NO_MEMORY);
    }
    return 0;
}

luabridge_outcome luabridge_live_errors(luabridge *b, int collect_garbage) {
    if (run_protected(b, collect_ids, &collect_garbage) != LUA_OK) {
        return (luabridge_outcome){.status = LUABRIDGE_FAILED};
    }
    return (luabridge_outcome){.bytes = b->out.bytes, .count = b->out.count / sizeof(uint64_t)};
}

// The buffers below are plain memory. If memory is short, a frame is left out or the record stays empty. Swift treats
// an empty record as a memory error.

static void append_text(buffer *buffer, const char *text, size_t count) {
    uint8_t tag = LUABRIDGE_STRING;
    uint32_t length = (uint32_t)count;
    buffer_append(buffer, &tag, 1);
    buffer_append(buffer, &length, sizeof length);
    buffer_append(buffer, text, count);
}

static void append_integer(buffer *buffer, int64_t value) {
    uint8_t tag = LUABRIDGE_INTEGER;
    buffer_append(buffer, &tag, 1);
    buffer_append(buffer, &value, sizeof value);
}

static void append_table_header(buffer *buffer, uint32_t positions) {
    uint8_t tag = LUABRIDGE_TABLE;
    uint32_t counts[3] = {positions, 0, 0};
    buffer_append(buffer, &tag, 1);
    buffer_append(buffer, counts, sizeof counts);
}

/// Returns the name of a host function, its second upvalue; NULL for other functions.
static const char *host_function_name(lua_State *L, lua_Debug *frame) {
    if (!lua_checkstack(L, 3)) return NULL;
    lua_getinfo(L, "f", frame);
    const char *name = NULL;
    if (lua_tocfunction(L, -1) == functions_call && lua_getupvalue(L, -1, 2)) {
        name = lua_tostring(L, -1);   // held by the function, so it outlives the stack slot
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return name;
}

/// Returns how many bytes to keep of a text, which scripts can make of any length: at most `most`, cut between
/// characters.
static size_t kept(const char *text, size_t count, size_t most) {
    if (count <= most) return count;
    while (most > 0 && ((unsigned char)text[most] & 0xC0) == 0x80) most -= 1;
    return most;
}

/// Appends a name of a frame whole or not at all: a part of a name could show a part of a secret, and only whole
/// secrets are found and redacted.
static void append_name(buffer *buffer, const char *name) {
    size_t count = strlen(name);
    char instead[64];
    if (count > MAXIMUM_FRAME_NAME) {
        count = (size_t)snprintf(instead, sizeof instead, "(a name of %zu bytes)", count);
        name = instead;
    }
    append_text(buffer, name, count);
}

static void append_frame(luabridge *b, lua_State *L, lua_Debug *frame) {
    buffer *trace = &b->trace;
    const char *name = host_function_name(L, frame);
    char made[MAXIMUM_FRAME_NAME + LUA_IDSIZE];
    bool is_lua = *frame->what != 'C';
    if (!name && *frame->what == 'm') name = "main chunk";
    if (!name && *frame->namewhat) name = frame->name;
    if (!name && is_lua) {
        const char *chunk = chunk_names_full(b, frame->short_src);
        snprintf(made, sizeof made, "function <%s:%d>", chunk, frame->linedefined);
        name = made;
    }
    if (!name) name = "?";
    bool is_named = *frame->source == '@' || *frame->source == '=';
    const char *source = chunk_names_full(b, is_named ? frame->source + 1 : frame->short_src);
    append_table_header(trace, 3);
    append_name(trace, source);
    append_integer(trace, is_lua ? frame->currentline : -1);
    append_name(trace, name);
    b->trace_frames += 1;
}

/// Appends the frames of a thread that an error stopped to those of the threads that the error left before.
void errors_capture(luabridge *b, lua_State *L) {
    lua_Debug frame;
    for (int level = 0; b->trace_frames < MAXIMUM_FRAMES && lua_getstack(L, level, &frame); level++) {
        lua_getinfo(L, "Sln", &frame);
        append_frame(b, L, &frame);
    }
}

/// Drops the captured frames when a script catches an error: they must not appear in a later error.
void errors_forget(luabridge *b) {
    buffer_reset(&b->trace);
    b->trace_frames = 0;
}

/// Pushes the text of the value at 1 for a message. Runs a script's `__tostring`, so it can raise.
static int push_message(lua_State *L) {
    if (lua_type(L, 1) == LUA_TSTRING) {
        chunk_names_restore(L, 1);
        return 1;
    }
    bool has_text = lua_type(L, 1) == LUA_TNUMBER || luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL;
    if (has_text) {
        library_push_text(L, 1);
    } else {
        lua_pushfstring(L, "(the error value is a %s)", luaL_typename(L, 1));
    }
    return 1;
}

static int append_value(lua_State *L) {
    encode_single(L, 1, "error");
    return 0;
}

static int kind_of(lua_State *L, int status, int kind) {
    switch (limits_stop(L)) {
    case LUABRIDGE_LIVE: break;
    case LUABRIDGE_SPENT_SLICE:
    case LUABRIDGE_SPENT_TOTAL: return LUABRIDGE_ERROR_CPU;
    case LUABRIDGE_SPENT_MEMORY: return LUABRIDGE_ERROR_MEMORY;
    default: return LUABRIDGE_ERROR_CANCELLED;
    }
    return status == LUA_ERRMEM ? LUABRIDGE_ERROR_MEMORY : kind;
}

/// Whether a message is that of a failed allocation, also with the position in front that `error` adds.
static bool is_no_memory(const char *message, size_t count) {
    size_t own = sizeof NO_MEMORY - 1;
    if (count < own || strcmp(message + count - own, NO_MEMORY) != 0) return false;
    return count == own || (count > own + 1 && message[count - own - 1] == ' ' && message[count - own - 2] == ':');
}

/// Whether a message says that a value is too large to pass, which counts as a memory limit.
static bool is_too_large(const char *message, size_t count) {
    static const char end[] = " bytes that can be passed";
    size_t own = sizeof end - 1;
    return count >= own && strcmp(message + count - own, end) == 0;
}

/// Writes the error record of the value at 1, with the kind at 2, into the out buffer.
static int describe(lua_State *L) {
    luabridge *b = bridge_of(L);
    resume_link link = {.below = b->link, .resumer = L, .place = "the __tostring of an error"};
    b->link = &link;
    lua_pushcfunction(L, push_message);
    lua_pushvalue(L, 1);
    int status = lua_pcall(L, 1, 1, 0);
    b->link = link.below;   // before anything can raise: the link is in this frame
    int reason = limits_stop(L);
    if (reason) {   // the message of the stop replaces any other
        lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_STOPS);
        lua_rawgeti(L, -1, reason);
    } else if (status != LUA_OK || lua_type(L, -1) != LUA_TSTRING) {
        lua_pushfstring(L, "(the error value is a %s whose __tostring fails)", luaL_typename(L, 1));
    }
    size_t count;
    const char *message = lua_tolstring(L, -1, &count);
    int64_t kind = kind_of(L, LUA_OK, (int)lua_tointeger(L, 2));
    if ((kind == LUABRIDGE_ERROR_RUNTIME || kind == LUABRIDGE_ERROR_VALUES) && lua_type(L, 1) == LUA_TSTRING
        && (is_no_memory(message, count) || is_too_large(message, count))) {
        kind = LUABRIDGE_ERROR_MEMORY;   // coroutine.wrap and assert raise it again as an ordinary error
    }
    lua_Integer id = lua_type(L, 1) == LUA_TTABLE ? error_id(L, 1) : 0;
    handles_roll_back(b);
    buffer_reset(&b->scratch);
    buffer_reset(&b->out);
    encode_u32(b, L, 5);
    append_integer(&b->out, kind);
    size_t shown = kept(message, count, MAXIMUM_MESSAGE);
    append_text(&b->out, message, shown);
    size_t before = b->out.count;
    lua_pushcfunction(L, append_value);
    if (shown < count && lua_type(L, 1) == LUA_TSTRING) {
        lua_pushlstring(L, message, shown);
    } else {
        lua_pushvalue(L, 1);
    }
    if (lua_pcall(L, 1, 0, 0) == LUA_OK) {
        handles_commit(b);
    } else {
        handles_roll_back(b);
        uint8_t tag = LUABRIDGE_NIL;
        b->out.count = before;
        buffer_append(&b->out, &tag, 1);
    }
    append_integer(&b->out, id);
    append_table_header(&b->out, b->trace_frames);
    buffer_append(&b->out, b->trace.bytes, b->trace.count);
    return 0;
}

/// Returns the outcome of an error whose value is on top of the stack of `L`, the main thread or a coroutine.
luabridge_outcome errors_outcome(luabridge *b, lua_State *L, int status, int kind) {
    lua_State *main = b->main;
    if (L == main) {
        lua_insert(main, 1);
        lua_settop(main, 1);
    } else {
        errors_capture(b, L);
        lua_settop(main, 0);
        lua_xmove(L, main, 1);
        coroutines_close(main, L);   // runs pending <close> variables, after the frames were captured
    }
    lua_pushinteger(main, kind_of(main, status, kind));
    lua_pushcfunction(main, describe);
    lua_insert(main, 1);
    limits_set_hook(main);
    bool is_described = lua_pcall(main, 2, 0, 0) == LUA_OK;
    lua_settop(main, 0);
    errors_forget(b);
    luabridge_outcome outcome = {.status = LUABRIDGE_FAILED};
    if (is_described) {
        outcome.bytes = b->out.bytes;
        outcome.count = b->out.count;
    }
    return outcome;
}

BRIDGE_END
