// Patterns of the reference manual, section 6.4.1.
//
// A pattern is a sequence of items, without alternatives or repeated groups. So a match needs no stack: each repeating
// item keeps the end of the bytes that it took. When an item fails, the nearest repeating item before it tries another
// end. Captures need no undo either: after an item tries another end, the items behind it set their captures again.
//
// A fault in a pattern raises an error only when a match reaches it, as in Lua: it compiles to an item that raises.

#include <string.h>

#include "matching.h"

BRIDGE_BEGIN

static const byte_set ANY = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};

#define CLASS(lower, upper, first, second) \
    [lower - 'A'] = {{first, second}}, \
    [upper - 'A'] = {{~(uint64_t)(first), ~(uint64_t)(second), UINT64_MAX, UINT64_MAX}}

/// Classes of ASCII by letter, independent of the locale: a recipe must behave the same everywhere. Letters without a
/// class have an empty set.
static const byte_set CLASSES['z' - 'A' + 1] = {
    CLASS('a', 'A', 0, 0x07FFFFFE07FFFFFE),
    CLASS('c', 'C', 0x00000000FFFFFFFF, 0x8000000000000000),
    CLASS('d', 'D', 0x03FF000000000000, 0),
    CLASS('g', 'G', 0xFFFFFFFE00000000, 0x7FFFFFFFFFFFFFFF),
    CLASS('l', 'L', 0, 0x07FFFFFE00000000),
    CLASS('p', 'P', 0xFC00FFFE00000000, 0x78000001F8000001),
    CLASS('s', 'S', 0x0000000100003E00, 0),
    CLASS('u', 'U', 0, 0x0000000007FFFFFE),
    CLASS('w', 'W', 0x03FF000000000000, 0x07FFFFFE07FFFFFE),
    CLASS('x', 'X', 0x03FF000000000000, 0x0000007E0000007E),
    CLASS('z', 'Z', 1, 0),   // no longer in the manual, but still in Lua
};

static inline bool has(const byte_set *set, char byte) {
    return set->words[(uint8_t)byte >> 6] >> ((uint8_t)byte & 63) & 1;
}

static void add(byte_set *set, uint8_t byte) { set->words[byte >> 6] |= (uint64_t)1 << (byte & 63); }

/// Returns the class that `%` with this byte stands for; NULL if it stands for the byte itself.
static const byte_set *class_of(char byte) {
    if (byte < 'A' || byte > 'z') return NULL;
    const byte_set *class = &CLASSES[byte - 'A'];
    return class->words[0] || class->words[1] ? class : NULL;
}

static inline void spend(matcher *m, size_t steps) {
    m->steps += steps;
    if (m->steps >= HOOK_INSTRUCTIONS) matching_pause(m);
}

/// Passes the counted steps to limits_spend, which raises if the script must stop.
void matching_pause(matcher *m) {
    size_t steps = m->steps;
    m->steps = 0;
    limits_spend(m->L, steps);
}

// Compiling

/// The state of compiling a pattern. Items grow from the front of their memory, sets from its back.
typedef struct {
    matcher *m;
    const char *next, *end;
    item *item;      // the next free item
    item *sets;      // the last set
    uint32_t choice;
} reader;

static item *append(reader *r, operation operation) {
    *r->item = (item){.operation = operation, .choice = r->choice};
    return r->item++;
}

static byte_set *new_set(reader *r) {
    r->sets -= 1;
    r->sets->bytes = (byte_set){{0}};
    return &r->sets->bytes;
}

static void fault(reader *r, const char *message, uint8_t capture) {
    item *item = append(r, FAULT);
    item->text = message;
    item->capture = capture;
    r->next = r->end;
}

static bool is_next(const reader *r, const char *place, char byte) { return place < r->end && *place == byte; }

