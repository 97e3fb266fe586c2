// Functions of the standard library whose arguments decide how long their loops in C run. They work as in the reference
// manual, but count their work, so that they stop at the limits. Longer functions have their own files.
//
// Functions that pass over a string once (`tonumber`, `utf8.codepoint`, …) remain Lua's own. The memory limit bounds them,
// and the hook checks more often while large values exist (limits.c).

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

/// Replaces functions of a library.
void bounded_replace(lua_State *L, const char *library, const luaL_Reg *functions) {
    lua_getglobal(L, library);
    luaL_setfuncs(L, functions, 0);
    lua_pop(L, 1);
}

/// Returns the offset, counted from 0, of the position argument at `index` of a string function: 1 by default, negative
/// from the end. The offset can be beyond the end of the string.
size_t bounded_place(lua_State *L, int index, size_t count) {
    lua_Integer position = luaL_optinteger(L, index, 1);
    if (position > 0) return (size_t)position - 1;
    lua_Unsigned back = (lua_Unsigned)0 - (lua_Unsigned)position;
    return back == 0 || back > count ? 0 : count - (size_t)back;
}

// Strings

/// Fills `total` bytes with repetitions of their first `period` bytes.
static void repeat(lua_State *L, char *bytes, size_t period, size_t total) {
    enum { BLOCK = 1 << 16 };
    size_t filled = period;
    while (filled < total) {
        size_t count = total - filled < period ? total - filled : period;
        memcpy(bytes + filled, bytes + filled - period, count);
        limits_spend(L, count / STEP_BYTES + 1);
        filled += count;
        if (period < BLOCK) period *= 2;
    }
}

static int string_rep(lua_State *L) {
    size_t count, separator_count;
    const char *text = luaL_checklstring(L, 1, &count);
    lua_Integer times = luaL_checkinteger(L, 2);
    const char *separator = luaL_optlstring(L, 3, "", &separator_count);
    size_t period = count + separator_count;
    if (times <= 0 || period == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if (period > (size_t)(INT_MAX / times)) return luaL_error(L, "resulting string too large");
    size_t total = period * (size_t)times - separator_count;
    luaL_Buffer result;
    char *bytes = luaL_buffinitsize(L, &result, total);
    memcpy(bytes, text, count);
    if (times > 1) {
        memcpy(bytes + count, separator, separator_count);
        repeat(L, bytes, period, total);
    }
    luaL_pushresultsize(&result, total);
    return 1;
}

typedef enum { LOWER, UPPER, REVERSE } change;

/// Changes the bytes from `start` to `end` of a text of `count` bytes. Only ASCII letters change, in every locale.
static void change_bytes(change change, char *to, const char *text, size_t count, size_t start, size_t end) {
    switch (change) {
    case LOWER:
        for (size_t i = start; i < end; i++) {
            bool is_upper = text[i] >= 'A' && text[i] <= 'Z';
            to[i] = (char)(text[i] + (is_upper ? 'a' - 'A' : 0));
        }
        break;
    case UPPER:
        for (size_t i = start; i < end; i++) {
            bool is_lower = text[i] >= 'a' && text[i] <= 'z';
            to[i] = (char)(text[i] - (is_lower ? 'a' - 'A' : 0));
        }
        break;
    case REVERSE:
        for (size_t i = start; i < end; i++) to[i] = text[count - 1 - i];
        break;
    }
}

/// Pushes the string at 1 in lower case, in upper case, or reversed, for the function of that name.
static int push_changed(lua_State *L, change change, const char *name) {
    enum { BLOCK = 4096 };
    size_t count;
    const char *text = luaL_checklstring(L, 1, &count);
    seals_check(L, 1, name);
    luaL_Buffer result;
    char *bytes = luaL_buffinitsize(L, &result, count);
    for (size_t start = 0; start < count; start += BLOCK) {
        size_t end = count - start < BLOCK ? count : start + BLOCK;
        limits_spend(L, (end - start) / 8);
        change_bytes(change, bytes, text, count, start, end);
    }
    luaL_pushresultsize(&result, count);
    return 1;
}

static int string_lower(lua_State *L) { return push_changed(L, LOWER, "lower"); }

static int string_upper(lua_State *L) { return push_changed(L, UPPER, "upper"); }

static int string_reverse(lua_State *L) { return push_changed(L, REVERSE, "reverse"); }

static int string_char(lua_State *L) {
    int count = lua_gettop(L);
    luaL_Buffer result;
    char *bytes = luaL_buffinitsize(L, &result, (size_t)count);
    for (int i = 1; i <= count; i++) {
        limits_spend_operation(L);
        lua_Integer byte = luaL_checkinteger(L, i);
        luaL_argcheck(L, byte >= 0 && byte <= UCHAR_MAX, i, "value out of range");
        bytes[i - 1] = (char)byte;
    }
    luaL_pushresultsize(&result, (size_t)count);
    return 1;
}

// Numbers

/// Pushes the smallest argument by the order of `<`, or the largest.
static int push_extreme(lua_State *L, bool is_last) {
    int count = lua_gettop(L), best = 1;
    luaL_argcheck(L, count >= 1, 1, "value expected");
    for (int i = 2; i <= count; i++) {
        limits_spend_operation(L);
        if (is_last ? lua_compare(L, best, i, LUA_OPLT) : lua_compare(L, i, best, LUA_OPLT)) best = i;
    }
    lua_pushvalue(L, best);
    return 1;
}

static int math_max(lua_State *L) { return push_extreme(L, true); }

static int math_min(lua_State *L) { return push_extreme(L, false); }

void bounded_open(lua_State *L) {
    static const luaL_Reg STRING[] = {
        {"char", string_char}, {"lower", string_lower}, {"rep", string_rep}, {"reverse", string_reverse},
        {"upper", string_upper}, {NULL, NULL},
    };
    static const luaL_Reg MATH[] = {{"max", math_max}, {"min", math_min}, {NULL, NULL}};
    bounded_replace(L, LUA_STRLIBNAME, STRING);
    bounded_replace(L, LUA_MATHLIBNAME, MATH);
    seals_open(L);
    patterns_open(L);
    formatting_open(L);
    packing_open(L);
    tables_open(L);
    codepoints_open(L);
}

BRIDGE_END
