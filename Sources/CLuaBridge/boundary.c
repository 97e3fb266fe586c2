// The boundary between modules: a function that crosses it gets copies of its arguments, and its caller gets copies of its
// results. So no module holds a table of another one. Functions among the values cross the boundary too when they are
// called. A coroutine cannot cross: only its module may resume or close it.

#include "bridge.h"

BRIDGE_BEGIN

enum {
    MAXIMUM_BOUNDARY_DEPTH = 64,   // nested tables, as in values for the host
};

static int call_across(lua_State *L);

static void push_copy(lua_State *L, int index, int copies, int depth);

/// Pushes a copy of the table at `index`, without its metatable. The table at `copies` maps tables and functions that
/// were copied before to their copies, so that a table which appears twice, or contains itself, stays one table.
static void push_table_copy(lua_State *L, int index, int copies, int depth) {
    if (depth >= MAXIMUM_BOUNDARY_DEPTH) luaL_error(L, "tables are nested too deeply to pass to another module");
    lua_newtable(L);
    int copy = lua_gettop(L);
    uint8_t form = forms_get(L, index);
    if (form != LUABRIDGE_TABLE) forms_set(L, copy, form);
    lua_pushvalue(L, index);
    lua_pushvalue(L, copy);
    lua_rawset(L, copies);
    for (lua_pushnil(L); lua_next(L, index);) {
        limits_spend(L, 1);
        int value = lua_gettop(L);
        push_copy(L, value - 1, copies, depth + 1);
        push_copy(L, value, copies, depth + 1);
        lua_rawset(L, copy);
        lua_pop(L, 1);
    }
}

/// Pushes a copy of the value at `index`, which is absolute.
static void push_copy(lua_State *L, int index, int copies, int depth) {
    luaL_checkstack(L, 8, "too many nested tables");
    int type = lua_type(L, index);
    if (type == LUA_TTHREAD) luaL_error(L, "a coroutine cannot be passed to another module");
    if (type != LUA_TTABLE && type != LUA_TFUNCTION) {   // a large integer, the only userdata, cannot change
        lua_pushvalue(L, index);
        return;
    }
    lua_pushvalue(L, index);
    if (lua_rawget(L, copies) != LUA_TNIL) return;
    lua_pop(L, 1);
    if (type == LUA_TTABLE) {
        push_table_copy(L, index, copies, depth);
        return;
    }
    lua_pushvalue(L, index);
    lua_pushcclosure(L, call_across, 1);
    lua_pushvalue(L, index);
    lua_pushvalue(L, -2);
    lua_rawset(L, copies);
}

/// Replaces the values from `first` to the top by copies.
static void copy_all(lua_State *L, int first) {
    int last = lua_gettop(L);
    luaL_checkstack(L, 4, NULL);
    lua_newtable(L);
    int copies = lua_gettop(L);
    for (int i = first; i <= last; i++) {
        push_copy(L, i, copies, 0);
        lua_replace(L, i);
    }
    lua_settop(L, last);
}

static int return_across(lua_State *L, int status, lua_KContext context) {
    (void)status, (void)context;
    copy_all(L, 1);
    return lua_gettop(L);
}

/// Upvalue: the function of the other module.
static int call_across(lua_State *L) {
    copy_all(L, 1);
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, return_across);
    return return_across(L, LUA_OK, 0);
}

static int make_boundary(lua_State *L) {
    luabridge_handle *handle = lua_touserdata(L, 1);
    if (!handles_push(L, *handle)) return luaL_error(L, "the function is gone");
    lua_pushcclosure(L, call_across, 1);
    *handle = handles_anchor(L, -1);
    handles_commit(bridge_of(L));
    return 0;
}

luabridge_outcome luabridge_make_boundary(luabridge *b, luabridge_handle function) {
    int status = run_protected(b, make_boundary, &function);
    if (status != LUA_OK) return errors_outcome(b, b->main, status, LUABRIDGE_ERROR_RUNTIME);
    return (luabridge_outcome){.status = LUABRIDGE_FINISHED, .handle = function};
}

BRIDGE_END
