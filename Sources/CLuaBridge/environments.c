// Environments: the globals of a module, which no other module can reach.
//
// Each environment has its own copies of the library's tables, so that a module's changes to them stay in the module.
// Environments share the functions, which scripts cannot change, but for those that know their environment. The methods of strings come from a table that no
// script can reach: a module cannot change `("x"):upper()` in another module.

#include "bridge.h"

BRIDGE_BEGIN

/// Pushes a copy of the table at `index`.
static void push_copy(lua_State *L, int index) {
    index = lua_absindex(L, index);
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, index);) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -4);
    }
}

/// Pushes a new environment.
static void push_environment(lua_State *L) {
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_PRISTINE);
    push_copy(L, -1);
    lua_remove(L, -2);
    int environment = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, environment);) {
        lua_pushvalue(L, -2);
        if (lua_istable(L, -2)) push_copy(L, -2);   // a library
        else lua_pushvalue(L, -2);
        lua_rawset(L, environment);   // an existing key, so the walk can continue
        lua_pop(L, 1);
    }
    lua_pushvalue(L, environment);
    lua_pushcclosure(L, library_load, 1);
    lua_setfield(L, environment, "load");
    lua_pushvalue(L, environment);
    lua_setfield(L, environment, LUA_GNAME);
    coroutines_bind(L, environment);
    names_guard(L, environment);
}

/// Keeps the opened library as the model of every environment, and makes the first environment.
void environments_open(lua_State *L) {
    lua_pushglobaltable(L);
    lua_pushnil(L);
    lua_setfield(L, -2, LUA_GNAME);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_PRISTINE);
    lua_pushliteral(L, "");
    lua_getmetatable(L, -1);
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_settop(L, 0);
    push_environment(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);   // where tracebacks find the names of functions
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, LUA_GNAME);
    lua_settop(L, 1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
}

/// Pushes the environment of a handle, or the methods of strings. Returns false, and pushes nothing, if the handle is
/// stale.
bool environments_push(lua_State *L, luabridge_handle environment) {
    if (environment.slot != NO_SLOT) return handles_push(L, environment);
    if (environment.generation == LUABRIDGE_STRING_METHODS.generation) {
        lua_pushliteral(L, "");
        luaL_getmetafield(L, -1, "__index");
        lua_remove(L, -2);
    } else {
        lua_pushglobaltable(L);
    }
    return true;
}

static int make_environment(lua_State *L) {
    luabridge_handle *handle = lua_touserdata(L, 1);
    push_environment(L);
    *handle = handles_anchor(L, -1);
    handles_commit(bridge_of(L));
    return 0;
}

luabridge_outcome luabridge_make_environment(luabridge *b) {
    luabridge_handle handle = {NO_SLOT, 0};
    int status = run_protected(b, make_environment, &handle);
    if (status != LUA_OK) return errors_outcome(b, b->main, status, LUABRIDGE_ERROR_RUNTIME);
    return (luabridge_outcome){.status = LUABRIDGE_FINISHED, .handle = handle};
}

typedef struct {
    luabridge_handle environment;
    const char *name;
    luabridge_handle function;
} global_request;

static int set_global(lua_State *L) {
    global_request *request = lua_touserdata(L, 1);
    if (!environments_push(L, request->environment)) return luaL_error(L, "the environment is gone");
    if (!handles_push(L, request->function)) return luaL_error(L, "the function is gone");
    lua_setfield(L, -2, request->name);
    return 0;
}

luabridge_outcome luabridge_set_global(
    luabridge *b, luabridge_handle environment, const char *name, luabridge_handle function) {
    global_request request = {environment, name, function};
    int status = run_protected(b, set_global, &request);
    if (status != LUA_OK) return errors_outcome(b, b->main, status, LUABRIDGE_ERROR_RUNTIME);
    return (luabridge_outcome){.status = LUABRIDGE_FINISHED};
}

BRIDGE_END
