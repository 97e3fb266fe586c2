// The contents of tables as text for people: what `print` shows, and functions of the host that take text.
//
// No Lua code runs meanwhile (access is raw), so a table cannot change during the walk. Keys are in the order of `pairs`.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

enum {
    // Bytes of a line up to which a table is written in one line.
    LINE_BYTES = 76,
    // Nested tables; deeper ones are written as `{…}`.
    MAXIMUM_DUMP_DEPTH = 16,
    // Bytes of the text; the rest is cut.
    MAXIMUM_DUMP = 1 << 20,
    // Bytes of an item up to which several items of a list share a line.
    LONGEST_FILLED = 24,
    SPACES = 4,
};

static const char CUT[] = "… (cut at 1 MiB)";
static const char HIDDEN[] = "{…}";

typedef struct {
    lua_State *L;
    buffer *out;
    size_t end;       // bytes of `out` that the text may have
    bool is_flat;     // whether the line may not end
    bool is_full;     // whether text was left out
    size_t line;      // place in `out` where the line starts
    int depth;
    const void *open[MAXIMUM_DUMP_DEPTH];   // the tables around, to find cycles
} dumper;

static void put(dumper *d, const char *text, size_t count) {
    limits_spend(d->L, count / STEP_BYTES + 1);
    if (d->is_full) return;
    if (d->out->count + count > d->end) {
        d->is_full = true;
        return;
    }
    if (!buffer_append(d->out, text, count)) luaL_error(d->L, "not enough memory");
}

static void put_text(dumper *d, const char *text) { put(d, text, strlen(text)); }

/// Whether a byte stands for itself in a quoted text; bytes beyond ASCII do if the text is UTF-8.
static bool is_plain(unsigned char byte, bool is_utf8) {
    return byte >= 128 ? is_utf8 : byte >= ' ' && byte != '"' && byte != '\\' && byte != 127;
}

static void put_quoted(dumper *d, const char *text, size_t count) {
    bool is_utf8 = utf8_is_valid((const uint8_t *)text, count);
    limits_spend(d->L, count / STEP_BYTES);
    put_text(d, "\"");
    for (const char *end = text + count; text < end && !d->is_full;) {
        const char *next = text;
        while (next < end && is_plain((unsigned char)*next, is_utf8)) next += 1;
        put(d, text, (size_t)(next - text));
        if (next == end) break;
        unsigned char byte = (unsigned char)*next;
        char escaped[5] = {'\\', *next, 0};
        if (byte == '\n') escaped[1] = 'n';
        else if (byte == '\t') escaped[1] = 't';
        else if (byte == '\r') escaped[1] = 'r';
        else if (byte != '"' && byte != '\\') {
            escaped[1] = (char)('0' + byte / 100);
            escaped[2] = (char)('0' + byte / 10 % 10);
            escaped[3] = (char)('0' + byte % 10);
        }
        put_text(d, escaped);
        text = next + 1;
    }
    put_text(d, "\"");
}

