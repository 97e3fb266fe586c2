// `string.pack`, `packsize` and `unpack` as in the reference manual, section 6.4.2.

#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

enum { MAXIMUM_INTEGER_BYTES = 16, INTEGER_BYTES = sizeof(lua_Integer) };

typedef enum {
    SIGNED,
    UNSIGNED,
    FLOATING,
    FIXED,        // `c`: a string of `size` bytes
    COUNTED,      // `s`: a string after its length in `size` bytes
    TERMINATED,   // `z`: a string and a NUL
    PADDING,      // `x`
    ALIGNMENT,    // `X`: only the padding of a field
    SETTING,      // sets how later fields are laid out
} field_kind;

typedef struct {
    field_kind kind;
    size_t size;
    size_t padding;   // bytes before the field
} field;

/// The state of reading a format.
typedef struct {
    lua_State *L;
    const char *next;
    bool is_reversed;   // the byte order is not that of the machine
    size_t alignment;   // the largest alignment
} format;

static const bool IS_LITTLE = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;

/// Reads decimal digits as long as their number fits an int. Returns `otherwise` if there are none.
static size_t read_number(format *f, size_t otherwise) {
    if (*f->next < '0' || *f->next > '9') return otherwise;
    size_t number = 0;
    while (*f->next >= '0' && *f->next <= '9' && number <= (INT_MAX - 9) / 10) {
        number = number * 10 + (size_t)(*f->next++ - '0');
    }
    return number;
}

static size_t read_size(format *f, size_t otherwise) {
    size_t size = read_number(f, otherwise);
    if (size < 1 || size > MAXIMUM_INTEGER_BYTES) {
        luaL_error(f->L, "integral size (%d) out of limits [1,%d]", (int)size, MAXIMUM_INTEGER_BYTES);
    }
    return size;
}

/// Reads an option, without the padding before it.
static field read_option(format *f) {
    char option = *f->next++;
    switch (option) {
    case 'b': return (field){SIGNED, sizeof(char), 0};
    case 'B': return (field){UNSIGNED, sizeof(char), 0};
    case 'h': return (field){SIGNED, sizeof(short), 0};
    case 'H': return (field){UNSIGNED, sizeof(short), 0};
    case 'i': return (field){SIGNED, read_size(f, sizeof(int)), 0};
    case 'I': return (field){UNSIGNED, read_size(f, sizeof(int)), 0};
    case 'l': return (field){SIGNED, sizeof(long), 0};
    case 'L': return (field){UNSIGNED, sizeof(long), 0};
    case 'j': return (field){SIGNED, sizeof(lua_Integer), 0};
    case 'J': return (field){UNSIGNED, sizeof(lua_Integer), 0};
    case 'T': return (field){UNSIGNED, sizeof(size_t), 0};
    case 'f': return (field){FLOATING, sizeof(float), 0};
    case 'd':
    case 'n': return (field){FLOATING, sizeof(double), 0};
    case 's': return (field){COUNTED, read_size(f, sizeof(size_t)), 0};
    case 'c': {
        size_t size = read_number(f, SIZE_MAX);
        if (size == SIZE_MAX) luaL_error(f->L, "missing size for format option 'c'");
        return (field){FIXED, size, 0};
    }
    case 'z': return (field){TERMINATED, 0, 0};
    case 'x': return (field){PADDING, 1, 0};
    case 'X': return (field){ALIGNMENT, 0, 0};
    case '<': f->is_reversed = !IS_LITTLE; break;
    case '>': f->is_reversed = IS_LITTLE; break;
    case '=': f->is_reversed = false; break;
    case '!': f->alignment = read_size(f, _Alignof(lua_Integer)); break;
    case ' ': break;
    default: luaL_error(f->L, "invalid format option '%c'", option);
    }
    return (field){SETTING, 0, 0};
}

/// Reads the next field, which has `offset` bytes before it.
static field read_field(format *f, size_t offset) {
    limits_spend_operation(f->L);
    field found = read_option(f);
    size_t alignment = found.size;
    if (found.kind == ALIGNMENT) {
        field model = *f->next ? read_option(f) : (field){SETTING, 0, 0};
        alignment = model.kind == FIXED ? 0 : model.size;
        luaL_argcheck(f->L, alignment > 0, 1, "invalid next option for option 'X'");
    }
    if (alignment <= 1 || found.kind == FIXED) return found;
    if (alignment > f->alignment) alignment = f->alignment;
    luaL_argcheck(f->L, (alignment & (alignment - 1)) == 0, 1, "format asks for alignment not power of 2");
    found.padding = (alignment - (offset & (alignment - 1))) & (alignment - 1);
    return found;
}

