// Facts of JSON that Lua cannot express: whether an empty table is a list or an object, and integers beyond 64 bits.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

// Empty tables

/// Marks the table at `index` as a list (LUABRIDGE_LIST) or an object (LUABRIDGE_OBJECT), even if it is empty.
///
/// The mark is in a weak table and not in a metatable, which scripts could see, change, and want to set themselves.
void forms_set(lua_State *L, int index, uint8_t tag) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 3, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_FORMS);
    lua_pushvalue(L, index);
    lua_pushinteger(L, tag);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/// Returns the mark of the table at `index`; LUABRIDGE_TABLE if it has none.
uint8_t forms_get(lua_State *L, int index) {
    index = lua_absindex(L, index);
    luaL_checkstack(L, 2, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_FORMS);
    lua_pushvalue(L, index);
    lua_rawget(L, -2);
    lua_Integer tag = lua_tointeger(L, -1);
    lua_pop(L, 2);
    return tag ? (uint8_t)tag : LUABRIDGE_TABLE;
}

// Large integers: a userdata that holds the digits

/// Slots for the call of a `__concat`: C functions need 20.
enum { CONCAT_STACK = 64 };

/// Returns the digits of the large integer at `index`; NULL for any other value.
const char *forms_large_integer(lua_State *L, int index, size_t *count) {
    if (lua_type(L, index) != LUA_TUSERDATA || !lua_getmetatable(L, index)) return NULL;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_LARGE_INTEGER);
    bool is_large = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
    if (!is_large) return NULL;
    *count = lua_rawlen(L, index);
    return lua_touserdata(L, index);
}

void forms_push_large_integer(lua_State *L, const char *digits, size_t count) {
    luaL_checkstack(L, CONCAT_STACK, NULL);   // see large_integer_concat
    memcpy(lua_newuserdatauv(L, count, 0), digits, count);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_LARGE_INTEGER);
    lua_setmetatable(L, -2);
}

static const char *check_large_integer(lua_State *L, int index, size_t *count) {
    const char *digits = forms_large_integer(L, index, count);
    luaL_argexpected(L, digits, index, "large integer");
    return digits;
}

static int large_integer_text(lua_State *L) {
    size_t count;
    const char *digits = check_large_integer(L, 1, &count);
    lua_pushlstring(L, digits, count);
    return 1;
}

static int large_integer_equals(lua_State *L) {
    size_t left_count, right_count;
    const char *left = check_large_integer(L, 1, &left_count), *right = check_large_integer(L, 2, &right_count);
    lua_pushboolean(L, left_count == right_count && memcmp(left, right, left_count) == 0);
    return 1;
}

/// `"id-" .. n`: joins the digits to a string, as with other numbers.
///
/// Lua 5.4.0 to 5.4.4 use a stale pointer after a `__concat` that moved the stack (fixed in 5.4.5). So the stack gets room
/// for the call when the large integer arrives, and the garbage collector, which may shrink the stack, rests meanwhile.
static int large_integer_concat(lua_State *L) {
    luaL_checkany(L, 1);
    luaL_checkany(L, 2);
    lua_gc(L, LUA_GCSTOP);
    for (int i = 1; i <= 2; i++) {
        size_t count;
        const char *digits = forms_large_integer(L, i, &count);
        if (!digits) continue;
        lua_pushlstring(L, digits, count);
        lua_replace(L, i);
    }
    lua_settop(L, 2);
    if (!lua_isstring(L, 1) || !lua_isstring(L, 2)) {
        lua_gc(L, LUA_GCRESTART);
        int other = lua_isstring(L, 1) ? 2 : 1;
        return luaL_error(L, "attempt to concatenate a %s value", luaL_typename(L, other));
    }
    lua_concat(L, 2);
    lua_gc(L, LUA_GCRESTART);
    return 1;
}

void forms_open(lua_State *L) {
    static const luaL_Reg METHODS[] = {
        {"__tostring", large_integer_text}, {"__eq", large_integer_equals}, {"__concat", large_integer_concat},
        {NULL, NULL},
    };
    lua_newtable(L);
    lua_createtable(L, 0, 1);
    lua_pushliteral(L, "k");
    lua_setfield(L, -2, "__mode");
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_FORMS);
    luaL_newlib(L, METHODS);
    lua_pushliteral(L, "large integer");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_LARGE_INTEGER);
}

BRIDGE_END
