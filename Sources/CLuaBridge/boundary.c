// The boundary between modules: a function that crosses it gets copies of its arguments, and its caller gets copies of its
// results. So no module holds a table of another one. Functions among the values cross the boundary too when they are
// called. A coroutine cannot cross: only its module may resume or close it. A text with a seal goes to a function of the
// host, which returns the text that crosses in its place.

#include "bridge.h"

BRIDGE_BEGIN

enum {
    MAXIMUM_BOUNDARY_DEPTH = 64,   // nested tables, as in values for the host
};

/// The upvalues of `call_across`: the function of the other module, and the host's function for seals, or nil.
enum { FUNCTION = 1, SEALING = 2 };

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

/// Pushes what crosses in the place of the string at `index`.
static void push_text(lua_State *L, int index) {
    size_t count;
    const char *text = lua_tolstring(L, index, &count);
    bool has_seal = bridge_of(L)->has_seals && luabridge_find_seal(text, count);
    if (!has_seal || lua_isnil(L, lua_upvalueindex(SEALING))) {
        lua_pushvalue(L, index);
        return;
    }
    lua_pushvalue(L, lua_upvalueindex(SEALING));
    lua_pushvalue(L, index);
    lua_call(L, 1, 1);
}

/// Pushes a copy of the value at `index`, which is absolute.
static void push_copy(lua_State *L, int index, int copies, int depth) {
    luaL_checkstack(L, 8, "too many nested tables");
    int type = lua_type(L, index);
    if (type == LUA_TTHREAD) luaL_error(L, "a coroutine cannot be passed to another module");
    if (type == LUA_TSTRING) {
        push_text(L, index);
        return;
    }
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
    lua_pushvalue(L, lua_upvalueindex(SEALING));
    lua_pushcclosure(L, call_across, 2);
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

static int call_across(lua_State *L) {
    copy_all(L, 1);
    lua_pushvalue(L, lua_upvalueindex(FUNCTION));
    lua_insert(L, 1);
    lua_callk(L, lua_gettop(L) - 1, LUA_MULTRET, 0, return_across);
    return return_across(L, LUA_OK, 0);
}

static int make_boundary(lua_State *L) {
    luabridge_handle *handles = lua_touserdata(L, 1);
    if (!handles_push(L, handles[0])) return luaL_error(L, "the function is gone");
    if (handles[1].slot == NO_SLOT) lua_pushnil(L);
    else if (!handles_push(L, handles[1])) return luaL_error(L, "the function is gone");
    lua_pushcclosure(L, call_across, 2);
    handles[0] = handles_anchor(L, -1);
    handles_commit(bridge_of(L));
    return 0;
}

luabridge_outcome luabridge_make_boundary(luabridge *b, luabridge_handle function, luabridge_handle sealing) {
    luabridge_handle handles[] = {function, sealing};
    int status = run_protected(b, make_boundary, handles);
    if (status != LUA_OK) return errors_outcome(b, b->main, status, LUABRIDGE_ERROR_RUNTIME);
    return (luabridge_outcome){.status = LUABRIDGE_FINISHED, .handle = handles[0]};
}

BRIDGE_END
