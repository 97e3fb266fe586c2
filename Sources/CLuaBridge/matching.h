// The matcher of patterns. matching.c compiles and matches them; patterns.c has the functions that scripts call.

#ifndef MATCHING_H
#define MATCHING_H

#include "bridge.h"

enum {
    // Captures of a pattern, as in Lua.
    MAXIMUM_CAPTURES = 32,
    // Patterns of at most this many bytes are compiled on the native stack, in 2 KB; longer patterns in Lua's memory.
    SHORT_PATTERN = 47,
};

/// The bytes of a class or set: a bit for each of the 256 bytes.
typedef struct {
    uint64_t words[4];
} byte_set;

typedef enum {
    LITERAL,    // `count` bytes at `text`
    ONE,        // a byte of `set`
    GREEDY,     // bytes of `set`, as many as possible: `*`, `+`, `?`
    LAZY,       // bytes of `set`, as few as possible: `-`
    OPEN,       // a capture begins
    CLOSE,      // a capture ends
    POSITION,   // `()`
    REPEATED,   // `%1`
    BALANCED,   // `%b()`
    FRONTIER,   // `%f[set]`
    AT_END,     // `$`
    MATCHED,    // the end of the pattern
    FAULT,      // the pattern is malformed from here on; `text` is the message
} operation;

/// An item of a compiled pattern, or a set that an item refers to.
typedef union {
    struct {
        uint8_t operation;
        union {
            uint8_t capture;
            uint8_t opening;   // BALANCED
            uint8_t minimum;   // GREEDY
        };
        union {
            uint8_t closing;   // BALANCED
            bool is_single;    // GREEDY: at most one
        };
        uint32_t choice;       // index of the nearest GREEDY or LAZY before it, NO_ITEM if there is none
        union {
            const char *text;
            const byte_set *set;
        };
        union {
            size_t count;      // LITERAL
            const char *at;    // GREEDY, LAZY: end of the bytes that it took
        };
        const char *least;     // GREEDY: the smallest `at`
    };
    byte_set bytes;
} item;

enum { NO_ITEM = UINT32_MAX };

/// A compiled pattern and the state of its current match.
typedef struct {
    lua_State *L;
    const char *subject, *end;
    size_t steps;              // not yet passed to limits_spend
    uint32_t captures;         // number of captures
    uint32_t positions, open;  // bit i: capture i is a position, capture i is not closed
    struct {
        const char *start, *end;
    } capture[MAXIMUM_CAPTURES];
    item items[];
} matcher;

/// Room for a matcher of a short pattern.
typedef union {
    matcher matcher;
    char bytes[sizeof(matcher) + (SHORT_PATTERN + 1) * sizeof(item)];
} short_matcher;

size_t matching_size(size_t count);
void matching_compile(matcher *m, lua_State *L, const char *pattern, size_t count);
void matching_begin(matcher *m, lua_State *L, const char *subject, size_t count);
void matching_pause(matcher *m);
const char *matching_match(matcher *m, const char *start);
const char *matching_search(matcher *m, const char *start, const char **end);
const char *matching_find(lua_State *L, const char *text, size_t count, const char *wanted, size_t wanted_count);

#endif
