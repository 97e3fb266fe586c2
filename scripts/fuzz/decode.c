// The input chooses the requests of the host, their order and their fields, and the replies to calls. Most fields are
// valid, with known handles and operations; some are not.

#include <string.h>

#include "child.h"

/// Texts to load, so that requests meet coroutines that call, wait, fail and pass functions.
static const char *const TEXTS[] = {
    "return m.echo(...)",
    "return m.wait(...)",
    "local a = m.echo({ 1, 2, x = { {} } }, print, 'text', ...) return a, m.null, m.large, a",
    "local ok, e = pcall(m.wait, ...) return ok, e, tostring(e), m.wait(e)",
    "local c = coroutine.wrap(function(...) return m.wait(m.echo(...)) end) return c(...), c",
    "local c = coroutine.create(function() m.wait(1) end) coroutine.resume(c) coroutine.close(c) return 1",
    "return function(...) return m.wait(...), ... end, { f = m.echo, g = m.wait }",
    "local t <close> = setmetatable({}, { __close = function() m.echo('closed') end }) m.wait(t and 1) error({})",
    "for i = 1, 20 do print(m.echo(i, ('x'):rep(i))) end error(m.large)",
    "local t = {} for i = 1, 50 do t[i] = function() return i end end return table.unpack(t)",
    "local x <close> = setmetatable({}, { __close = function() m.wait(1) end }) return x == nil",
    "return table.sort({ 3, 2, 1 }, function(a, b) m.wait(a) return a < b end)",
    "setmetatable(_G, nil) return m.absent",
    "local t = setmetatable({}, { __gc = function() m.echo(1) end, __mode = 'k' }) t = nil return m.wait(m.echo(...))",
    "while true do m.echo(1) end",
    "error(setmetatable({}, { __tostring = function() return m.echo('x') end }))",
    "a = ... return a + 1, #a, a.message, a .. 'x', pairs(a)",
    "local t = {} t.t = t return t",
    "local s = m.seal .. 'x' return s, m.wait(s), (pcall(string.sub, s, 2)), #m.echo(s)",
    "for i = 1, 3 do m.wait(i) end return ...",
    "return table.concat({ m.seal, ... }, ','), ('%s %q'):format(m.seal, ...), m.seal:rep(3), m.seal < m.wait(m.seal)",
};

static uint8_t u8(void) { return talk.next < talk.end ? *talk.next++ : 0; }

static uint32_t u32(void) {
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) value = value << 8 | u8();
    return value;
}

static uint64_t u64(void) {
    uint64_t high = u32();
    return high << 32 | u32();
}

/// A number that is mostly small.
static uint64_t number(void) {
    uint8_t choice = u8();
    return choice < 240 ? choice % 8 : choice < 248 ? u32() : u64();
}

static void make_handle_of(const luabridge_handle *known, size_t count) {
    uint8_t choice = u8();
    if (choice >= 250) {
        make_u32(u32());
        make_u32(u32());
    } else if (choice >= 240 || count == 0) {
        make_u32((uint32_t)number());
        make_u32((uint32_t)number());
    } else {
        make_handle(known[choice % (count < KNOWN ? count : KNOWN)]);
    }
}

static void make_function(void) { make_handle_of(talk.functions, talk.function_count); }
static void make_coroutine(void) { make_handle_of(talk.coroutines, talk.coroutine_count); }

static void make_environment(void) {
    if (u8() < 200) make_handle(LUABRIDGE_FIRST_ENVIRONMENT);
    else make_function();
}

static void make_some(size_t count) {
    for (size_t i = 0; i < count; i++) make_u8(u8());
}

static void make_name(void) {
    static const char *const NAMES[] = {"m", "echo", "wait", "print", "coroutine", "@x.lua", "", "_G"};
    uint8_t choice = u8();
    if (choice >= 240) make_text(SEAL "tail", sizeof SEAL - 1 + choice % 4);
    else if (choice < 200) make_text(NAMES[choice % 8], strlen(NAMES[choice % 8]));
    else make_text(talk.next, (size_t)choice % 16 < (size_t)(talk.end - talk.next) ? choice % 16 : 0);
}

