// Encodes Lua values as bytes for Swift.
//
// No Lua code runs meanwhile (access is raw), so a table cannot change during the walk. The garbage collector can run
// and empty weak tables, so the Lua stack holds the keys and values that are being encoded.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

/// A step on the path from the list of values to the value being encoded, for error messages.
typedef struct {
    const char *key;   // NULL for an item
    size_t count;
    lua_Integer item;
} path_step;

typedef struct {
    lua_State *L;
    luabridge *bridge;
    const char *label;
    size_t held;   // bytes that Swift will hold for the encoded values
    int depth;   // number of tables being encoded
    path_step path[LUABRIDGE_DEPTH + 1];
    const void *open[LUABRIDGE_DEPTH + 1];   // those tables, to find cycles
} encoder;

/// A key that is not a position of the array, and the stack index of its value.
typedef struct {
    const char *text;   // NULL for an integer key
    size_t count;
    lua_Integer integer;
    int value;
} table_key;

static int fail(encoder *e, const char *reason) {
    lua_State *L = e->L;
    luaL_Buffer text;
    luaL_buffinit(L, &text);
    for (int i = 0; i <= e->depth; i++) {
        const path_step *step = &e->path[i];
        char piece[128];
        if (i == 0) {
            snprintf(piece, sizeof piece, "%s %lld", e->label, (long long)step->item);
        } else if (step->key) {
            snprintf(piece, sizeof piece, ", field '%.*s'", step->count > 64 ? 64 : (int)step->count, step->key);
        } else {
            snprintf(piece, sizeof piece, ", item %lld", (long long)step->item);
        }
        luaL_addstring(&text, piece);
    }
    luaL_addstring(&text, ": ");
    luaL_addstring(&text, reason);
    luaL_pushresult(&text);
    return luaL_error(L, "%s", lua_tostring(L, -1));
}

static void append(encoder *e, const void *bytes, size_t count) {
    luabridge *b = e->bridge;
    if (b->out.count + count > b->limits.value_bytes) {
        char reason[96];
        snprintf(reason, sizeof reason, "larger than the %zu bytes that can be passed", b->limits.value_bytes);
        fail(e, reason);
    }
    if (!buffer_append(&b->out, bytes, count)) luaL_error(e->L, "not enough memory");
}

/// Counts memory that Swift will hold in addition to the encoded bytes. Raises if it exceeds the memory limit.
static void hold(encoder *e, size_t bytes) {
    e->held += bytes;
    if (!limits_has_room(e->bridge, e->held)) fail(e, "not enough memory");
}

static void append_tag(encoder *e, uint8_t tag) { append(e, &tag, 1); }

static void append_u32(encoder *e, uint32_t value) { append(e, &value, sizeof value); }

static void append_tagged(encoder *e, uint8_t tag, const void *payload) {
    uint8_t bytes[9];
    bytes[0] = tag;
    memcpy(bytes + 1, payload, 8);
    append(e, bytes, sizeof bytes);
}

static void append_text(encoder *e, const char *text, size_t count) {
    append_u32(e, (uint32_t)count);
    append(e, text, count);
    hold(e, count * HOST_TEXT_COPIES);
}

static void encode_value(encoder *e, int index);

static int compare_keys(const table_key *a, const table_key *b) {
    if (a->text && b->text) {
        int order = memcmp(a->text, b->text, a->count < b->count ? a->count : b->count);
        if (order) return order;
        return (a->count > b->count) - (a->count < b->count);
    }
    if (a->text || b->text) return a->text ? -1 : 1;   // strings first
    return (a->integer > b->integer) - (a->integer < b->integer);
}

/// Moves the key at `root` down in a heap until no child is larger.
static void sink_key(table_key *keys, size_t root, size_t count) {
    for (size_t child; (child = 2 * root + 1) < count; root = child) {
        if (child + 1 < count && compare_keys(&keys[child], &keys[child + 1]) < 0) child += 1;
        if (compare_keys(&keys[root], &keys[child]) >= 0) return;
        table_key larger = keys[child];
        keys[child] = keys[root];
        keys[root] = larger;
    }
}

