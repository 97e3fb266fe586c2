// `string.format` as in the reference manual, with two differences: `%s` shows the serial number of a table instead of
// its address, and `%p` does not exist. Addresses differ from run to run.

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

enum {
    // Bytes between `%` and the letter: more than five flags, width, point and precision need.
    MAXIMUM_MODIFIERS = 20,
    // Without a precision, a string of this many bytes is neither cut nor padded: a width has at most two digits.
    LONGEST_FILLED_TEXT = 100,
    // Bytes of a formatted value: a number with 309 digits before the point and 99 after it, and some more.
    LONGEST_VALUE = 512,
};

/// A `%…` of a format, as snprintf takes it, with room for the `ll` of integers.
typedef struct {
    char text[1 + MAXIMUM_MODIFIERS + 2 + 1 + 1];
    size_t count;
    char letter;
} directive;

/// Reads the directive after the `%` before `next`. Returns the place after the directive.
static const char *read_directive(lua_State *L, const char *next, directive *directive) {
    size_t modifiers = strspn(next, "-+ #0123456789.");
    if (modifiers > MAXIMUM_MODIFIERS) luaL_error(L, "invalid format (too long)");
    directive->text[0] = '%';
    memcpy(directive->text + 1, next, modifiers + 1);   // the letter may be the NUL at the end
    directive->count = modifiers + 2;
    directive->text[directive->count] = 0;
    directive->letter = next[modifiers];
    return next + modifiers + 1;
}

static const char *skip_two_digits(const char *text) {
    for (int i = 0; i < 2 && *text >= '0' && *text <= '9'; i++) text += 1;
    return text;
}

/// Raises if a directive has other flags, or a precision that is not allowed: such modifiers are undefined in C.
static void check_modifiers(lua_State *L, const directive *directive, const char *flags, bool has_precision) {
    const char *rest = directive->text + 1 + strspn(directive->text + 1, flags);
    bool has_zero = *rest == '0';   // a flag that is not allowed, since no width begins with 0
    rest = skip_two_digits(rest);
    if (*rest == '.' && has_precision) rest = skip_two_digits(rest + 1);
    if (has_zero || rest != directive->text + directive->count - 1) {
        luaL_error(L, "invalid conversion specification: '%s'", directive->text);
    }
}

static void add_integer(
    lua_State *L, luaL_Buffer *result, directive *directive, const char *flags, int argument) {
    lua_Integer value = luaL_checkinteger(L, argument);
    check_modifiers(L, directive, flags, true);
    char *letter = directive->text + directive->count - 1;
    memcpy(letter, (char[]){'l', 'l', directive->letter, 0}, 4);
    char *room = luaL_prepbuffsize(result, LONGEST_VALUE);
    luaL_addsize(result, (size_t)snprintf(room, LONGEST_VALUE, directive->text, (long long)value));
}

static void add_number(lua_State *L, luaL_Buffer *result, const directive *directive, int argument) {
    lua_Number value = luaL_checknumber(L, argument);
    check_modifiers(L, directive, "-+ #0", true);
    char *room = luaL_prepbuffsize(result, LONGEST_VALUE);
    luaL_addsize(result, (size_t)snprintf(room, LONGEST_VALUE, directive->text, value));
}

static void add_byte(lua_State *L, luaL_Buffer *result, const directive *directive, int argument) {
    check_modifiers(L, directive, "-", false);
    int value = (int)luaL_checkinteger(L, argument);
    char *room = luaL_prepbuffsize(result, LONGEST_VALUE);
    luaL_addsize(result, (size_t)snprintf(room, LONGEST_VALUE, directive->text, value));
}

static void add_text(lua_State *L, luaL_Buffer *result, const directive *directive, int argument) {
    library_push_text(L, argument);
    lua_replace(L, argument);
    size_t count;
    const char *text = lua_tolstring(L, argument, &count);
    bool is_bare = directive->count == 2;
    if (!is_bare) {
        seals_check(L, argument, "format with a width");
        luaL_argcheck(L, count == strlen(text), argument, "string contains zeros");
        check_modifiers(L, directive, "-", true);
        is_bare = count >= LONGEST_FILLED_TEXT && !strchr(directive->text, '.');
    }
    if (is_bare) {
        luaL_addlstring(result, text, count);
        return;
    }
    char *room = luaL_prepbuffsize(result, LONGEST_VALUE);
    luaL_addsize(result, (size_t)snprintf(room, LONGEST_VALUE, directive->text, text));
}

