// `pairs` and `next` in an order that is the same in every process: integers ascending, floats ascending,
// strings by bytes, false, true, then the rest (tables, functions, threads) in Lua's own order. Lua's own order of
// strings depends on a hash seed that is random in each process.
//
// `pairs` counts through a table whose keys are exactly 1...n. It walks any other table over a sorted copy of the keys.
// It skips keys whose value is nil by then, so scripts may clear fields during the walk.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

typedef enum { INTEGER, FLOAT, STRING, BOOLEAN, REST } key_rank;

typedef struct {
    key_rank rank;
    lua_Integer integer;   // also of booleans; of the rest, the place in Lua's own order
    lua_Number number;
    const char *text;      // valid as long as the key lives
    size_t count;
} sort_key;

/// Returns the sort key of the value at `index`, whose place in Lua's own order is `place`.
static sort_key key_at(lua_State *L, int index, lua_Integer place) {
    sort_key key = {.rank = REST, .integer = place};
    switch (lua_type(L, index)) {
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            key.rank = INTEGER;
            key.integer = lua_tointeger(L, index);
        } else {
            key.rank = FLOAT;
            key.number = lua_tonumber(L, index);   // never NaN, which cannot be a key
        }
        break;
    case LUA_TSTRING:
        key.rank = STRING;
        key.text = lua_tolstring(L, index, &key.count);
        break;
    case LUA_TBOOLEAN:
        key.rank = BOOLEAN;
        key.integer = lua_toboolean(L, index);
        break;
    default: break;
    }
    return key;
}

static int compare(lua_State *L, const sort_key *a, const sort_key *b) {
    if (a->rank != b->rank) return a->rank < b->rank ? -1 : 1;
    if (a->rank == FLOAT) return (a->number > b->number) - (a->number < b->number);
    if (a->rank == STRING) {
        size_t count = a->count < b->count ? a->count : b->count;
        limits_spend(L, count / STEP_BYTES);
        int order = memcmp(a->text, b->text, count);
        return order ? order : (a->count > b->count) - (a->count < b->count);
    }
    return (a->integer > b->integer) - (a->integer < b->integer);
}

/// Counts the keys of a table. Returns whether they are exactly 1...count.
bool iteration_is_array(lua_State *L, int table, lua_Integer *count) {
    lua_Integer largest = 0;
    bool is_positive = true;
    *count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        limits_spend(L, 1);
        *count += 1;
        lua_Integer key = lua_isinteger(L, -2) ? lua_tointeger(L, -2) : 0;
        is_positive = is_positive && key >= 1;
        if (key > largest) largest = key;
    }
    return is_positive && largest == *count;
}

// Scripts can call the iterators that `pairs` returns with any arguments. An iterator reads the table in its argument.
// If that is not the table that `pairs` got, the iterator returns its values at the same keys, as far as they exist.

/// Upvalue: the last position.
static int next_position(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_Integer position = lua_isinteger(L, 2) ? lua_tointeger(L, 2) : 0;
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(1));
    if (position < 0) position = 0;
    for (lua_settop(L, 1); position < last; lua_pop(L, 1)) {
        limits_spend(L, 1);
        position += 1;
        if (lua_rawgeti(L, 1, position) == LUA_TNIL) continue;
        lua_pushinteger(L, position);
        lua_insert(L, -2);
        return 2;
    }
    lua_pushnil(L);
    return 1;
}

/// Upvalues: the keys in Lua's own order, their sorted places, their number, the number already visited.
static int next_sorted(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    const lua_Integer *places = lua_touserdata(L, lua_upvalueindex(2));
    lua_Integer count = lua_tointeger(L, lua_upvalueindex(3));
    lua_Integer done = lua_tointeger(L, lua_upvalueindex(4));
    lua_settop(L, 1);
    while (done < count) {
        limits_spend(L, 1);
        lua_rawgeti(L, lua_upvalueindex(1), places[done++]);
        lua_pushvalue(L, -1);
        if (lua_rawget(L, 1) != LUA_TNIL) {
            lua_pushinteger(L, done);
            lua_replace(L, lua_upvalueindex(4));
            return 2;
        }
        lua_pop(L, 2);
    }
    lua_pushinteger(L, done);
    lua_replace(L, lua_upvalueindex(4));
    lua_pushnil(L);
    return 1;
}