/// Reads a set, starting at its `[`. A `]` that comes first is a byte of the set.
static const byte_set *read_set(reader *r) {
    const char *next = r->next + 1;
    bool is_complement = is_next(r, next, '^');
    if (is_complement) next += 1;
    const char *close = next;
    do {
        if (close >= r->end) {
            fault(r, "malformed pattern (missing ']')", 0);
            return NULL;
        }
        close += *close == '%' && close + 1 < r->end ? 2 : 1;
    } while (!is_next(r, close, ']'));
    spend(r->m, (size_t)(close - next));
    byte_set *set = new_set(r);
    while (next < close) {
        if (*next == '%') {
            const byte_set *class = class_of(next[1]);
            for (int i = 0; class && i < 4; i++) set->words[i] |= class->words[i];
            if (!class) add(set, (uint8_t)next[1]);
            next += 2;
        } else if (close - next > 2 && next[1] == '-') {
            for (int byte = (uint8_t)*next; byte <= (uint8_t)next[2]; byte++) add(set, (uint8_t)byte);
            next += 3;
        } else {
            add(set, (uint8_t)*next++);
        }
    }
    for (int i = 0; is_complement && i < 4; i++) set->words[i] = ~set->words[i];
    r->next = close + 1;
    return set;
}

static bool is_quantifier(const reader *r, const char *place) {
    return place < r->end && (*place == '*' || *place == '+' || *place == '-' || *place == '?');
}

/// Whether the byte at `place` stands for itself and has no quantifier.
static bool is_literal(const reader *r, const char *place) {
    switch (*place) {
    case '(':
    case ')':
    case '[':
    case '.':
    case '%': return false;
    case '$':
        if (place + 1 == r->end) return false;
    }
    return !is_quantifier(r, place + 1);
}

/// Appends an item for the literal bytes at `start`. The caller knows that the first byte stands for itself.
static void read_literal(reader *r, const char *start) {
    const char *end = start + 1;
    while (end < r->end && is_literal(r, end)) end += 1;
    item *item = append(r, LITERAL);
    item->text = start;
    item->count = (size_t)(end - start);
    spend(r->m, item->count / 8);
    r->next = end;
}

/// Reads a literal, or a byte, class or set with its quantifier.
static void read_bytes(reader *r) {
    bool is_escaped = *r->next == '%';
    const char *byte = r->next + is_escaped;
    const byte_set *set;
    if (byte == r->end) {
        fault(r, "malformed pattern (ends with '%%')", 0);
        return;
    }
    if (*r->next == '[') {
        set = read_set(r);
        if (!set) return;
    } else {
        set = is_escaped ? class_of(*byte) : *byte == '.' ? &ANY : NULL;
        r->next = byte + 1;
        if (!set) {
            if (!is_quantifier(r, r->next)) {
                read_literal(r, byte);
                return;
            }
            byte_set *made = new_set(r);
            add(made, (uint8_t)*byte);
            set = made;
        }
    }
    char quantifier = is_quantifier(r, r->next) ? *r->next++ : 0;
    item *item = append(r, quantifier == 0 ? ONE : quantifier == '-' ? LAZY : GREEDY);
    item->set = set;
    item->minimum = quantifier == '+';
    item->is_single = quantifier == '?';
    if (quantifier) r->choice = (uint32_t)(item - r->m->items);
}

static void read_opening(reader *r) {
    matcher *m = r->m;
    if (m->captures == MAXIMUM_CAPTURES) {
        fault(r, "too many captures", 0);
        return;
    }
    bool is_position = is_next(r, r->next + 1, ')');
    append(r, is_position ? POSITION : OPEN)->capture = (uint8_t)m->captures;
    *(is_position ? &m->positions : &m->open) |= (uint32_t)1 << m->captures;
    m->captures += 1;
    r->next += is_position ? 2 : 1;
}

static void read_closing(reader *r) {
    matcher *m = r->m;
    uint8_t capture = MAXIMUM_CAPTURES;
    while (capture > 0 && !(m->open >> (capture - 1) & 1)) capture -= 1;
    if (capture == 0) {
        fault(r, "invalid pattern capture", 0);
        return;
    }
    append(r, CLOSE)->capture = capture - 1;
    m->open &= ~((uint32_t)1 << (capture - 1));
    r->next += 1;
}