static void make_value(int depth) {
    uint8_t choice = u8() % 32;
    switch (choice) {
    case LUABRIDGE_INTEGER:
    case LUABRIDGE_NUMBER:
        make_u8(choice);
        make_u64(number());
        break;
    case LUABRIDGE_STRING:
        make_u8(choice);
        make_name();
        break;
    case LUABRIDGE_LARGE_INTEGER: {   // the host sends no bytes that are not UTF-8
        static const char *const DIGITS[] = {"18446744073709551615", "-99999999999999999999", "", "x"};
        const char *digits = DIGITS[u8() % 4];
        make_u8(choice);
        make_text(digits, strlen(digits));
        break;
    }
    case LUABRIDGE_FUNCTION:
        make_u8(choice);
        make_function();
        break;
    case LUABRIDGE_TABLE:
    case LUABRIDGE_LIST:
    case LUABRIDGE_OBJECT: {
        uint32_t counts[3] = {u8() % 4, u8() % 3, u8() % 3};
        if (depth > 5) counts[0] = counts[1] = counts[2] = 0;
        make_u8(choice);
        for (int i = 0; i < 3; i++) make_u32(counts[i]);
        for (uint32_t i = 0; i < counts[0]; i++) make_value(depth + 1);
        for (uint32_t i = 0; i < counts[1]; i++) make_name(), make_value(depth + 1);
        for (uint32_t i = 0; i < counts[2]; i++) make_u64(number()), make_value(depth + 1);
        break;
    }
    case 31: make_u8(u8()); break;
    case 30:   // deeper than the limit
        for (int i = u8() % 80; i > 0; i--) make_u8(LUABRIDGE_TABLE), make_u32(1), make_u32(0), make_u32(0);
        make_u8(LUABRIDGE_TRUE);
        break;
    case 29:   // counts that are too large
        make_u8(LUABRIDGE_TABLE);
        make_u32(u32()), make_u32(u32()), make_u32(u32());
        break;
    case 28: make_u8(LUABRIDGE_STRING), make_u32(u32()); break;
    default: make_u8(choice % 3);
    }
}

static void make_values(void) {
    uint8_t choice = u8();
    if (choice >= 250) {
        make_u32(u32());
        return make_some(u8());
    }
    uint32_t count = choice % 5;
    make_u32(choice >= 245 ? count + 1 : count);
    for (uint32_t i = 0; i < count; i++) make_value(0);
}

static void make_install(void) {
    static const char *const NAMES[] = {"echo", "wait", "fail"};
    uint8_t choice = u8();
    make_environment();
    make_u32((uint32_t)number());
    uint8_t waits[] = {2, u8()};
    make_text(waits, choice % 16 ? 1 : u8() % 3);
    if (choice >= 200) return make_values();
    make_u32(3);
    make_string("m");
    make_u8(LUABRIDGE_TABLE);
    uint32_t count = choice % 16 ? 3 : 20;
    make_u32(count), make_u32(0), make_u32(0);
    for (uint32_t i = 0; i < count; i++) make_string(NAMES[i % 3]);
    make_u8(LUABRIDGE_TABLE);
    make_u32(0), make_u32(3), make_u32(0);
    make_text("null", 4), make_u8(LUABRIDGE_NULL);
    make_text("seal", 4), make_string(SEAL);
    make_text("large", 5), make_u8(LUABRIDGE_LARGE_INTEGER), make_text("18446744073709551615", 20);
}

static void make_load(void) {
    uint8_t choice = u8();
    make_environment();
    make_name();
    if (choice < 250) return make_bytes(TEXTS[choice % (sizeof TEXTS / sizeof *TEXTS)],
                                        strlen(TEXTS[choice % (sizeof TEXTS / sizeof *TEXTS)]));
    make_some(u8());
    // A text that is longer than the child reads ahead.
    for (int i = 0; choice == 255 && i < 9000; i++) make_bytes("local x = 1\n", 12);
}

static void make_verdict(void) { make_u8(u8() < 240 ? u8() % 2 : u8()); }

/// Makes slices of new coroutines, of those that wait, and of others.
static void make_slices(void) {
    make_u64(u8() < 250 ? 0 : u64());
    for (int left = u8() % 5; left > 0; left--) {
        uint8_t choice = u8();
        make_part();
        bool starts = choice % 2 || (talk.parked_count == 0 && choice < 230);
        make_u8(choice >= 250 ? u8() : starts ? LUAPROTOCOL_START : LUAPROTOCOL_RESUME);
        make_u8(u8() % 2);
        if (starts) {
            make_function();
        } else {
            const parked_coroutine *waiting = &talk.parked[u8() % KNOWN];
            if (talk.parked_count && u8() < 240) waiting = &talk.parked[(waiting - talk.parked) % talk.parked_count];
            if (u8() < 240) make_handle(waiting->coroutine);
            else make_coroutine();
            make_u64(u8() < 240 ? waiting->operation : number());
            make_verdict();
            make_u64(number());
        }
        make_values();
        if (u8() < 250) make_part_end();
    }
}

