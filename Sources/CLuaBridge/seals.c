// Seals: texts that stand for secrets of the host. Scripts pass seals on and join them with other texts. A function that
// looks into a text, cuts it or changes it, raises an error if the text has a seal: its result would be wrong.
//
// A seal has the mark, 32 hexadecimal digits and the end mark (LUABRIDGE_SEAL_…). It tells nothing of the secret, so that
// a script which takes it apart all the same learns nothing.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

static bool is_digit(char byte) { return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f'); }

static bool is_seal(const char *text) {
    enum { MARK = sizeof LUABRIDGE_SEAL_MARK - 1 };
    if (memcmp(text, LUABRIDGE_SEAL_MARK, MARK) != 0) return false;
    for (int i = 0; i < LUABRIDGE_SEAL_DIGITS; i++) {
        if (!is_digit(text[MARK + i])) return false;
    }
    return memcmp(text + MARK + LUABRIDGE_SEAL_DIGITS, LUABRIDGE_SEAL_END, sizeof LUABRIDGE_SEAL_END - 1) == 0;
}

const char *luabridge_find_seal(const char *text, size_t count) {
    while (count >= LUABRIDGE_SEAL_BYTES) {
        const char *mark = memchr(text, LUABRIDGE_SEAL_MARK[0], count - LUABRIDGE_SEAL_BYTES + 1);
        if (!mark) return NULL;
        if (is_seal(mark)) return mark;
        count -= (size_t)(mark + 1 - text);
        text = mark + 1;
    }
    return NULL;
}

/// Notes whether a text from the host has a seal: until one has, scripts have none.
void seals_note(luabridge *b, const char *text, size_t count) {
    if (!b->has_seals && luabridge_find_seal(text, count)) b->has_seals = true;
}

/// Raises if the bytes from `start` to `end` of the string at `index` have a seal, or a part of one.
static void check_range(lua_State *L, int index, size_t start, size_t end, const char *function) {
    if (!bridge_of(L)->has_seals) return;
    size_t count;
    const char *text = lua_tolstring(L, index, &count);
    if (!text || start >= end) return;
    size_t first = start < LUABRIDGE_SEAL_BYTES ? 0 : start - LUABRIDGE_SEAL_BYTES + 1;
    size_t last = count - end < LUABRIDGE_SEAL_BYTES ? count : end + LUABRIDGE_SEAL_BYTES - 1;
    limits_spend(L, (last - first) / STEP_BYTES);
    if (luabridge_find_seal(text + first, last - first)) {
        luaL_error(
            L, "string.%s cannot look into a secret: pass it on as it is, join it with '..', or read it with reveal()",
            function);
    }
}

/// Raises if the value at `index` is a string with a seal.
void seals_check(lua_State *L, int index, const char *function) {
    if (!bridge_of(L)->has_seals || lua_type(L, index) != LUA_TSTRING) return;
    check_range(L, index, 0, lua_rawlen(L, index), function);
}

/// Returns the start of a range, from 1, for a position argument.
static size_t range_start(lua_Integer position, size_t count) {
    if (position > 0) return (size_t)position;
    if (position == 0 || position < -(lua_Integer)count) return 1;
    return count + (size_t)position + 1;
}

/// Returns the end of a range, which belongs to it, for a position argument.
static size_t range_end(lua_Integer position, size_t count) {
    if (position > (lua_Integer)count) return count;
    if (position >= 0) return (size_t)position;
    return position < -(lua_Integer)count ? 0 : count + (size_t)position + 1;
}

static int string_sub(lua_State *L) {
    size_t count;
    const char *text = luaL_checklstring(L, 1, &count);
    size_t start = range_start(luaL_checkinteger(L, 2), count), end = range_end(luaL_optinteger(L, 3, -1), count);
    if (start > end) {
        lua_pushliteral(L, "");
        return 1;
    }
    check_range(L, 1, start - 1, end, "sub");
    lua_pushlstring(L, text + start - 1, end - start + 1);
    return 1;
}

static int string_byte(lua_State *L) {
    size_t count;
    const char *text = luaL_checklstring(L, 1, &count);
    lua_Integer position = luaL_optinteger(L, 2, 1);
    size_t start = range_start(position, count), end = range_end(luaL_optinteger(L, 3, position), count);
    if (start > end) return 0;
    check_range(L, 1, start - 1, end, "byte");
    if (end - start >= INT_MAX) return luaL_error(L, "string slice too long");
    int bytes = (int)(end - start) + 1;
    luaL_checkstack(L, bytes, "string slice too long");
    for (int i = 0; i < bytes; i++) lua_pushinteger(L, (unsigned char)text[start - 1 + (size_t)i]);
    return bytes;
}

static int string_len(lua_State *L) {
    size_t count;
    luaL_checklstring(L, 1, &count);
    seals_check(L, 1, "len");
    lua_pushinteger(L, (lua_Integer)count);
    return 1;
}

void seals_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {{"byte", string_byte}, {"len", string_len}, {"sub", string_sub}, {NULL, NULL}};
    bounded_replace(L, LUA_STRLIBNAME, FUNCTIONS);
}

BRIDGE_END
