// Unknown names: reading an undefined global or module member raises an error, which suggests the nearest name.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

static uint32_t least(uint32_t a, uint32_t b) { return a < b ? a : b; }

/// Returns the number of single-byte edits (insert, delete, replace, swap of neighbors) that turn one name into the
/// other, at most `limit` + 1. Names of more than 64 bytes count as `limit` + 1. Groundwork's `nearest(to:)` counts the
/// same in Swift.
static uint32_t edit_distance(
    const char *left, size_t left_count, const char *right, size_t right_count, uint32_t limit) {
    size_t difference = left_count > right_count ? left_count - right_count : right_count - left_count;
    if (difference > limit || left_count > MAXIMUM_NAME || right_count > MAXIMUM_NAME) return limit + 1;
    uint32_t rows[3][MAXIMUM_NAME + 1];
    for (uint32_t j = 0; j <= right_count; j++) rows[0][j] = j;
    for (uint32_t i = 1; i <= left_count; i++) {
        uint32_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *above2 = rows[(i + 1) % 3];
        row[0] = i;
        for (uint32_t j = 1; j <= right_count; j++) {
            bool is_same = left[i - 1] == right[j - 1];
            row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + !is_same);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1]) {
                row[j] = least(row[j], above2[j - 2] + 1);
            }
        }
    }
    return least(rows[left_count % 3][right_count], limit + 1);
}

/// A search for the name nearest to another. Ties go to the first by bytes, so that the result is always the same.
typedef struct {
    const char *wanted;
    size_t wanted_count;
    char found[MAXIMUM_NAME + 1];
    uint32_t distance;   // of `found`; before that the largest that is allowed
} nearest_name;

static nearest_name search_for(const char *wanted, size_t count) {
    nearest_name search = {.wanted = wanted, .wanted_count = count};
    search.distance = count <= 3 ? 1 : count <= 8 ? 2 : 3;
    return search;
}

static void consider(nearest_name *search, const char *name) {
    size_t count = strlen(name);
    if (count == 0 || count > MAXIMUM_NAME || *name == '(') return;   // "(temporary)" and the like
    uint32_t distance =
        edit_distance(search->wanted, search->wanted_count, name, count, search->distance);
    if (distance > search->distance) return;
    if (distance == search->distance && *search->found && strcmp(name, search->found) >= 0) return;
    search->distance = distance;
    memcpy(search->found, name, count + 1);
}

static void consider_keys(lua_State *L, nearest_name *search, int table) {
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        limits_spend(L, MAXIMUM_NAME);
        if (lua_type(L, -2) == LUA_TSTRING) consider(search, lua_tostring(L, -2));
    }
}

/// Considers the local variables and upvalues of the function that reads the global.
static void consider_locals(lua_State *L, nearest_name *search) {
    lua_Debug frame;
    if (!lua_getstack(L, 1, &frame)) return;
    const char *name;
    for (int i = 1; (name = lua_getlocal(L, &frame, i)); i++) {
        consider(search, name);
        lua_pop(L, 1);
    }
    lua_getinfo(L, "f", &frame);
    for (int i = 1; (name = lua_getupvalue(L, -1, i)); i++) {
        if (strcmp(name, "_ENV") != 0) consider(search, name);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

/// Whether a host module of the environment has the name at 2. If so, pushes `module.name`.
static bool push_from_module(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1)) {
        lua_pushvalue(L, 2);
        if (lua_rawget(L, -2) != LUA_TNIL) {
            lua_pushfstring(L, "%s.%s", lua_tostring(L, -3), lua_tostring(L, 2));
            return true;
        }
        lua_pop(L, 1);
    }
    return false;
}

/// `__index` of an environment. Upvalue 1: the contents of its host modules, by name of the module.
static int undefined_global(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    if (lua_type(L, 2) != LUA_TSTRING) return 0;
    size_t count;
    const char *name = lua_tolstring(L, 2, &count);
    if (push_from_module(L)) {
        return luaL_error(L, "undefined global '%s' (did you mean '%s'?)", name, lua_tostring(L, -1));
    }
    nearest_name search = search_for(name, count);
    lua_settop(L, 2);
    consider_locals(L, &search);
    consider_keys(L, &search, 1);
    if (!*search.found) return luaL_error(L, "undefined global '%s'", name);
    return luaL_error(L, "undefined global '%s' (did you mean '%s'?)", name, search.found);
}

static int unknown_member(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    const char *module = lua_tostring(L, lua_upvalueindex(1));
    if (lua_type(L, 2) != LUA_TSTRING) return luaL_error(L, "%s has no fields but its functions", module);
    size_t count;
    const char *name = lua_tolstring(L, 2, &count);
    nearest_name search = search_for(name, count);
    consider_keys(L, &search, 1);
    if (!*search.found) return luaL_error(L, "%s has no function '%s'", module, name);
    return luaL_error(L, "%s has no function '%s'; did you mean '%s'?", module, name, search.found);
}

static int read_only(lua_State *L) {
    return luaL_error(L, "%s is read-only", lua_tostring(L, lua_upvalueindex(1)));
}

/// `pairs(module)`: walks a copy, since `pairs` returns the table, and scripts could write to the contents.
static int module_pairs(lua_State *L) {
    lua_settop(L, 0);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, lua_upvalueindex(1));) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, 1);
    }
    return iteration_pairs(L);
}

/// Makes the table at `contents` a module of an environment. Scripts see an empty table that reads from the contents,
/// so they cannot replace a function.
void names_make_module(lua_State *L, int environment, int contents, const char *name) {
    contents = lua_absindex(L, contents);
    environment = lua_absindex(L, environment);
    lua_newtable(L);
    lua_createtable(L, 0, 5);
    lua_pushvalue(L, contents);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name);
    lua_pushcclosure(L, read_only, 1);
    lua_setfield(L, -2, "__newindex");
    lua_pushvalue(L, contents);
    lua_pushcclosure(L, module_pairs, 1);
    lua_setfield(L, -2, "__pairs");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__hostmodule");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_setfield(L, environment, name);
    lua_getmetatable(L, environment);
    lua_getfield(L, -1, "__index");
    lua_getupvalue(L, -1, 1);
    lua_pushvalue(L, contents);
    lua_setfield(L, -2, name);
    lua_pop(L, 3);
    lua_createtable(L, 0, 1);
    lua_pushstring(L, name);
    lua_pushcclosure(L, unknown_member, 1);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, contents);
}

/// Makes reading an undefined global of this environment an error.
void names_guard(lua_State *L, int environment) {
    environment = lua_absindex(L, environment);
    lua_createtable(L, 0, 2);
    lua_newtable(L);
    lua_pushcclosure(L, undefined_global, 1);
    lua_setfield(L, -2, "__index");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, environment);
}

BRIDGE_END