/// Sorts keys in place. The C library's qsort asks the system how much memory there is (sysinfo), a system call that the
/// walls around sprun-lua end it for.
static void sort_keys(table_key *keys, size_t count) {
    for (size_t root = count / 2; root-- > 0;) sink_key(keys, root, count);
    for (size_t end = count; end-- > 1;) {
        table_key largest = keys[0];
        keys[0] = keys[end];
        keys[end] = largest;
        sink_key(keys, 0, end);
    }
}

/// Encodes the values at 1, 2, … up to the first nil, and returns their number.
static lua_Integer encode_positions(encoder *e, int table) {
    lua_State *L = e->L;
    lua_Integer position = 1;
    for (;; position++) {
        int type = lua_rawgeti(L, table, position);
        if (type == LUA_TNIL) break;
        e->path[e->depth] = (path_step){.item = position};
        encode_value(e, lua_gettop(L));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return position - 1;
}

/// Pushes every key outside 1...positions with its value. Appends the sorted keys to the scratch buffer, and returns
/// their number.
static size_t collect_keys(encoder *e, int table, lua_Integer positions) {
    lua_State *L = e->L;
    buffer *scratch = &e->bridge->scratch;
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        if (lua_isinteger(L, -2)) {
            lua_Integer key = lua_tointeger(L, -2);
            count += key < 1 || key > positions;
        } else if (lua_type(L, -2) == LUA_TSTRING) {
            count += 1;
        } else {
            char reason[96];
            const char *type = lua_type(L, -2) == LUA_TNUMBER ? "float" : luaL_typename(L, -2);
            snprintf(reason, sizeof reason, "a key of type %s cannot be passed; use strings or integers", type);
            e->depth -= 1;
            fail(e, reason);
        }
    }
    if (count == 0) return 0;
    if (count > 400000 || !lua_checkstack(L, (int)count * 2 + 4)) {
        e->depth -= 1;
        fail(e, "too many keys");
    }
    if (!buffer_reserve(scratch, count * sizeof(table_key))) luaL_error(L, "not enough memory");
    table_key *keys = (table_key *)(void *)(scratch->bytes + scratch->count);
    size_t found = 0;
    lua_pushnil(L);
    while (found < count && lua_next(L, table)) {   // only pushes, so no garbage is collected from here on
        bool is_integer = lua_isinteger(L, -2);
        lua_Integer integer = is_integer ? lua_tointeger(L, -2) : 0;
        if (is_integer && integer >= 1 && integer <= positions) {
            lua_pop(L, 1);
            continue;
        }
        table_key *key = &keys[found++];
        *key = (table_key){.integer = integer, .value = lua_gettop(L)};
        if (!is_integer) key->text = lua_tolstring(L, -2, &key->count);
        lua_pushvalue(L, -2);
    }
    sort_keys(keys, found);
    scratch->count += found * sizeof *keys;
    return found;
}

static void encode_table(encoder *e, int table) {
    lua_State *L = e->L;
    luabridge *b = e->bridge;
    const void *identity = lua_topointer(L, table);
    for (int i = 1; i <= e->depth; i++) {
        if (e->open[i] == identity) fail(e, "a table that contains itself cannot be passed");
    }
    if (e->depth >= (int)b->limits.value_depth || e->depth >= LUABRIDGE_DEPTH) {
        fail(e, "tables are nested too deeply");
    }
    luaL_checkstack(L, 8, "value");
    limits_spend_operation(L);   // a large table takes long to walk even if it is empty now
    int top = lua_gettop(L);
    append_tag(e, LUABRIDGE_TABLE);
    hold(e, HOST_TABLE_BYTES);
    size_t header = b->out.count;
    uint32_t counts[3] = {0, 0, 0};
    append(e, counts, sizeof counts);
    e->depth += 1;
    e->open[e->depth] = identity;
    lua_Integer positions = encode_positions(e, table);
    counts[0] = (uint32_t)positions;
    size_t base = b->scratch.count;
    size_t keys = collect_keys(e, table, positions);
    for (size_t i = 0; i < keys; i++) {
        // Reads the key again each time: nested tables may move the buffer.
        table_key key = ((table_key *)(void *)(b->scratch.bytes + base))[i];
        e->path[e->depth] = (path_step){.key = key.text, .count = key.count, .item = key.integer};
        if (key.text) {
            if (!utf8_is_valid((const uint8_t *)key.text, key.count)) fail(e, "the key is not valid UTF-8");
            hold(e, HOST_VALUE_BYTES);
            append_text(e, key.text, key.count);
            counts[1] += 1;
        } else {
            append(e, &key.integer, sizeof key.integer);
            counts[2] += 1;
        }
        encode_value(e, key.value);
    }
    b->scratch.count = base;
    lua_settop(L, top);
    e->depth -= 1;
    memcpy(b->out.bytes + header, counts, sizeof counts);
    bool is_empty = positions == 0 && keys == 0;
    if (is_empty) b->out.bytes[header - 1] = forms_get(L, table);
}