static void make_fields(uint8_t kind) {
    switch (kind) {
    case LUAPROTOCOL_OPEN:
        make_u32(LUAPROTOCOL_VERSION);
        make_u64(1 << (18 + u8() % 6));
        make_u64(20000000), make_u64(50000000);
        make_u64(u8() % 2 ? 1 << 16 : number() * 16);
        make_u32(u8() % 2 ? 16 : u8());
        make_u64(u8());
        break;
    case LUAPROTOCOL_INSTALL: make_install(); break;
    case LUAPROTOCOL_FUNCTION:
        make_u32((uint32_t)number());
        make_u8(u8() % 2);
        make_some(u8() % 8);
        break;
    case LUAPROTOCOL_GLOBAL:
        make_environment();
        make_function();
        make_some(u8() % 8);
        break;
    case LUAPROTOCOL_LOAD: make_load(); break;
    case LUAPROTOCOL_BOUNDARY:
        make_function();
        if (u8() % 2) make_function();
        else make_u32(UINT32_MAX), make_u32(0);
        break;
    case LUAPROTOCOL_RUN: make_slices(); break;
    case LUAPROTOCOL_RELEASE:
        for (int i = u8() % 4; i > 0; i--) make_function();
        break;
    case LUAPROTOCOL_ERRORS: make_u8(u8() % 2); break;
    case LUAPROTOCOL_FAIL:
        make_u64(number());
        make_u64(number());
        break;
    case LUAPROTOCOL_REPLY:
        make_verdict();
        make_u64(number());
        make_u64(u8() < 240 ? 0 : number());
        make_values();
        break;
    default: break;
    }
}

void target_begin(const uint8_t *data, size_t size) {
    (void)data;
    talk.piece = size % 7 == 0 ? 5 : 0;
}

static uint8_t choose_kind(void) {
    static const uint8_t KINDS[] = {
        LUAPROTOCOL_LOAD, LUAPROTOCOL_RUN, LUAPROTOCOL_RUN, LUAPROTOCOL_RUN, LUAPROTOCOL_RUN, LUAPROTOCOL_LOAD,
        LUAPROTOCOL_RUN, LUAPROTOCOL_INSTALL, LUAPROTOCOL_ENVIRONMENT, LUAPROTOCOL_FUNCTION, LUAPROTOCOL_GLOBAL,
        LUAPROTOCOL_BOUNDARY, LUAPROTOCOL_RELEASE, LUAPROTOCOL_REARM, LUAPROTOCOL_ERRORS, LUAPROTOCOL_MEASURE,
        LUAPROTOCOL_FAIL,
    };
    uint8_t choice = u8();
    if (choice >= 253) return u8();
    uint8_t kind = KINDS[choice % sizeof KINDS];
    return kind == LUAPROTOCOL_RUN && talk.function_count == 0 && choice < 240 ? LUAPROTOCOL_LOAD : kind;
}

bool target_make(void) {
    static bool is_open;
    bool is_first = talk.request == 0;
    if (is_first) is_open = false;
    if (talk.next == talk.end) return false;
    uint8_t kind = choose_kind();
    if (talk.is_called && u8() < 250) kind = LUAPROTOCOL_REPLY;
    // The first messages make a state with a module.
    if (!talk.is_called && !is_open) kind = talk.request == LUAPROTOCOL_OPEN ? LUAPROTOCOL_INSTALL : LUAPROTOCOL_OPEN;
    is_open = is_open || kind == LUAPROTOCOL_INSTALL;
    make_begin(kind);
    make_fields(kind);
    uint8_t choice = u8();
    uint32_t error = 0;
    if (choice == 255) make_cut(u8());
    if (choice == 254) make_some(u8());
    if (choice == 253) error = u32() >> (u8() % 32);
    if (choice == 252) talk.page[u8() % 4] = u8() % 8;
    make_end(error);
    return true;
}