static format format_argument(lua_State *L) {
    return (format){.L = L, .next = luaL_checkstring(L, 1), .alignment = 1};
}

// Packing

static void add_zeros(lua_State *L, luaL_Buffer *result, size_t count) {
    enum { BLOCK = 4096 };
    while (count > 0) {
        size_t size = count < BLOCK ? count : BLOCK;
        memset(luaL_prepbuffsize(result, size), 0, size);
        luaL_addsize(result, size);
        limits_spend(L, size / STEP_BYTES);
        count -= size;
    }
}

/// Copies bytes, from the last to the first if the byte order is reversed.
static void copy_ordered(const format *f, char *target, const char *source, size_t count) {
    for (size_t i = 0; i < count; i++) target[i] = source[f->is_reversed ? count - 1 - i : i];
}

/// Sets `shift` to the place in bits of the byte at `i` of an integer of `size` bytes. Returns whether that is beyond a
/// lua_Integer.
static bool is_beyond(const format *f, size_t size, size_t i, size_t *shift) {
    size_t significance = IS_LITTLE != f->is_reversed ? i : size - 1 - i;
    *shift = significance * CHAR_BIT;
    return significance >= INTEGER_BYTES;
}

static void add_integer(format *f, luaL_Buffer *result, lua_Unsigned value, size_t size, bool is_negative) {
    char *room = luaL_prepbuffsize(result, MAXIMUM_INTEGER_BYTES);
    size_t shift;
    for (size_t i = 0; i < size; i++) {
        bool is_sign = is_beyond(f, size, i, &shift);
        room[i] = (char)(is_sign ? (is_negative ? 0xFF : 0) : value >> shift & 0xFF);
    }
    luaL_addsize(result, size);
}

static bool fits(lua_Unsigned value, size_t size) { return size >= INTEGER_BYTES || value >> size * CHAR_BIT == 0; }

static void pack_integer(format *f, luaL_Buffer *result, field field, int argument) {
    lua_Integer value = luaL_checkinteger(f->L, argument);
    if (field.kind == SIGNED && field.size < INTEGER_BYTES) {
        lua_Integer limit = (lua_Integer)1 << (field.size * CHAR_BIT - 1);
        luaL_argcheck(f->L, -limit <= value && value < limit, argument, "integer overflow");
    } else if (field.kind == UNSIGNED) {
        luaL_argcheck(f->L, fits((lua_Unsigned)value, field.size), argument, "unsigned overflow");
    }
    add_integer(f, result, (lua_Unsigned)value, field.size, field.kind == SIGNED && value < 0);
}

static void pack_floating(format *f, luaL_Buffer *result, size_t size, int argument) {
    double value = luaL_checknumber(f->L, argument);
    float small = (float)value;
    const void *bytes = size == sizeof small ? (const void *)&small : (const void *)&value;
    copy_ordered(f, luaL_prepbuffsize(result, size), bytes, size);
    luaL_addsize(result, size);
}

/// Appends a string. Returns the number of bytes that it took beyond the size of its field.
static size_t pack_string(format *f, luaL_Buffer *result, field field, int argument) {
    lua_State *L = f->L;
    size_t count;
    const char *text = luaL_checklstring(L, argument, &count);
    seals_check(L, argument, "pack");
    switch (field.kind) {
    case FIXED:
        luaL_argcheck(L, count <= field.size, argument, "string longer than given size");
        luaL_addlstring(result, text, count);
        add_zeros(L, result, field.size - count);
        return 0;
    case COUNTED:
        luaL_argcheck(L, fits(count, field.size), argument, "string length does not fit in given size");
        add_integer(f, result, count, field.size, false);
        luaL_addlstring(result, text, count);
        return count;
    default:
        luaL_argcheck(L, strlen(text) == count, argument, "string contains zeros");
        luaL_addlstring(result, text, count);
        luaL_addchar(result, 0);
        return count + 1;
    }
}

static int string_pack(lua_State *L) {
    format f = format_argument(L);
    int argument = 1;
    size_t total = 0;
    luaL_Buffer result;
    lua_pushnil(L);   // ends the arguments: a missing argument is nil, not the buffer
    luaL_buffinit(L, &result);
    while (*f.next) {
        field field = read_field(&f, total);
        total += field.padding + field.size;
        add_zeros(L, &result, field.padding);
        switch (field.kind) {
        case SIGNED:
        case UNSIGNED: pack_integer(&f, &result, field, ++argument); break;
        case FLOATING: pack_floating(&f, &result, field.size, ++argument); break;
        case FIXED:
        case COUNTED:
        case TERMINATED: total += pack_string(&f, &result, field, ++argument); break;
        case PADDING: luaL_addchar(&result, 0); break;
        case ALIGNMENT:
        case SETTING: break;
        }
    }
    luaL_pushresult(&result);
    return 1;
}

