// Functions of the standard library that the bridge replaces for scripts, and functions that it removes.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

// Text of values

/// Returns the serial number of the value at `index`, which stays the same for the life of the state. It replaces the
/// address, which differs in every process: a recipe that runs again must see the same text as before.
static lua_Integer serial_of(lua_State *L, int index) {
    luabridge *b = bridge_of(L);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_SERIALS);
    lua_pushvalue(L, index);
    if (lua_rawget(L, -2) == LUA_TNIL) {
        lua_pushvalue(L, index);
        lua_pushinteger(L, ++b->serial);
        lua_rawset(L, -4);
        lua_pop(L, 2);
        return b->serial;
    }
    lua_Integer serial = lua_tointeger(L, -1);
    lua_pop(L, 2);
    return serial;
}

/// Pushes the result of `tostring`.
void library_push_text(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 6, NULL);
    if (luaL_callmeta(L, index, "__tostring")) {
        if (!lua_isstring(L, -1)) luaL_error(L, "'__tostring' must return a string");
        return;
    }
    int type = lua_type(L, index);
    if (type <= LUA_TSTRING && type != LUA_TLIGHTUSERDATA) {
        luaL_tolstring(L, index, NULL);   // nil, booleans, numbers, strings
        return;
    }
    const char *name = luaL_typename(L, index);
    bool is_named = luaL_getmetafield(L, index, "__name") == LUA_TSTRING;
    if (is_named) name = lua_tostring(L, -1);
    lua_pushfstring(L, "%s: %I", name, (LUAI_UACINT)serial_of(L, index));
    if (is_named) lua_remove(L, -2);
}

static int base_tostring(lua_State *L) {
    luaL_checkany(L, 1);
    library_push_text(L, 1);
    return 1;
}

static int null_text(lua_State *L) {
    lua_pushliteral(L, "null");
    return 1;
}

/// Pushes what `print` shows of a value: the contents of a table, unless its metatable has a text or a name.
void library_push_shown(lua_State *L, int index) {
    static const char *const FIELDS[] = {"__tostring", "__name"};
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++) {
        if (luaL_getmetafield(L, index, FIELDS[i]) == LUA_TNIL) continue;
        lua_pop(L, 1);
        return library_push_text(L, index);
    }
    if (luaL_getmetafield(L, index, "__hostmodule") == LUA_TSTRING) {
        lua_pushfstring(L, "module %s", lua_tostring(L, -1));
        return lua_remove(L, -2);
    }
    if (lua_type(L, index) == LUA_TTABLE) return dump_push_text(L, index);
    library_push_text(L, index);
}

static int base_print(lua_State *L) {
    luabridge *b = bridge_of(L);
    int count = lua_gettop(L);
    luaL_Buffer line;
    luaL_buffinit(L, &line);
    for (int i = 1; i <= count; i++) {
        limits_spend_operation(L);
        if (i > 1) luaL_addchar(&line, '\t');
        library_push_shown(L, i);
        luaL_addvalue(&line);
    }
    luaL_pushresult(&line);
    size_t length;
    const char *text = lua_tolstring(L, -1, &length);
    limits_check_room(L, length * HOST_TEXT_COPIES);
    limits_spend(L, HOST_CALL_STEPS + length / HOST_STEP_BYTES);
    b->callbacks.print(b->callbacks.context, (const uint8_t *)text, length);
    return 0;
}

// Protected calls: as Lua's own, but they pass on errors that scripts cannot catch

static int finish_call(lua_State *L, int status, lua_KContext below) {
    if (status == LUA_OK || status == LUA_YIELD) return lua_gettop(L) - (int)below;
    int reason = limits_stop(L);
    if (reason) return limits_raise_stop(L, reason);
    errors_forget(bridge_of(L));
    lua_pushboolean(L, 0);
    lua_pushvalue(L, -2);
    chunk_names_restore(L, -1);
    return 2;
}

static int base_pcall(lua_State *L) {
    luaL_checkany(L, 1);
    lua_pushboolean(L, 1);
    lua_insert(L, 1);
    return finish_call(L, lua_pcallk(L, lua_gettop(L) - 2, LUA_MULTRET, 0, 0, finish_call), 0);
}

/// Calls the script's message handler, upvalue 1. A C function, so that functions.c recognizes it on the stack.
static int message_handler(lua_State *L) {
    if (limits_stop(L)) return 1;
    lua_settop(L, 1);
    chunk_names_restore(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, 1, 1);
    return 1;
}

int library_is_message_handler(lua_State *L, int index) { return lua_tocfunction(L, index) == message_handler; }

static int base_xpcall(lua_State *L) {
    int count = lua_gettop(L);
    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcclosure(L, message_handler, 1);
    lua_replace(L, 2);
    lua_pushboolean(L, 1);
    lua_pushvalue(L, 1);
    lua_rotate(L, 3, 2);
    return finish_call(L, lua_pcallk(L, count - 2, LUA_MULTRET, 2, 2, finish_call), 2);
}

