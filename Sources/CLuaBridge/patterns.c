// `string.find`, `match`, `gmatch` and `gsub` as in the reference manual, with a matcher that stops at the limits.

#include <string.h>

#include "matching.h"

BRIDGE_BEGIN

/// Makes a matcher for the pattern at `index` and pushes it as a userdata.
static matcher *push_matcher(lua_State *L, int index, bool has_anchor) {
    size_t count;
    const char *pattern = lua_tolstring(L, index, &count);
    matcher *m = lua_newuserdatauv(L, matching_size(count), 0);
    matching_compile(m, L, pattern + has_anchor, count - has_anchor);
    return m;
}

/// Returns the next match from `start` on, or only at `start` if the pattern has an anchor; NULL if there is none.
static const char *find_match(matcher *m, const char *start, bool has_anchor, const char **end) {
    if (has_anchor) {
        *end = matching_match(m, start);
    } else {
        start = matching_search(m, start, end);
    }
    matching_pause(m);
    return start && *end ? start : NULL;
}

// Captures

/// Returns the text of a capture and sets `count`. For a position capture, returns NULL and sets `position`.
static const char *capture(
    matcher *m, uint32_t index, const char *start, const char *end, size_t *count, lua_Integer *position) {
    if (index >= m->captures) {
        if (index != 0) luaL_error(m->L, "invalid capture index %%%d", (int)index + 1);
        *count = (size_t)(end - start);   // without captures, the whole match is the first capture
        return start;
    }
    if (m->open >> index & 1) luaL_error(m->L, "unfinished capture");
    const char *text = m->capture[index].start;
    if (m->positions >> index & 1) {
        *position = text - m->subject + 1;
        return NULL;
    }
    *count = (size_t)(m->capture[index].end - text);
    return text;
}

static void push_capture(matcher *m, uint32_t index, const char *start, const char *end) {
    size_t count = 0;
    lua_Integer position = 0;
    const char *text = capture(m, index, start, end, &count, &position);
    if (text) {
        lua_pushlstring(m->L, text, count);
    } else {
        lua_pushinteger(m->L, position);
    }
}

/// Pushes all captures and returns their number.
static int push_captures(matcher *m, const char *start, const char *end) {
    luaL_checkstack(m->L, MAXIMUM_CAPTURES, "too many captures");
    for (uint32_t i = 0; i < m->captures; i++) push_capture(m, i, start, end);
    return (int)m->captures;
}

static int push_match(matcher *m, const char *start, const char *end) {
    if (m->captures > 0) return push_captures(m, start, end);
    lua_pushlstring(m->L, start, (size_t)(end - start));
    return 1;
}

// Finding

/// Whether the pattern has no special bytes, so that `find` can search for it as plain text.
static bool is_plain(const char *pattern, size_t count) {
    for (size_t i = 0; i < count; i++) {
        switch (pattern[i]) {
        case '^':
        case '$':
        case '*':
        case '+':
        case '?':
        case '.':
        case '(':
        case '[':
        case '%':
        case '-': return false;
        }
    }
    return true;
}

static int push_place(lua_State *L, const char *subject, const char *start, size_t count) {
    lua_pushinteger(L, start - subject + 1);
    lua_pushinteger(L, start - subject + (lua_Integer)count);
    return 2;
}

/// Searches the string at 1 for the pattern at 2, from the position at 3 on, and pushes the results.
static int search(lua_State *L, bool wants_place) {
    size_t count, pattern_count;
    const char *subject = luaL_checklstring(L, 1, &count);
    const char *pattern = luaL_checklstring(L, 2, &pattern_count);
    seals_check(L, 1, wants_place ? "find" : "match");
    size_t place = bounded_place(L, 3, count);
    if (place > count) {
        lua_pushnil(L);
        return 1;
    }
    const char *start = subject + place;
    if (wants_place && (lua_toboolean(L, 4) || is_plain(pattern, pattern_count))) {
        start = matching_find(L, start, count - place, pattern, pattern_count);
        if (start) return push_place(L, subject, start, pattern_count);
        lua_pushnil(L);
        return 1;
    }
    short_matcher room;
    matcher *m = &room.matcher;
    bool has_anchor = pattern_count > 0 && *pattern == '^';
    if (pattern_count <= SHORT_PATTERN) {
        matching_compile(m, L, pattern + has_anchor, pattern_count - has_anchor);
    } else {
        m = push_matcher(L, 2, has_anchor);
    }
    matching_begin(m, L, subject, count);
    const char *end;
    start = find_match(m, start, has_anchor, &end);
    if (!start) {
        lua_pushnil(L);
        return 1;
    }
    if (!wants_place) return push_match(m, start, end);
    push_place(L, subject, start, (size_t)(end - start));
    return 2 + push_captures(m, start, end);
}

static int string_find(lua_State *L) { return search(L, true); }

static int string_match(lua_State *L) { return search(L, false); }

// Going through all matches

/// Upvalues: subject, pattern, matcher, place to continue from, end of the last match (−1 at first).
static int next_match(lua_State *L) {
    size_t count;
    const char *subject = lua_tolstring(L, lua_upvalueindex(1), &count);
    matcher *m = lua_touserdata(L, lua_upvalueindex(3));
    size_t place = (size_t)lua_tointeger(L, lua_upvalueindex(4));
    lua_Integer last = lua_tointeger(L, lua_upvalueindex(5));
    matching_begin(m, L, subject, count);
    while (place <= count) {
        const char *end, *start = find_match(m, subject + place, false, &end);
        if (!start) break;
        place = (size_t)(start - subject) + 1;
        if (end - subject == last) continue;   // an empty match right after the last match
        lua_pushinteger(L, end - subject);
        lua_copy(L, -1, lua_upvalueindex(4));
        lua_replace(L, lua_upvalueindex(5));
        return push_match(m, start, end);
    }
    return 0;
}

