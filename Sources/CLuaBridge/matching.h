// The matcher of patterns: matching.c compiles and matches, patterns.c is what scripts call.

#ifndef MATCHING_H
#define MATCHING_H

#include "bridge.h"

enum {
    // Captures of one pattern, as in Lua.
    MAXIMUM_CAPTURES = 32,
    // A pattern of so many bytes is compiled on the native stack, in 2 KB; a longer one in memory of Lua.
    SHORT_PATTERN = 47,
};

/// Which of the 256 bytes a class or set contains.
typedef struct {
    uint64_t words[4];
} byte_set;

typedef enum {
    LITERAL,    // `count` bytes at `text`
    ONE,        // a byte of `set`
    GREEDY,     // bytes of `set`, as many as there are: `*`, `+`, `?`
    LAZY,       // bytes of `set`, as few as will do: `-`
    OPEN,       // a capture begins
    CLOSE,      // and ends
    POSITION,   // `()`
    REPEATED,   // `%1`
    BALANCED,   // `%b()`
    FRONTIER,   // `%f[set]`
    AT_END,     // `$`
    MATCHED,    // the end of the pattern
    FAULT,      // the pattern is malformed from here on, by the message in `text`
} operation;

/// One item of a compiled pattern, or a set that one refers to.
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
        uint32_t choice;       // the nearest GREEDY or LAZY before it, NO_ITEM when there is none
        union {
            const char *text;
            const byte_set *set;
        };
        union {
            size_t count;      // LITERAL
            const char *at;    // GREEDY, LAZY: where what it took ends
        };
        const char *least;     // GREEDY: the least that `at` can be
    };
    byte_set bytes;
} item;

enum { NO_ITEM = UINT32_MAX };

/// A compiled pattern and the match that is being made with it.
typedef struct {
    lua_State *L;
    const char *subject, *end;
    size_t steps;              // not yet spent
    uint32_t captures;         // their number
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
