// Names of chunks. Lua's messages show 59 bytes of a name and can cut a character in two. So Lua gets a name that fits,
// cut between characters, and the bridge puts the full name back into text that leaves Lua.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

enum { MAXIMUM_SHOWN = LUA_IDSIZE - 1 };

static bool is_continuation(char byte) { return ((uint8_t)byte & 0xC0) == 0x80; }

static const long_name *find(const luabridge *b, const char *shown) {
    for (const long_name *name = b->long_names; name; name = name->next) {
        if (strcmp(name->shown, shown) == 0) return name;
    }
    return NULL;
}

/// Fills `shown` with a mark and the end of the name. The number in the mark distinguishes names with the same end.
static void shorten(const char *name, size_t count, uint32_t number, char shown[LUA_IDSIZE]) {
    int mark = number == 0 ? snprintf(shown, LUA_IDSIZE, "...") : snprintf(shown, LUA_IDSIZE, "..%u..", number);
    size_t room = MAXIMUM_SHOWN - (size_t)mark;
    const char *end = name + count - (count < room ? count : room);
    while (is_continuation(*end)) end += 1;
    strcpy(shown + mark, end);
}

/// Returns the name to give Lua for a chunk whose name begins with `@`; NULL if memory is short. The bridge keeps the
/// full name if it is too long for Lua.
const char *chunk_names_add(luabridge *b, const char *name, char shown[LUA_IDSIZE + 1]) {
    size_t count = strlen(name + 1);
    if (count <= MAXIMUM_SHOWN) return name;
    for (const long_name *known = b->long_names; known; known = known->next) {
        if (strcmp(known->full, name + 1) == 0) {
            shown[0] = '@';
            strcpy(shown + 1, known->shown);
            return shown;
        }
    }
    long_name *added = malloc(sizeof *added + count + 1);
    if (!added) return NULL;
    memcpy(added->full, name + 1, count + 1);
    uint32_t number = 0;
    do shorten(name + 1, count, number++, added->shown); while (find(b, added->shown));
    added->next = b->long_names;
    b->long_names = added;
    shown[0] = '@';
    strcpy(shown + 1, added->shown);
    return shown;
}

/// Returns the name to give Lua for a chunk that a script loads. It contains the script's name or text whole or not at
/// all: a shortened text could show a part of a secret, and only whole secrets are found and redacted.
const char *chunk_names_of_script(const char *name, size_t count, char shown[LUA_IDSIZE + 1]) {
    bool is_named = *name == '@' || *name == '=';
    if (is_named) return count - 1 <= MAXIMUM_SHOWN ? name : "=(load)";
    bool is_line = !memchr(name, '\n', count) && !memchr(name, 0, count);
    int made = is_line && count < MAXIMUM_SHOWN ? snprintf(shown, LUA_IDSIZE + 1, "=[string \"%s\"]", name) : -1;
    return made >= 0 && made <= LUA_IDSIZE ? shown : "=[string]";
}

/// Returns the full name of a chunk that Lua shows as `shown`.
const char *chunk_names_full(const luabridge *b, const char *shown) {
    const long_name *name = find(b, shown);
    return name ? name->full : shown;
}

/// Returns the next place in a text where a shortened name stands before a colon; NULL if there is none.
static const char *next_name(
    const luabridge *b, const char *text, const char *end, const long_name **found, size_t *count) {
    const char *first = NULL;
    for (const long_name *name = b->long_names; name; name = name->next) {
        size_t length = strlen(name->shown);
        const char *limit = first ? first : end;
        for (const char *place = text; place + length < end && place < limit; place++) {
            place = memchr(place, '.', (size_t)(limit - place));
            if (!place || place + length >= end) break;
            if (memcmp(place, name->shown, length) != 0 || place[length] != ':') continue;
            first = place;
            *found = name;
            *count = length;
            break;
        }
    }
    return first;
}

/// Replaces shortened names of chunks by full names in the value at `index`, if it is a string.
void chunk_names_restore(lua_State *L, int index) {
    luabridge *b = bridge_of(L);
    if (!b->long_names || lua_type(L, index) != LUA_TSTRING) return;
    index = lua_absindex(L, index);
    size_t count, length;
    const char *text = lua_tolstring(L, index, &count), *end = text + count;
    limits_spend(L, count / STEP_BYTES);
    const long_name *name;
    const char *place = next_name(b, text, end, &name, &length);
    if (!place) return;
    luaL_checkstack(L, LUA_MINSTACK, NULL);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    for (; place; place = next_name(b, text, end, &name, &length)) {
        limits_spend(L, (size_t)(place - text) / STEP_BYTES + 1);
        luaL_addlstring(&result, text, (size_t)(place - text));
        luaL_addstring(&result, name->full);
        text = place + length;
    }
    luaL_addlstring(&result, text, (size_t)(end - text));
    luaL_pushresult(&result);
    lua_replace(L, index);
}

void chunk_names_close(luabridge *b) {
    while (b->long_names) {
        long_name *name = b->long_names;
        b->long_names = name->next;
        free(name);
    }
}

BRIDGE_END