static int string_gmatch(lua_State *L) {
    size_t count;
    luaL_checklstring(L, 1, &count);
    luaL_checkstring(L, 2);
    seals_check(L, 1, "gmatch");
    size_t place = bounded_place(L, 3, count);
    lua_settop(L, 2);
    push_matcher(L, 2, false);
    lua_pushinteger(L, (lua_Integer)(place > count ? count + 1 : place));
    lua_pushinteger(L, -1);
    lua_pushcclosure(L, next_match, 5);
    return 1;
}

// Replacing

/// Appends the replacement string at 3 for a match.
static void add_text(matcher *m, luaL_Buffer *result, const char *start, const char *end) {
    size_t count;
    const char *text = lua_tolstring(m->L, 3, &count);
    const char *stop = text + count;
    for (;;) {
        const char *escape = memchr(text, '%', (size_t)(stop - text));
        luaL_addlstring(result, text, (size_t)((escape ? escape : stop) - text));
        if (!escape) return;
        limits_spend(m->L, 1);
        char kind = escape + 1 < stop ? escape[1] : 0;
        if (kind == '%') {
            luaL_addchar(result, '%');
        } else if (kind == '0') {
            luaL_addlstring(result, start, (size_t)(end - start));
        } else if (kind >= '1' && kind <= '9') {
            size_t length;
            lua_Integer position;
            const char *held = capture(m, (uint32_t)(kind - '1'), start, end, &length, &position);
            if (held) {
                luaL_addlstring(result, held, length);
            } else {
                lua_pushinteger(m->L, position);
                luaL_addvalue(result);
            }
        } else {
            luaL_error(m->L, "invalid use of '%%' in replacement string");
        }
        text = escape + 2;
    }
}

/// Appends the replacement that the table or function at 3 returns for a match.
static void add_result(matcher *m, luaL_Buffer *result, const char *start, const char *end) {
    lua_State *L = m->L;
    limits_spend_operation(L);
    if (lua_type(L, 3) == LUA_TTABLE) {
        push_capture(m, 0, start, end);
        lua_gettable(L, 3);
    } else {
        lua_pushvalue(L, 3);
        int count = push_match(m, start, end);
        lua_call(L, count, 1);
    }
    if (!lua_toboolean(L, -1)) {
        lua_pop(L, 1);
        luaL_addlstring(result, start, (size_t)(end - start));   // nil or false: keeps the match
        return;
    }
    if (!lua_isstring(L, -1)) luaL_error(L, "invalid replacement value (a %s)", luaL_typename(L, -1));
    luaL_addvalue(result);
}

/// Replaces the first `limit` matches in the subject by the value at 3. Pushes the result and the number of matches.
static int replace(matcher *m, bool has_anchor, lua_Integer limit) {
    lua_State *L = m->L;
    bool is_text = lua_type(L, 3) == LUA_TSTRING || lua_type(L, 3) == LUA_TNUMBER;
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    const char *copied = m->subject, *next = m->subject, *last = NULL;
    lua_Integer replaced = 0;
    while (replaced < limit && next <= m->end) {
        const char *end, *start = find_match(m, next, has_anchor, &end);
        if (!start) break;
        next = start + 1;
        if (end == last) continue;   // an empty match right after the last match
        replaced += 1;
        luaL_addlstring(&result, copied, (size_t)(start - copied));
        if (is_text) {
            add_text(m, &result, start, end);
        } else {
            add_result(m, &result, start, end);
        }
        copied = next = last = end;
        if (has_anchor) break;
    }
    luaL_addlstring(&result, copied, (size_t)(m->end - copied));
    luaL_pushresult(&result);
    lua_pushinteger(L, replaced);
    return 2;
}

/// Replaces matches by a string. This calls no Lua code, so the matcher can be on the native stack. Not inlined, so
/// that the other kinds of replacement do not use that much stack.
__attribute__((noinline)) static int replace_by_text(lua_State *L, bool has_anchor, lua_Integer limit) {
    short_matcher room;
    size_t count, pattern_count;
    const char *pattern = lua_tolstring(L, 2, &pattern_count), *subject = lua_tolstring(L, 1, &count);
    matching_compile(&room.matcher, L, pattern + has_anchor, pattern_count - has_anchor);
    matching_begin(&room.matcher, L, subject, count);
    return replace(&room.matcher, has_anchor, limit);
}

static int string_gsub(lua_State *L) {
    size_t count, pattern_count;
    const char *subject = luaL_checklstring(L, 1, &count);
    const char *pattern = luaL_checklstring(L, 2, &pattern_count);
    seals_check(L, 1, "gsub");
    int type = lua_type(L, 3);
    bool is_text = type == LUA_TNUMBER || type == LUA_TSTRING;
    lua_Integer limit = luaL_optinteger(L, 4, (lua_Integer)count + 1);
    luaL_argexpected(L, is_text || type == LUA_TTABLE || type == LUA_TFUNCTION, 3, "string/function/table");
    bool has_anchor = pattern_count > 0 && *pattern == '^';
    lua_settop(L, 3);
    if (is_text && pattern_count <= SHORT_PATTERN) return replace_by_text(L, has_anchor, limit);
    matcher *m = push_matcher(L, 2, has_anchor);
    matching_begin(m, L, subject, count);
    return replace(m, has_anchor, limit);
}

void patterns_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"find", string_find}, {"gmatch", string_gmatch}, {"gsub", string_gsub}, {"match", string_match}, {NULL, NULL},
    };
    bounded_replace(L, LUA_STRLIBNAME, FUNCTIONS);
}

BRIDGE_END