/// Reads an item that begins with `%` and a digit, `b` or `f`. Returns false if there is no such item.
static bool read_special(reader *r) {
    char kind = r->next + 1 < r->end ? r->next[1] : 0;
    if (kind == 'b') {
        if (r->end - r->next < 4) {
            fault(r, "malformed pattern (missing arguments to '%%b')", 0);
            return true;
        }
        item *item = append(r, BALANCED);
        item->opening = (uint8_t)r->next[2];
        item->closing = (uint8_t)r->next[3];
        r->next += 4;
    } else if (kind == 'f') {
        r->next += 2;
        if (!is_next(r, r->next, '[')) {
            fault(r, "missing '[' after '%%f' in pattern", 0);
            return true;
        }
        const byte_set *set = read_set(r);
        if (set) append(r, FRONTIER)->set = set;
    } else if (kind >= '0' && kind <= '9') {
        uint32_t capture = (uint32_t)(kind - '1');
        if (capture >= r->m->captures || r->m->open >> capture & 1) {
            fault(r, "invalid capture index %%%d", (uint8_t)(kind - '0'));
            return true;
        }
        append(r, REPEATED)->capture = (uint8_t)capture;
        r->next += 2;
    } else {
        return false;
    }
    return true;
}

/// Returns the size in bytes of a matcher for a pattern of `count` bytes. Each item has at least one byte of text. An
/// item with a set has at least two, for a quantifier or a bracket. Another item marks the end.
size_t matching_size(size_t count) { return sizeof(matcher) + (count + 1) * sizeof(item); }

/// Compiles a pattern. Its bytes must stay in place as long as the matcher exists.
void matching_compile(matcher *m, lua_State *L, const char *pattern, size_t count) {
    m->L = L;
    m->steps = 0;
    m->captures = m->positions = m->open = 0;
    reader r = {m, pattern, pattern + count, m->items, m->items + count + 1, NO_ITEM};
    while (r.next < r.end) {
        spend(m, 1);
        switch (*r.next) {
        case '(': read_opening(&r); break;
        case ')': read_closing(&r); break;
        case '$':
            if (r.next + 1 == r.end) {
                append(&r, AT_END);
                r.next += 1;
                break;
            }
            read_bytes(&r);
            break;
        case '%':
            if (!read_special(&r)) read_bytes(&r);
            break;
        default: read_bytes(&r);
        }
    }
    append(&r, MATCHED);
}

// Matching

/// Returns the end of the longest run of bytes of a set. Counts its work in blocks, since a run can be long.
static const char *run_end(matcher *m, const byte_set *set, const char *start) {
    enum { BLOCK = 4096 };
    if (set == &ANY) return m->end;
    for (;;) {
        const char *stop = m->end - start > BLOCK ? start + BLOCK : m->end;
        const char *next = start;
        while (next < stop && has(set, *next)) next += 1;
        spend(m, (size_t)(next - start) / 8);
        if (next < stop || next == m->end) return next;
        start = next;
    }
}

/// Returns the end of the balanced piece that begins at `start`; NULL if there is none.
static const char *balanced_end(matcher *m, const item *item, const char *start) {
    if (start == m->end || (uint8_t)*start != item->opening) return NULL;
    size_t depth = 1;
    for (const char *next = start + 1; next < m->end; next++) {
        spend(m, 1);
        if ((uint8_t)*next == item->closing) {
            if (--depth == 0) return next + 1;
        } else if ((uint8_t)*next == item->opening) {
            depth += 1;
        }
    }
    return NULL;
}

/// Returns the end of a second occurrence of a capture's text at `start`; NULL if there is none.
static const char *repeated_end(matcher *m, const item *item, const char *start) {
    if (m->positions >> item->capture & 1) return NULL;
    const char *text = m->capture[item->capture].start;
    size_t count = (size_t)(m->capture[item->capture].end - text);
    if ((size_t)(m->end - start) < count) return NULL;
    spend(m, count / STEP_BYTES);
    return memcmp(text, start, count) == 0 ? start + count : NULL;
}

static bool is_frontier(const matcher *m, const byte_set *set, const char *place) {
    char before = place == m->subject ? 0 : place[-1];
    char after = place == m->end ? 0 : *place;
    return !has(set, before) && has(set, after);
}