// Loading: text only, since crafted bytecode can crash Lua

/// The rest of the text to compile. If a function returns the text in pieces, the current piece is at 5.
typedef struct {
    const char *next;
    size_t count;
    bool has_function;
} load_text;

/// Calls the function at 1 for the next piece of text. Returns false at the end of the text.
static bool read_piece(lua_State *L, load_text *text) {
    luaL_checkstack(L, 2, "too many nested functions");
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    if (lua_isnil(L, -1)) {
        lua_pop(L, 1);
        return false;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "reader function must return a string");
    lua_replace(L, 5);   // keeps the piece alive
    text->next = lua_tolstring(L, 5, &text->count);
    return text->count > 0;
}

/// Passes the text to the compiler in blocks, and counts work for each: compiling takes about 50 ns a byte.
static const char *read_text(lua_State *L, void *data, size_t *count) {
    enum { BLOCK = 1024 };
    load_text *text = data;
    limits_spend(L, HOOK_INSTRUCTIONS);
    *count = 0;
    if (text->count == 0 && !(text->has_function && read_piece(L, text))) return NULL;
    *count = text->count < BLOCK ? text->count : BLOCK;
    text->next += *count;
    text->count -= *count;
    return text->next - *count;
}

/// Replaces long quotations in the message of a syntax error at the top of the stack, whose first `prefix` bytes name
/// the chunk. A quotation is a part of the text that a script loads. It could show a part of a secret, and only whole
/// secrets are found and redacted.
static void leave_out_quotations(lua_State *L, size_t prefix) {
    enum { LONGEST = 8 };   // as "function"
    size_t count;
    const char *text = lua_tolstring(L, -1, &count), *end = text + count;
    if (!text || count < prefix) return;
    const char *near = strstr(text + prefix, " near '");
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    luaL_addlstring(&result, text, prefix);
    for (text += prefix; text < end;) {
        const char *start = memchr(text, '\'', (size_t)(end - text));
        if (!start) break;
        // The token after "near" can hold quotation marks and reaches to the end of the message.
        bool is_token = near && start >= near;
        const char *close = is_token ? end - 1 : memchr(start + 1, '\'', (size_t)(end - start - 1));
        if (!close) break;
        luaL_addlstring(&result, text, (size_t)(start + 1 - text));
        if (close - start - 1 > LONGEST) {
            luaL_addstring(&result, "...");
        } else if (close > start) {
            luaL_addlstring(&result, start + 1, (size_t)(close - start - 1));
        }
        luaL_addchar(&result, '\'');
        text = close + 1;
    }
    if (text < end) luaL_addlstring(&result, text, (size_t)(end - text));
    luaL_pushresult(&result);
    lua_replace(L, -2);
}

/// `load`: without an environment argument, the text gets upvalue 1, the environment of the module that calls `load`.
int library_load(lua_State *L) {
    bool has_environment = !lua_isnone(L, 4);
    load_text text = {.has_function = !lua_isstring(L, 1)};
    text.next = lua_tolstring(L, 1, &text.count);
    const char *mode = luaL_optstring(L, 3, "t");
    luaL_argcheck(L, strchr(mode, 't'), 3, "only text can be loaded, not bytecode");
    size_t count;
    char shown[LUA_IDSIZE + 1];
    const char *name = luaL_optlstring(L, 2, text.has_function ? "=(load)" : text.next, &count);
    if (lua_isnoneornil(L, 2) && !text.has_function) count = text.count;
    name = chunk_names_of_script(name, count, shown);
    if (text.has_function) luaL_checktype(L, 1, LUA_TFUNCTION);
    lua_settop(L, 5);
    int status = lua_load(L, read_text, &text, name, "t");
    if (status != LUA_OK) {
        int reason = limits_stop(L);
        if (reason) return limits_raise_stop(L, reason);
        if (status == LUA_ERRSYNTAX && lua_type(L, -1) == LUA_TSTRING) leave_out_quotations(L, strlen(name + 1));
        lua_pushnil(L);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushvalue(L, has_environment ? 4 : lua_upvalueindex(1));
    if (!lua_setupvalue(L, -2, 1)) lua_pop(L, 1);
    return 1;
}

// Tables

/// `setmetatable` without `__gc`: finalizers run whenever Lua collects garbage, and with hooks off, so that nothing
/// bounds their time.
static int base_setmetatable(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    int type = lua_type(L, 2);
    luaL_argexpected(L, type == LUA_TNIL || type == LUA_TTABLE, 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL) {
        return luaL_error(L, "cannot change a protected metatable");
    }
    if (type == LUA_TTABLE) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL) {
            return luaL_error(L, "setmetatable: '__gc' is not available; use a <close> variable");
        }
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

static int base_rawset(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checkany(L, 2);
    luaL_checkany(L, 3);
    if (luaL_getmetafield(L, 1, "__hostmodule") == LUA_TSTRING) {
        return luaL_error(L, "%s is read-only", lua_tostring(L, -1));
    }
    lua_settop(L, 3);
    lua_rawset(L, 1);
    return 1;
}

static int base_collectgarbage(lua_State *L) {
    const char *option = luaL_optstring(L, 1, "collect");
    if (strcmp(option, "count") != 0) {
        return luaL_error(L, "collectgarbage: only 'count' is available, the host collects on its own");
    }
    lua_pushnumber(L, (lua_Number)bridge_of(L)->bytes / 1024);
    return 1;
}

// Others

/// `math.randomseed`: without arguments it sets the seed of the host again; Lua's own would use the time and addresses.
/// Upvalue 1 is Lua's own function.
static int math_randomseed(lua_State *L) {
    if (lua_isnone(L, 1)) {
        lua_settop(L, 0);
        lua_pushinteger(L, (lua_Integer)bridge_of(L)->limits.seed);
    }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 0);
    return 0;
}