static void add_quoted_text(lua_State *L, luaL_Buffer *result, int argument) {
    size_t count;
    const char *text = lua_tolstring(L, argument, &count);
    seals_check(L, argument, "format with %q");
    luaL_addchar(result, '"');
    for (size_t i = 0; i < count; i++) {
        char byte = text[i];
        limits_spend(L, 1);
        if (byte == '"' || byte == '\\' || byte == '\n') {
            luaL_addchar(result, '\\');
            luaL_addchar(result, byte);
        } else if ((uint8_t)byte < ' ' || byte == '\x7F') {
            bool has_digit = text[i + 1] >= '0' && text[i + 1] <= '9';   // must not become part of the number
            char *room = luaL_prepbuffsize(result, LONGEST_VALUE);
            luaL_addsize(result, (size_t)snprintf(room, LONGEST_VALUE, has_digit ? "\\%03d" : "\\%d", byte));
        } else {
            luaL_addchar(result, byte);
        }
    }
    luaL_addchar(result, '"');
}

/// Appends a number in a form from which Lua reads exactly the same number.
static void add_exact_number(lua_State *L, luaL_Buffer *result, int argument) {
    char *room = luaL_prepbuffsize(result, LONGEST_VALUE);
    int count;
    if (lua_isinteger(L, argument)) {
        lua_Integer value = lua_tointeger(L, argument);
        const char *form = value == LUA_MININTEGER ? "0x%llx" : "%lld";   // Lua reads its decimal digits as a float
        count = snprintf(room, LONGEST_VALUE, form, (long long)value);
    } else {
        lua_Number value = lua_tonumber(L, argument);
        if (isnan(value)) {
            count = snprintf(room, LONGEST_VALUE, "(0/0)");
        } else if (isinf(value)) {
            count = snprintf(room, LONGEST_VALUE, value > 0 ? "1e9999" : "-1e9999");
        } else {
            count = snprintf(room, LONGEST_VALUE, "%a", value);
        }
    }
    luaL_addsize(result, (size_t)count);
}

/// `%q`: appends a literal that Lua reads as the same value.
static void add_quoted(lua_State *L, luaL_Buffer *result, const directive *directive, int argument) {
    if (directive->count != 2) luaL_error(L, "specifier '%%q' cannot have modifiers");
    switch (lua_type(L, argument)) {
    case LUA_TSTRING: add_quoted_text(L, result, argument); break;
    case LUA_TNUMBER: add_exact_number(L, result, argument); break;
    case LUA_TNIL:
    case LUA_TBOOLEAN: add_text(L, result, directive, argument); break;
    default: luaL_argerror(L, argument, "value has no literal form");
    }
}

static void add_value(lua_State *L, luaL_Buffer *result, directive *directive, int argument) {
    switch (directive->letter) {
    case 'c': add_byte(L, result, directive, argument); break;
    case 'd':
    case 'i': add_integer(L, result, directive, "-+ 0", argument); break;
    case 'u': add_integer(L, result, directive, "-0", argument); break;
    case 'o':
    case 'x':
    case 'X': add_integer(L, result, directive, "-#0", argument); break;
    case 'a':
    case 'A':
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G': add_number(L, result, directive, argument); break;
    case 'p': luaL_error(L, "string.format has no '%%p': addresses differ from run to run"); break;
    case 'q': add_quoted(L, result, directive, argument); break;
    case 's': add_text(L, result, directive, argument); break;
    default: luaL_error(L, "invalid conversion '%s' to 'format'", directive->text);
    }
}

static int string_format(lua_State *L) {
    size_t count;
    const char *next = luaL_checklstring(L, 1, &count), *end = next + count;
    int argument = 1, last = lua_gettop(L);
    luaL_Buffer result;
    luaL_buffinit(L, &result);
    while (next < end) {
        limits_spend_operation(L);
        const char *mark = memchr(next, '%', (size_t)(end - next));
        luaL_addlstring(&result, next, (size_t)((mark ? mark : end) - next));
        if (!mark) break;
        next = mark + 1;
        if (*next == '%') {
            luaL_addchar(&result, '%');
            next += 1;
            continue;
        }
        argument += 1;
        if (argument > last) return luaL_argerror(L, argument, "no value");
        directive directive;
        next = read_directive(L, next, &directive);
        add_value(L, &result, &directive, argument);
    }
    luaL_pushresult(&result);
    return 1;
}

void formatting_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {{"format", string_format}, {NULL, NULL}};
    bounded_replace(L, LUA_STRLIBNAME, FUNCTIONS);
}

BRIDGE_END