static void encode_value(encoder *e, int index) {
    lua_State *L = e->L;
    hold(e, HOST_VALUE_BYTES);
    switch (lua_type(L, index)) {
    case LUA_TNIL: append_tag(e, LUABRIDGE_NIL); break;
    case LUA_TBOOLEAN: append_tag(e, lua_toboolean(L, index) ? LUABRIDGE_TRUE : LUABRIDGE_FALSE); break;
    case LUA_TNUMBER:
        if (lua_isinteger(L, index)) {
            lua_Integer integer = lua_tointeger(L, index);
            append_tagged(e, LUABRIDGE_INTEGER, &integer);
        } else {
            lua_Number number = lua_tonumber(L, index);
            append_tagged(e, LUABRIDGE_NUMBER, &number);
        }
        break;
    case LUA_TSTRING: {
        size_t count;
        const char *text = lua_tolstring(L, index, &count);
        if (!utf8_is_valid((const uint8_t *)text, count)) {
            fail(e, "a string that is not valid UTF-8 cannot be passed");
        }
        append_tag(e, LUABRIDGE_STRING);
        append_text(e, text, count);
        break;
    }
    case LUA_TTABLE: encode_table(e, index); break;
    case LUA_TFUNCTION: {
        append_tag(e, LUABRIDGE_FUNCTION);
        luabridge_handle handle = handles_anchor(L, index);
        append_u32(e, handle.slot);
        append_u32(e, handle.generation);
        break;
    }
    default: {
        if (lua_touserdata(L, index) == &NULL_VALUE) {
            append_tag(e, LUABRIDGE_NULL);
            break;
        }
        size_t count;
        const char *digits = forms_large_integer(L, index, &count);
        if (digits) {
            append_tag(e, LUABRIDGE_LARGE_INTEGER);
            append_text(e, digits, count);
            break;
        }
        char reason[64];
        snprintf(reason, sizeof reason, "a %s cannot be passed", luaL_typename(L, index));
        fail(e, reason);
    }
    }
}

/// Appends a value to the out buffer, without the count of a list. Errors name the path to the value that failed.
void encode_single(lua_State *L, int index, const char *label) {
    encoder e = {.L = L, .bridge = bridge_of(L), .label = label};
    e.path[0].item = 1;
    encode_value(&e, lua_absindex(L, index));
}

void encode_u32(luabridge *b, lua_State *L, uint32_t value) {
    if (!buffer_append(&b->out, &value, sizeof value)) luaL_error(L, "not enough memory");
}

/// Fills the out buffer with the list of the values at `first` to `last`. Commits the handles of functions among them
/// at the end. After an error, the next encoding rolls them back.
void encode_values(lua_State *L, int first, int last, const char *label) {
    luabridge *b = bridge_of(L);
    handles_roll_back(b);
    buffer_reset(&b->out);
    buffer_reset(&b->scratch);
    encode_u32(b, L, (uint32_t)(last - first + 1));
    encoder e = {.L = L, .bridge = b, .label = label};
    for (int index = first; index <= last; index++) {
        e.path[0].item = index - first + 1;
        encode_value(&e, index);
    }
    handles_commit(b);
}

BRIDGE_END