static bool is_name(const char *text, size_t count) {
    static const char *const WORDS[] = {
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
        "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
    };
    if (count == 0 || count > MAXIMUM_NAME || (*text >= '0' && *text <= '9')) return false;
    for (size_t i = 0; i < count; i++) {
        char c = text[i];
        if (c != '_' && !(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z')) return false;
    }
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        if (strlen(WORDS[i]) == count && memcmp(WORDS[i], text, count) == 0) return false;
    }
    return true;
}

static void put_line(dumper *d) {
    static const char BLANKS[MAXIMUM_DUMP_DEPTH * SPACES + 1] =
        "                                                                ";
    put_text(d, "\n");
    d->line = d->out->count;
    put(d, BLANKS, (size_t)(d->depth * SPACES));
}

static void put_value(dumper *d, int index);

static void put_key(dumper *d, int index) {
    size_t count;
    const char *text = lua_type(d->L, index) == LUA_TSTRING ? lua_tolstring(d->L, index, &count) : NULL;
    if (text && is_name(text, count)) {
        put(d, text, count);
    } else {
        put_text(d, "[");
        put_value(d, index);
        put_text(d, "]");
    }
    put_text(d, " = ");
}

/// Whether the value is a number, a boolean or a short string.
static bool is_short(lua_State *L, int index) {
    int type = lua_type(L, index);
    return type == LUA_TNUMBER || type == LUA_TBOOLEAN || (type == LUA_TSTRING && lua_rawlen(L, index) < LONGEST_FILLED);
}

/// Writes a short item of a list in this line, if it fits. Returns whether it did.
static bool put_beside(dumper *d, int index) {
    size_t start = d->out->count;
    put_text(d, " ");
    put_value(d, index);
    if (d->out->count - d->line < LINE_BYTES) return true;
    d->out->count = start;
    return false;
}

/// Writes the members of a table, with its braces.
static void put_members(dumper *d, int table, bool is_array) {
    lua_State *L = d->L;
    bool is_first = true, is_after_short = false;
    put_text(d, "{");
    d->depth += 1;
    lua_pushcfunction(L, iteration_raw_pairs);
    lua_pushvalue(L, table);
    lua_call(L, 1, 1);
    int iterator = lua_gettop(L);
    lua_pushnil(L);
    while (!d->is_full) {
        lua_pushvalue(L, iterator);
        lua_insert(L, -2);
        lua_pushvalue(L, table);
        lua_insert(L, -2);
        lua_call(L, 2, 2);
        if (lua_isnil(L, -2)) break;
        bool may_share = is_after_short;
        is_after_short = is_array && !d->is_flat && is_short(L, -1);
        if (!is_first) put_text(d, ",");
        is_first = false;
        if (!may_share || !is_after_short || !put_beside(d, iterator + 2)) {
            if (d->is_flat) put_text(d, " ");
            if (!d->is_flat) put_line(d);
            if (!is_array) put_key(d, iterator + 1);
            put_value(d, iterator + 2);
        }
        lua_settop(L, iterator + 1);
    }
    lua_settop(L, iterator - 1);
    d->depth -= 1;
    put_text(d, d->is_flat ? " " : ",");
    if (!d->is_flat) put_line(d);
    put_text(d, "}");
}

static void put_table(dumper *d, int table) {
    lua_State *L = d->L;
    const void *self = lua_topointer(L, table);
    bool is_hidden = d->depth == MAXIMUM_DUMP_DEPTH;
    for (int i = 0; i < d->depth; i++) is_hidden = is_hidden || d->open[i] == self;
    if (is_hidden) return put_text(d, HIDDEN);
    luaL_checkstack(L, 12, NULL);
    d->open[d->depth] = self;
    lua_Integer count;
    bool is_array = iteration_is_array(L, table, &count);
    if (count == 0) return put_text(d, "{}");
    if (d->is_flat) return put_members(d, table, is_array);
    // First try to write it in the rest of this line.
    size_t start = d->out->count, end = d->end;
    d->end = d->line + LINE_BYTES < end ? d->line + LINE_BYTES : end;
    if (d->end < start) d->end = start;
    d->is_flat = true;
    put_members(d, table, is_array);
    d->is_flat = false;
    d->end = end;
    if (!d->is_full) return;
    d->is_full = false;
    d->out->count = start;
    put_members(d, table, is_array);
}

static void put_value(dumper *d, int index) {
    lua_State *L = d->L;
    size_t count;
    const char *text;
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        text = lua_tolstring(L, index, &count);
        return put_quoted(d, text, count);
    case LUA_TTABLE: return put_table(d, index);
    case LUA_TLIGHTUSERDATA: return put_text(d, "null");
    case LUA_TNIL:
    case LUA_TBOOLEAN:
    case LUA_TNUMBER:
        text = luaL_tolstring(L, index, &count);
        put(d, text, count);
        return lua_pop(L, 1);
    default:
        text = forms_large_integer(L, index, &count);
        if (text) return put(d, text, count);
        return put_text(d, luaL_typename(L, index));
    }
}

/// Pushes the contents of the table at `index` as text. A text that becomes too long is cut, and says so.
void dump_push_text(lua_State *L, int index) {
    index = lua_absindex(L, index);
    buffer *out = &bridge_of(L)->out;
    buffer_reset(out);
    dumper dumper = {.L = L, .out = out, .end = MAXIMUM_DUMP};
    put_table(&dumper, index);
    if (dumper.is_full) {
        dumper.is_full = false;
        dumper.end += sizeof CUT;
        put_text(&dumper, CUT);
    }
    limits_check_room(L, out->count);
    lua_pushlstring(L, (const char *)out->bytes, out->count);
    buffer_reset(out);
}

BRIDGE_END