/// Tries another end of the nearest choice before `failed` that has another. Returns the item after that choice, and
/// sets `place` to where the match continues. Returns NULL if no choice has another end.
static item *go_back(matcher *m, const item *failed, const char **place) {
    for (uint32_t index = failed->choice; index != NO_ITEM; index = m->items[index].choice) {
        item *choice = &m->items[index];
        // If a literal follows, an end is useful only where the literal begins.
        const char *literal = choice[1].operation == LITERAL ? choice[1].text : NULL;
        const char *at = choice->at;
        if (choice->operation == GREEDY) {
            while (at > choice->least) {
                at -= 1;
                spend(m, 1);
                if (literal && (at == m->end || *at != *literal)) continue;
                *place = choice->at = at;
                return choice + 1;
            }
        } else {
            while (at < m->end && has(choice->set, *at)) {
                at += 1;
                spend(m, 1);
                if (literal && (at == m->end || *at != *literal)) continue;
                *place = choice->at = at;
                return choice + 1;
            }
        }
    }
    return NULL;
}

/// Whether the literal occurs at `place`.
static bool is_there(matcher *m, const item *literal, const char *place) {
    if ((size_t)(m->end - place) < literal->count || *place != *literal->text) return false;
    spend(m, literal->count / STEP_BYTES);
    return memcmp(place, literal->text, literal->count) == 0;
}

/// Returns the end of the match that begins at `start`; NULL if there is none.
const char *matching_match(matcher *m, const char *start) {
    const char *place = start;
    item *item = m->items;
    while (item) {
        const char *end = NULL;   // of the bytes that the item takes; NULL if it does not match
        spend(m, 1);
        switch ((operation)item->operation) {
        case LITERAL:
            if (is_there(m, item, place)) end = place + item->count;
            break;
        case ONE:
            if (place < m->end && has(item->set, *place)) end = place + 1;
            break;
        case GREEDY:
            if (item->is_single) {
                end = place < m->end && has(item->set, *place) ? place + 1 : place;
            } else {
                end = run_end(m, item->set, place);
            }
            item->least = place + item->minimum;
            item->at = end;
            if (end < item->least) end = NULL;
            break;
        case LAZY: end = item->at = place; break;
        case OPEN: end = m->capture[item->capture].start = place; break;
        case CLOSE: end = m->capture[item->capture].end = place; break;
        case POSITION: end = m->capture[item->capture].start = place; break;
        case REPEATED: end = repeated_end(m, item, place); break;
        case BALANCED: end = balanced_end(m, item, place); break;
        case FRONTIER:
            if (is_frontier(m, item->set, place)) end = place;
            break;
        case AT_END:
            if (place == m->end) end = place;
            break;
        case MATCHED: return place;
        case FAULT: luaL_error(m->L, item->text, item->capture);
        }
        if (end) {
            place = end;
            item += 1;
        } else {
            item = go_back(m, item, &place);
        }
    }
    return NULL;
}

/// Sets the subject of the next matches.
void matching_begin(matcher *m, lua_State *L, const char *subject, size_t count) {
    m->L = L;
    m->subject = subject;
    m->end = subject + count;
}

/// Returns the next place from `start` on where the pattern matches, and sets `end`; NULL if there is none.
const char *matching_search(matcher *m, const char *start, const char **end) {
    const item *first = m->items;
    for (const char *place = start; place <= m->end; place++) {
        if (first->operation == LITERAL) {
            const char *from = place;
            place = memchr(from, *first->text, (size_t)(m->end - from));
            if (!place) break;
            spend(m, (size_t)(place - from) / STEP_BYTES);
        }
        *end = matching_match(m, place);
        if (*end) return place;
    }
    return NULL;
}

/// Returns the first occurrence of `wanted` in `text`, compared byte by byte; NULL if there is none.
const char *matching_find(lua_State *L, const char *text, size_t count, const char *wanted, size_t wanted_count) {
    if (wanted_count == 0) return text;
    const char *last = text + count - wanted_count;   // the last place where it can begin
    while (wanted_count <= count && text <= last) {
        const char *from = text;
        text = memchr(from, *wanted, (size_t)(last - from) + 1);
        if (!text) return NULL;
        limits_spend(L, (size_t)(text - from + (ptrdiff_t)wanted_count) / STEP_BYTES + 1);
        if (memcmp(text, wanted, wanted_count) == 0) return text;
        text += 1;
    }
    return NULL;
}

BRIDGE_END