static int debug_traceback(lua_State *L) {
    lua_State *thread = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;
    int first = thread != L || lua_isthread(L, 1);
    const char *message = lua_tostring(L, first + 1);
    if (!message && !lua_isnoneornil(L, first + 1)) {
        lua_pushvalue(L, first + 1);   // as in Lua: returns any other value unchanged
        return 1;
    }
    lua_Integer given = luaL_optinteger(L, first + 2, thread == L ? 1 : 0);
    // Lua computes with the level, and overflows with those at the ends of int.
    int level = given < -1 ? -1 : given > INT_MAX / 2 ? INT_MAX / 2 : (int)given;
    lua_Debug frame;
    if (thread == L && lua_getstack(L, level, &frame)) {
        lua_getinfo(L, "f", &frame);
        if (library_is_message_handler(L, -1)) level += 1;
        lua_pop(L, 1);
    }
    luaL_traceback(L, thread, message, level);
    chunk_names_restore(L, -1);
    return 1;
}

/// Replaces `library.name` by a closure that has the previous function as upvalue 1.
static void wrap(lua_State *L, const char *library, const char *name, lua_CFunction function) {
    lua_getglobal(L, library);
    lua_getfield(L, -1, name);
    lua_pushcclosure(L, function, 1);
    lua_setfield(L, -2, name);
    lua_pop(L, 1);
}

static void make_null(lua_State *L) {
    lua_pushlightuserdata(L, (void *)&NULL_VALUE);
    lua_createtable(L, 0, 3);
    lua_pushcfunction(L, null_text);
    lua_setfield(L, -2, "__tostring");
    lua_pushliteral(L, "null");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_pop(L, 1);
}

void library_open(lua_State *L) {
    static const luaL_Reg LIBRARIES[] = {
        {LUA_GNAME, luaopen_base}, {LUA_TABLIBNAME, luaopen_table}, {LUA_STRLIBNAME, luaopen_string},
        {LUA_MATHLIBNAME, luaopen_math}, {LUA_UTF8LIBNAME, luaopen_utf8},
    };
    static const luaL_Reg BASE[] = {
        {"collectgarbage", base_collectgarbage}, {"next", iteration_next},
        {"pairs", iteration_pairs}, {"pcall", base_pcall}, {"print", base_print}, {"rawset", base_rawset},
        {"setmetatable", base_setmetatable}, {"tostring", base_tostring}, {"xpcall", base_xpcall}, {NULL, NULL},
    };
    static const char *const REMOVED[] = {"dofile", "load", "loadfile", "warn"};
    for (size_t i = 0; i < sizeof LIBRARIES / sizeof *LIBRARIES; i++) {
        luaL_requiref(L, LIBRARIES[i].name, LIBRARIES[i].func, 1);
        lua_pop(L, 1);
    }
    lua_pushglobaltable(L);
    luaL_setfuncs(L, BASE, 0);
    for (size_t i = 0; i < sizeof REMOVED / sizeof *REMOVED; i++) {
        lua_pushnil(L);
        lua_setfield(L, -2, REMOVED[i]);
    }
    lua_pop(L, 1);
    bounded_open(L);
    lua_getglobal(L, LUA_STRLIBNAME);
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);
    wrap(L, LUA_MATHLIBNAME, "randomseed", math_randomseed);
    lua_getglobal(L, LUA_MATHLIBNAME);
    lua_getfield(L, -1, "randomseed");
    lua_call(L, 0, 0);
    lua_createtable(L, 0, 1);
    lua_pushcfunction(L, debug_traceback);
    lua_setfield(L, -2, "traceback");
    lua_setglobal(L, "debug");
    lua_settop(L, 0);
    lua_newtable(L);   // serial numbers; weak keys
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_SERIALS);
    make_null(L);
}

BRIDGE_END