static int string_packsize(lua_State *L) {
    format f = format_argument(L);
    size_t total = 0;
    while (*f.next) {
        field field = read_field(&f, total);
        luaL_argcheck(L, field.kind != COUNTED && field.kind != TERMINATED, 1, "variable-length format");
        size_t size = field.padding + field.size;
        luaL_argcheck(L, total <= INT_MAX - size, 1, "format result too large");
        total += size;
    }
    lua_pushinteger(L, (lua_Integer)total);
    return 1;
}

// Unpacking

static lua_Integer read_integer(const format *f, const char *text, size_t size, bool is_signed) {
    lua_Unsigned value = 0;
    size_t shift;
    for (size_t i = 0; i < size; i++) {
        if (!is_beyond(f, size, i, &shift)) value |= (lua_Unsigned)(uint8_t)text[i] << shift;
    }
    if (is_signed && size < INTEGER_BYTES) {
        lua_Unsigned sign = (lua_Unsigned)1 << (size * CHAR_BIT - 1);
        value = (value ^ sign) - sign;
    }
    bool is_negative = is_signed && (lua_Integer)value < 0;
    for (size_t i = 0; i < size; i++) {
        if (is_beyond(f, size, i, &shift) && (uint8_t)text[i] != (is_negative ? 0xFF : 0)) {
            luaL_error(f->L, "%d-byte integer does not fit into Lua Integer", (int)size);
        }
    }
    return (lua_Integer)value;
}

static void push_floating(const format *f, const char *text, size_t size) {
    float small;
    double value;
    if (size == sizeof small) {
        copy_ordered(f, (char *)&small, text, size);
        value = small;
    } else {
        copy_ordered(f, (char *)&value, text, size);
    }
    lua_pushnumber(f->L, value);
}

/// Pushes a string from the `rest` bytes at `text`. Returns the number of bytes it took beyond the size of its field.
static size_t push_string(const format *f, field field, const char *text, size_t rest) {
    lua_State *L = f->L;
    switch (field.kind) {
    case FIXED: lua_pushlstring(L, text, field.size); return 0;
    case COUNTED: {
        size_t count = (size_t)read_integer(f, text, field.size, false);
        luaL_argcheck(L, count <= rest - field.size, 2, "data string too short");
        lua_pushlstring(L, text + field.size, count);
        return count;
    }
    default: {
        const char *end = memchr(text, 0, rest);
        luaL_argcheck(L, end, 2, "unfinished string for format 'z'");
        lua_pushlstring(L, text, (size_t)(end - text));
        return (size_t)(end - text) + 1;
    }
    }
}

static int string_unpack(lua_State *L) {
    format f = format_argument(L);
    size_t count;
    const char *data = luaL_checklstring(L, 2, &count);
    seals_check(L, 2, "unpack");
    size_t place = bounded_place(L, 3, count);
    luaL_argcheck(L, place <= count, 3, "initial position out of string");
    int found = 0;
    while (*f.next) {
        field field = read_field(&f, place);
        luaL_argcheck(L, field.padding + field.size <= count - place, 2, "data string too short");
        luaL_checkstack(L, 2, "too many results");
        place += field.padding;
        found += field.kind < PADDING;
        const char *text = data + place;
        switch (field.kind) {
        case SIGNED:
        case UNSIGNED: lua_pushinteger(L, read_integer(&f, text, field.size, field.kind == SIGNED)); break;
        case FLOATING: push_floating(&f, text, field.size); break;
        case FIXED:
        case COUNTED:
        case TERMINATED: place += push_string(&f, field, text, count - place); break;
        case PADDING:
        case ALIGNMENT:
        case SETTING: break;
        }
        place += field.size;
    }
    lua_pushinteger(L, (lua_Integer)place + 1);
    return found + 1;
}

void packing_open(lua_State *L) {
    static const luaL_Reg FUNCTIONS[] = {
        {"pack", string_pack}, {"packsize", string_packsize}, {"unpack", string_unpack}, {NULL, NULL},
    };
    bounded_replace(L, LUA_STRLIBNAME, FUNCTIONS);
}

BRIDGE_END
