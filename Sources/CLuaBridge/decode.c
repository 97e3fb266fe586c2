// Decodes bytes from Swift to Lua values. The bridge trusts Swift to keep to the format, but checks the bounds, so that
// a mistake is an error and not a crash.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

typedef struct {
    lua_State *L;
    const uint8_t *next;
    const uint8_t *end;
    int depth;
    int keys;   // the stack index for the table of the keys of a list's rows; 0 outside of lists
} decoder;

static const uint8_t *take(decoder *d, size_t count) {
    if ((size_t)(d->end - d->next) < count) luaL_error(d->L, "malformed value from the host");
    const uint8_t *bytes = d->next;
    d->next += count;
    return bytes;
}

static uint32_t take_u32(decoder *d) {
    uint32_t value;
    memcpy(&value, take(d, sizeof value), sizeof value);
    return value;
}

static void push_bytes(decoder *d, uint32_t count) {
    const char *text = (const char *)take(d, count);
    seals_note(bridge_of(d->L), text, count);
    lua_pushlstring(d->L, text, count);
}

static void push_text(decoder *d) { push_bytes(d, take_u32(d)); }

static void push_value(decoder *d);

static void enter(decoder *d) {
    if (d->depth >= LUABRIDGE_DEPTH) luaL_error(d->L, "tables from the host are nested too deeply");
    d->depth += 1;
}

/// Takes the keys of the following rows of the list.
static void take_keys(decoder *d) {
    lua_State *L = d->L;
    uint32_t count = take_u32(d);
    if (!d->keys || (size_t)(d->end - d->next) < count) luaL_error(L, "malformed value from the host");
    lua_createtable(L, (int)count, 0);
    for (uint32_t i = 1; i <= count; i++) {
        push_text(d);
        lua_rawseti(L, -2, i);
    }
    lua_replace(L, d->keys);
}

/// Pushes an object that has the keys of the list's rows.
static void push_row(decoder *d) {
    lua_State *L = d->L;
    int keys = d->keys;
    if (!keys || !lua_istable(L, keys)) luaL_error(L, "malformed value from the host");
    enter(d);
    int count = (int)lua_rawlen(L, keys);
    lua_createtable(L, 0, count);
    forms_set(L, -1, LUABRIDGE_OBJECT);
    for (int i = 1; i <= count; i++) {
        lua_rawgeti(L, keys, i);
        push_value(d);
        lua_rawset(L, -3);
    }
    d->depth -= 1;
}

static void push_table(decoder *d, uint8_t tag) {
    lua_State *L = d->L;
    enter(d);
    uint32_t positions = take_u32(d), fields = take_u32(d), sparse = take_u32(d);
    size_t least = (size_t)positions + fields + sparse;   // every value has at least a tag
    if ((size_t)(d->end - d->next) < least) luaL_error(L, "malformed value from the host");
    int outer_keys = d->keys;
    d->keys = 0;
    if (tag == LUABRIDGE_LIST) {
        lua_pushnil(L);
        d->keys = lua_gettop(L);
    }
    lua_createtable(L, (int)positions, (int)(fields + sparse));
    if (tag != LUABRIDGE_TABLE) forms_set(L, -1, tag);
    for (uint32_t i = 1; i <= positions; i++) {
        push_value(d);
        lua_rawseti(L, -2, i);
    }
    for (uint32_t i = 0; i < fields; i++) {
        push_text(d);
        push_value(d);
        lua_rawset(L, -3);
    }
    for (uint32_t i = 0; i < sparse; i++) {
        lua_Integer key;
        memcpy(&key, take(d, sizeof key), sizeof key);
        push_value(d);
        lua_rawseti(L, -2, key);
    }
    if (tag == LUABRIDGE_LIST) lua_remove(L, -2);
    d->keys = outer_keys;
    d->depth -= 1;
}

static void push_value(decoder *d) {
    lua_State *L = d->L;
    luaL_checkstack(L, 6, "value");
    uint8_t tag = *take(d, 1);
    if (tag == LUABRIDGE_KEYS) {
        take_keys(d);
        tag = *take(d, 1);
    }
    switch (tag) {
    case LUABRIDGE_NIL: lua_pushnil(L); break;
    case LUABRIDGE_FALSE: lua_pushboolean(L, 0); break;
    case LUABRIDGE_TRUE: lua_pushboolean(L, 1); break;
    case LUABRIDGE_INTEGER: {
        lua_Integer value;
        memcpy(&value, take(d, sizeof value), sizeof value);
        lua_pushinteger(L, value);
        break;
    }
    case LUABRIDGE_NUMBER: {
        lua_Number value;
        memcpy(&value, take(d, sizeof value), sizeof value);
        lua_pushnumber(L, value);
        break;
    }
    case LUABRIDGE_STRING: push_text(d); break;
    case LUABRIDGE_SHORT_STRING: push_bytes(d, *take(d, 1)); break;
    case LUABRIDGE_ROW: push_row(d); break;
    case LUABRIDGE_TABLE:
    case LUABRIDGE_LIST:
    case LUABRIDGE_OBJECT: push_table(d, tag); break;
    case LUABRIDGE_LARGE_INTEGER: {
        uint32_t count = take_u32(d);
        forms_push_large_integer(L, (const char *)take(d, count), count);
        break;
    }
    case LUABRIDGE_FUNCTION: {
        luabridge_handle handle;
        handle.slot = take_u32(d);
        handle.generation = take_u32(d);
        if (!handles_push(L, handle)) luaL_error(L, "a function from the host is gone");
        break;
    }
    case LUABRIDGE_NULL: lua_pushlightuserdata(L, (void *)&NULL_VALUE); break;
    default: luaL_error(L, "malformed value from the host");
    }
}

/// The bytes from which the garbage collector rests while they are decoded.
enum { LARGE = 64 << 10 };

/// Pushes the values of a list and returns their number.
int decode_values(lua_State *L, const uint8_t *bytes, size_t count) {
    decoder d = {.L = L, .next = bytes, .end = bytes + count};
    uint32_t values = take_u32(&d);
    if (values > count) luaL_error(L, "malformed value from the host");
    // Decoding makes no garbage, so a collection during it would only take time.
    if (count >= LARGE) limits_rest_collector(bridge_of(L));
    luaL_checkstack(L, (int)values + 4, "too many values from the host");
    for (uint32_t i = 0; i < values; i++) push_value(&d);
    limits_wake_collector(bridge_of(L));
    return (int)values;
}

BRIDGE_END
