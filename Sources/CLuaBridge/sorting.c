// `table.sort` with the same result in every process, also for equal elements: a merge sort, which keeps their order.
// Lua's own sort picks pivots by the clock in large tables, so that equal elements come in another order each time.
// Here a comparator that contradicts itself causes no error: every sort takes n log n comparisons.

#include "bridge.h"

BRIDGE_BEGIN

/// Whether the value at `left` comes before the value at `right`. The comparator, if any, is at 2.
static int comes_before(lua_State *L, int left, int right) {
    left = lua_absindex(L, left);
    right = lua_absindex(L, right);
    limits_spend_operation(L);   // may compare long strings, or call a function
    if (lua_isnil(L, 2)) return lua_compare(L, left, right, LUA_OPLT);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, left);
    lua_pushvalue(L, right);
    lua_call(L, 2, 1);
    int result = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return result;
}

/// Merges the runs [low, middle) and [middle, high) of the table at `from` into the table at `to`.
static void merge(lua_State *L, int from, int to, lua_Integer low, lua_Integer middle, lua_Integer high) {
    lua_Integer left = low, right = middle;
    for (lua_Integer place = low; place < high; place++) {
        limits_spend(L, 1);
        if (left < middle && right < high) {
            lua_rawgeti(L, from, left);
            lua_rawgeti(L, from, right);
            // Of equal elements, the left comes first.
            int takes_right = comes_before(L, -1, -2);
            if (takes_right) {
                lua_rawseti(L, to, place);
                lua_pop(L, 1);
                right += 1;
            } else {
                lua_pop(L, 1);
                lua_rawseti(L, to, place);
                left += 1;
            }
        } else {
            lua_rawgeti(L, from, left < middle ? left : right);
            lua_rawseti(L, to, place);
            if (left < middle) left += 1; else right += 1;
        }
    }
}

int sorting_sort(lua_State *L) {
    tables_check(L, 1, TABLE_READ | TABLE_WRITE | TABLE_COUNT);
    lua_Integer count = luaL_len(L, 1);
    if (count < 2) return 0;
    luaL_argcheck(L, count < INT_MAX, 1, "array too big");
    if (!lua_isnoneornil(L, 2)) luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    lua_newtable(L);
    lua_newtable(L);
    int from = 3, to = 4;
    size_t steps = tables_access_steps(L, 1);
    for (lua_Integer i = 1; i <= count; i++) {
        limits_spend(L, steps);
        lua_geti(L, 1, i);
        lua_rawseti(L, from, i);
    }
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 1; low <= count; low += 2 * width) {
            lua_Integer middle = low + width < count + 1 ? low + width : count + 1;
            lua_Integer high = low + 2 * width < count + 1 ? low + 2 * width : count + 1;
            merge(L, from, to, low, middle, high);
        }
        int other = from;
        from = to;
        to = other;
    }
    for (lua_Integer i = 1; i <= count; i++) {
        limits_spend(L, steps);
        lua_rawgeti(L, from, i);
        lua_seti(L, 1, i);
    }
    return 0;
}

BRIDGE_END