/// Sorts places in a list of keys by merging ever longer runs; `room` has as many elements as `places`. Does not use
/// qsort, since an error at a limit must not jump out of it.
static void sort_places(lua_State *L, const sort_key *keys, lua_Integer *places, lua_Integer *room, lua_Integer count) {
    lua_Integer *from = places, *to = room;
    for (lua_Integer width = 1; width < count; width *= 2) {
        for (lua_Integer low = 0; low < count; low += 2 * width) {
            lua_Integer middle = low + width < count ? low + width : count;
            lua_Integer high = middle + width < count ? middle + width : count;
            lua_Integer left = low, right = middle;
            for (lua_Integer i = low; i < high; i++) {
                limits_spend(L, 1);
                bool takes_left = right == high
                    || (left < middle && compare(L, &keys[from[left] - 1], &keys[from[right] - 1]) <= 0);
                to[i] = takes_left ? from[left++] : from[right++];
            }
        }
        lua_Integer *other = from;
        from = to;
        to = other;
    }
    if (from != places) memcpy(places, from, (size_t)count * sizeof *places);
}

/// Pushes the iterator over a sorted copy of the keys of the table at 1.
static void push_sorted_iterator(lua_State *L, lua_Integer count) {
    lua_createtable(L, (int)count, 0);   // holds the keys, so that their bytes stay in place
    int table = lua_gettop(L);
    lua_Integer *places = lua_newuserdatauv(L, (size_t)count * sizeof *places, 0);
    sort_key *keys = lua_newuserdatauv(L, (size_t)count * (sizeof *keys + sizeof *places), 0);
    lua_Integer found = 0;
    lua_pushnil(L);
    while (found < count && lua_next(L, 1)) {   // a weak table may have lost some
        limits_spend(L, 1);
        places[found] = found + 1;
        keys[found] = key_at(L, -2, found + 1);
        found += 1;
        lua_pop(L, 1);
        lua_pushvalue(L, -1);
        lua_rawseti(L, table, found);
    }
    sort_places(L, keys, places, (lua_Integer *)(keys + count), found);
    lua_settop(L, table + 1);
    lua_pushinteger(L, found);
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, next_sorted, 4);
}

static int pairs_continued(lua_State *L, int status, lua_KContext context) {
    (void)L, (void)status, (void)context;
    return 3;
}

int iteration_pairs(lua_State *L) {
    luaL_checkany(L, 1);
    if (luaL_getmetafield(L, 1, "__pairs") != LUA_TNIL) {
        lua_pushvalue(L, 1);
        lua_callk(L, 1, 3, 0, pairs_continued);
        return 3;
    }
    return iteration_raw_pairs(L);
}

/// `pairs` without `__pairs`.
int iteration_raw_pairs(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_Integer count;
    if (iteration_is_array(L, 1, &count)) {
        lua_pushinteger(L, count);
        lua_pushcclosure(L, next_position, 1);
    } else {
        push_sorted_iterator(L, count);
    }
    lua_pushvalue(L, 1);
    lua_pushnil(L);
    return 3;
}

/// `next`: returns the smallest key after the given key, and its value. Each call walks over the whole table, except in
/// an array. Use `pairs` to visit all keys.
int iteration_next(lua_State *L) {
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 2);
    bool is_start = lua_isnil(L, 2);
    lua_Integer following = (lua_Integer)((lua_Unsigned)lua_tointeger(L, 2) + 1);   // wraps at the largest
    bool is_last = following == LUA_MININTEGER;
    if (lua_isinteger(L, 2) && !is_last && lua_rawgeti(L, 1, following) != LUA_TNIL) {
        lua_pushinteger(L, following);
        lua_insert(L, -2);
        return 2;
    }
    lua_settop(L, 2);
    lua_pushnil(L);   // 3: the best key so far
    sort_key least = key_at(L, 2, 0), best = {0};
    bool has_best = false, is_rest = !is_start && least.rank == REST;
    if (is_rest) {   // continues in Lua's own order
        lua_pushvalue(L, 2);
    } else {
        lua_pushnil(L);
    }
    for (lua_Integer place = 1; lua_next(L, 1); place++) {
        limits_spend(L, 1);
        lua_pop(L, 1);
        sort_key key = key_at(L, -1, place);
        if (is_rest && key.rank != REST) continue;
        if (!is_start && compare(L, &key, &least) <= 0) continue;
        if (has_best && compare(L, &key, &best) >= 0) continue;
        best = key;
        has_best = true;
        lua_pushvalue(L, -1);
        lua_replace(L, 3);
    }
    lua_settop(L, 3);
    if (!has_best) return 1;
    lua_pushvalue(L, 3);
    lua_rawget(L, 1);
    return 2;
}

BRIDGE_END
