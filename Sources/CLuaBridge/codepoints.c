// `utf8.char`, `len` and `offset` as in the reference manual.

#include "bridge.h"

BRIDGE_BEGIN

enum { MAXIMUM_SEQUENCE = 6, MAXIMUM_CODE_POINT = 0x10FFFF };

/// The smallest code point of each length in bytes.
static const uint32_t LEAST[MAXIMUM_SEQUENCE + 1] = {0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};

static bool is_continuation(char byte) { return ((uint8_t)byte & 0xC0) == 0x80; }

/// Converts a position to a position from the start. A negative position counts from the end; it becomes 0 if it is
/// before the start.
static lua_Integer from_start(lua_Integer position, size_t count) {
    if (position >= 0) return position;
    return (lua_Unsigned)0 - (lua_Unsigned)position > count ? 0 : (lua_Integer)count + position + 1;
}

/// Returns the length of a sequence with this lead byte; 0 if the byte is no lead byte.
static size_t announced_bytes(uint8_t lead) {
    if (lead < 0x80) return 1;
    if (lead < 0xC0) return 0;
    size_t count = 2;
    while (count <= MAXIMUM_SEQUENCE && lead >> (7 - count) & 1) count += 1;
    return count <= MAXIMUM_SEQUENCE ? count : 0;
}

/// Returns the length of the sequence at `text`; 0 if it is not valid. Lax sequences include surrogates and code points
/// up to 2^31.
static size_t sequence_bytes(const char *text, size_t count, bool is_lax) {
    size_t bytes = announced_bytes((uint8_t)*text);
    if (bytes == 1) return 1;
    if (bytes == 0 || bytes > count) return 0;
    uint32_t code = (uint8_t)*text & (0x7Fu >> bytes);
    for (size_t i = 1; i < bytes; i++) {
        if (!is_continuation(text[i])) return 0;
        code = code << 6 | ((uint8_t)text[i] & 0x3F);
    }
    if (code < LEAST[bytes]) return 0;   // overlong
    bool is_scalar = code <= MAXIMUM_CODE_POINT && (code < 0xD800 || code > 0xDFFF);
    return is_lax || is_scalar ? bytes : 0;
}

static int utf8_len(lua_State *L) {
    size_t count;
    const char *text = luaL_checklstring(L, 1, &count);
    lua_Integer first = from_start(luaL_optinteger(L, 2, 1), count);
    lua_Integer last = from_start(luaL_optinteger(L, 3, -1), count);
    bool is_lax = lua_toboolean(L, 4);
    luaL_argcheck(L, first >= 1 && first - 1 <= (lua_Integer)count, 2, "initial position out of bounds");
    luaL_argcheck(L, last <= (lua_Integer)count, 3, "final position out of bounds");
    lua_Integer found = 0, place = first - 1;
    while (place < last) {
        limits_spend(L, 1);
        size_t bytes = sequence_bytes(text + place, count - (size_t)place, is_lax);
        if (bytes == 0) {
            lua_pushnil(L);
            lua_pushinteger(L, place + 1);
            return 2;
        }
        place += (lua_Integer)bytes;
        found += 1;
    }
    lua_pushinteger(L, found);
    return 1;
}

/// A place in a string that moves by characters.
typedef struct {
    lua_State *L;
    const char *text;
    lua_Integer count, place;
} cursor;

static bool is_inside(const cursor *c) { return c->place < c->count && is_continuation(c->text[c->place]); }

/// Moves to the next place that is not inside a character, byte by byte.
static void move(cursor *c, int direction) {
    do {
        limits_spend(c->L, 1);
        c->place += direction;
    } while (c->place > 0 && is_inside(c));
}

static int utf8_offset(lua_State *L) {
    size_t count;
    const char *text = luaL_checklstring(L, 1, &count);
    lua_Integer wanted = luaL_checkinteger(L, 2);
    lua_Integer initial = wanted >= 0 ? 1 : (lua_Integer)count + 1;
    lua_Integer position = from_start(luaL_optinteger(L, 3, initial), count);
    luaL_argcheck(L, position >= 1 && position - 1 <= (lua_Integer)count, 3, "position out of bounds");
    cursor c = {L, text, (lua_Integer)count, position - 1};
    if (wanted == 0) {   // the start of the character that contains the position
        if (c.place > 0 && is_inside(&c)) move(&c, -1);
    } else {
        if (is_inside(&c)) return luaL_error(L, "initial position is a continuation byte");
        for (; wanted < 0 && c.place > 0; wanted++) move(&c, -1);
        for (wanted -= wanted > 0; wanted > 0 && c.place < c.count; wanted--) move(&c, 1);
    }
    if (wanted == 0) {
        lua_pushinteger(L, c.place + 1);
    } else {
        lua_pushnil(L);
    }
    return 1;
}

/// `utf8.char`, for code points up to 2^31 as in Lua.
static int utf8_char(lua_State *L) {
    int count = lua_gettop(L);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (int i = 1; i <= count; i++) {
        limits_spend_operation(L);
        lua_Unsigned code = (lua_Unsigned)luaL_checkinteger(L, i);
        luaL_argcheck(L, code <= 0x7FFFFFFF, i, "value out of range");
        size_t bytes = 1;
        while (bytes < MAXIMUM_SEQUENCE && code >= LEAST[bytes + 1]) bytes += 1;
        char *text = luaL_prepbuffsize(&result, MAXIMUM_SEQUENCE);
        for (size_t place = bytes; --place > 0; code >>= 6) text[place] = (char)(0x80 | (code & 0x3F));
        text[0] = (char)(bytes == 1 ? code : (0xFF00u >> bytes & 0xFF) | code);
        luaL_addsize(&result, bytes);
    }
    luaL_pushresult(&result);
    return 1;
}

void codepoints_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"char", utf8_char}, {"len", utf8_len}, {"offset", utf8_offset}, {NULL, NULL},
    };
    bounded_replace(L, LUA_UTF8LIBNAME, FUNCTIONS);
}

BRIDGE_END
