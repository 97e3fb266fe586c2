// Functions of `table` that loop over a range of positions, which a `__len` or an argument can make endless.

#include "bridge.h"

BRIDGE_BEGIN

/// Raises unless the value at `index` is a table or has the metamethods for `uses`.
void tables_check(lua_State *L, int index, int uses) {
    static const struct {
        int use;
        const char *metamethod;
    } NEEDS[] = {{TABLE_READ, "__index"}, {TABLE_WRITE, "__newindex"}, {TABLE_COUNT, "__len"}};
    for (size_t i = 0; !lua_istable(L, index) && i < sizeof NEEDS / sizeof *NEEDS; i++) {
        if (!(uses & NEEDS[i].use)) continue;
        if (luaL_getmetafield(L, index, NEEDS[i].metamethod) == LUA_TNIL) luaL_checktype(L, index, LUA_TTABLE);
        lua_pop(L, 1);
    }
}

/// Returns the steps of reading or writing a position of the value at `index`. A metamethod may do anything, so it
/// counts as a long operation.
size_t tables_access_steps(lua_State *L, int index) {
    if (!lua_getmetatable(L, index)) return 1;
    lua_pop(L, 1);
    return bridge_of(L)->operation_steps;
}

/// Copies the value at `from` in the source to `to` in the target.
static void copy(lua_State *L, int source, lua_Integer from, int target, lua_Integer to, size_t steps) {
    limits_spend(L, steps);
    lua_geti(L, source, from);
    lua_seti(L, target, to);
}

static int table_insert(lua_State *L) {
    tables_check(L, 1, TABLE_READ | TABLE_WRITE | TABLE_COUNT);
    lua_Integer next = (lua_Integer)((lua_Unsigned)luaL_len(L, 1) + 1), position = next;
    switch (lua_gettop(L)) {
    case 2: break;
    case 3: {
        position = luaL_checkinteger(L, 2);
        // Positions below 1 wrap and are too large.
        luaL_argcheck(L, (lua_Unsigned)position - 1 < (lua_Unsigned)next, 2, "position out of bounds");
        size_t steps = tables_access_steps(L, 1);
        for (lua_Integer i = next; i > position; i--) copy(L, 1, i - 1, 1, i, steps);
        break;
    }
    default: return luaL_error(L, "wrong number of arguments to 'insert'");
    }
    lua_seti(L, 1, position);
    return 0;
}

static int table_remove(lua_State *L) {
    tables_check(L, 1, TABLE_READ | TABLE_WRITE | TABLE_COUNT);
    lua_Integer count = luaL_len(L, 1), position = luaL_optinteger(L, 2, count);
    if (position != count) {   // count + 1 is allowed too
        luaL_argcheck(L, (lua_Unsigned)position - 1 <= (lua_Unsigned)count, 2, "position out of bounds");
    }
    lua_geti(L, 1, position);
    size_t steps = tables_access_steps(L, 1);
    for (; position < count; position++) copy(L, 1, position + 1, 1, position, steps);
    lua_pushnil(L);
    lua_seti(L, 1, position);
    return 1;
}

static int table_move(lua_State *L) {
    lua_Integer first = luaL_checkinteger(L, 2), last = luaL_checkinteger(L, 3), place = luaL_checkinteger(L, 4);
    int target = lua_isnoneornil(L, 5) ? 1 : 5;
    tables_check(L, 1, TABLE_READ);
    tables_check(L, target, TABLE_WRITE);
    if (last >= first) {
        luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3, "too many elements to move");
        lua_Integer count = last - first + 1;
        luaL_argcheck(L, place <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        size_t source_steps = tables_access_steps(L, 1), target_steps = tables_access_steps(L, target);
        size_t steps = source_steps > target_steps ? source_steps : target_steps;
        // Copies backwards if it would overwrite elements that it still has to read.
        bool is_overlapping = place > first && place <= last && (target == 1 || lua_compare(L, 1, 5, LUA_OPEQ));
        if (is_overlapping) {
            for (lua_Integer i = count - 1; i >= 0; i--) copy(L, 1, first + i, target, place + i, steps);
        } else {
            for (lua_Integer i = 0; i < count; i++) copy(L, 1, first + i, target, place + i, steps);
        }
    }
    lua_pushvalue(L, target);
    return 1;
}

/// Appends the element at `position` to the result of `concat`.
static void add_element(lua_State *L, luaL_Buffer *result, lua_Integer position) {
    lua_geti(L, 1, position);
    if (!lua_isstring(L, -1)) {
        const char *type = luaL_typename(L, -1);
        luaL_error(L, "invalid value (%s) at index %I in table for 'concat'", type, (LUAI_UACINT)position);
    }
    luaL_addvalue(result);
}

static int table_concat(lua_State *L) {
    tables_check(L, 1, TABLE_READ | TABLE_COUNT);
    lua_Integer count = luaL_len(L, 1);
    size_t separator_count;
    const char *separator = luaL_optlstring(L, 2, "", &separator_count);
    lua_Integer first = luaL_optinteger(L, 3, 1), last = luaL_optinteger(L, 4, count);
    size_t steps = tables_access_steps(L, 1);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (lua_Integer i = first; i < last; i++) {
        limits_spend(L, steps);
        add_element(L, &result, i);
        luaL_addlstring(&result, separator, separator_count);
    }
    if (first <= last) add_element(L, &result, last);
    luaL_pushresult(&result);
    return 1;
}

static int table_unpack(lua_State *L) {
    lua_Integer first = luaL_optinteger(L, 2, 1);
    lua_Integer last = lua_isnoneornil(L, 3) ? luaL_len(L, 1) : luaL_checkinteger(L, 3);
    if (first > last) return 0;
    lua_Unsigned count = (lua_Unsigned)last - (lua_Unsigned)first;   // the number of results − 1, which cannot wrap
    if (count >= INT_MAX || !lua_checkstack(L, (int)count + 1)) return luaL_error(L, "too many results to unpack");
    size_t steps = tables_access_steps(L, 1);
    for (lua_Unsigned i = 0; i <= count; i++) {
        limits_spend(L, steps);
        lua_geti(L, 1, (lua_Integer)((lua_Unsigned)first + i));
    }
    return (int)count + 1;
}

void tables_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"concat", table_concat}, {"insert", table_insert}, {"move", table_move},
        {"remove", table_remove}, {"sort", sorting_sort}, {"unpack", table_unpack}, {NULL, NULL},
    };
    bounded_replace(L, LUA_TABLIBNAME, FUNCTIONS);
}

BRIDGE_END
