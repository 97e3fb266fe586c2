// A program in the place of sprun-lua that sends random messages, for ProtocolFuzzTests.
//
// The seed of the random numbers is the seed in OPEN. The program answers every request. In a slice it sends calls,
// lines and abandoned operations, mostly valid; some slices only wait or end, so that others follow. Now and then it
// breaks the protocol, and sends calls after that: the host must not run them. They have the argument "forbidden". Calls
// of a slice with valid messages have the number of their coroutine as first argument. Lines such as "#42" count the
// messages so far.

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CLuaBridge.h"

enum { NOTE = 0, WAIT = 1, BOTH = 2, FUNCTIONS = 3 };   // of the test's module; NOTE is sync
enum { SLOTS = 4096 };

static uint64_t state;
static uint8_t *out;
static size_t out_count, out_capacity, message_start;
static uint32_t messages;          // sent so far
static uint64_t operation;         // the last one
static uint32_t created;           // coroutines so far
static uint32_t owner[SLOTS];      // the number of the coroutine in a slot; 0 if it is free
/// A slice of RUN.
typedef struct {
    luabridge_handle coroutine;   // of a slice that starts: chosen by this program
    bool end_has_no_effect;
} slice;

static slice slices[LUAPROTOCOL_PAGE_BYTES];
static size_t slice_count, position;
static luabridge_handle running;   // the coroutine of the slice
static bool is_tagged;             // calls have the number of their coroutine
static bool is_mutated;            // bytes of the slice will change

static uint64_t next_random(void) {
    uint64_t z = state += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
}

static uint32_t below(uint32_t limit) { return (uint32_t)(next_random() % limit); }
static bool once_in(uint32_t count) { return below(count) == 0; }

/// The number of the coroutine in a slot; 0 if `create` answered with another slot than a free one.
static uint32_t *owner_of(luabridge_handle coroutine) {
    static uint32_t none;
    none = 0;
    return coroutine.slot < SLOTS ? &owner[coroutine.slot] : &none;
}

// Output

static void bytes(const void *data, size_t count) {
    if (out_count + count > out_capacity) {
        out_capacity = 2 * (out_count + count);
        out = realloc(out, out_capacity);
    }
    if (count) memcpy(out + out_count, data, count);
    out_count += count;
}

static void u8(uint8_t value) { bytes(&value, sizeof value); }
static void u32(uint32_t value) { bytes(&value, sizeof value); }
static void u64(uint64_t value) { bytes(&value, sizeof value); }
static void text(const char *words) { u32((uint32_t)strlen(words)), bytes(words, strlen(words)); }
static void string(const char *words) { u8(LUABRIDGE_STRING), text(words); }
static void handle(luabridge_handle named) { u32(named.slot), u32(named.generation); }

static void begin(uint8_t kind) {
    message_start = out_count;
    u32(0);
    u8(kind);
    messages += 1;
}

static void end(void) {
    uint32_t count = (uint32_t)(out_count - message_start - 4);
    memcpy(out + message_start, &count, sizeof count);
}

static void flush(void) {
    for (size_t sent = 0; sent < out_count;) {
        ssize_t count = write(0, out + sent, out_count - sent);
        if (count <= 0) _exit(0);
        sent += (size_t)count;
    }
    out_count = 0;
}

/// A number that is small, or at a limit, or any.
static uint32_t number(void) {
    static const uint32_t LIMITS[] = {0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 1 << 26, 1 << 16};
    return once_in(3) ? LIMITS[below(6)] : once_in(3) ? (uint32_t)next_random() : below(8);
}

static void value(int depth) {
    static const char *const TEXTS[] = {
        "", "x", "shop.example", "\xc3\xa9", "e\xcc\x81", "\xff\xfe", "a\"b\\", "stack overflow",
    };
    static const char *const DIGITS[] = {
        "18446744073709551616", "-99999999999999999999", "1,\"x\":2", "", "-", "1/../2",
    };
    uint8_t tag = (uint8_t)below(12);
    u8(tag);
    switch (tag) {
    case LUABRIDGE_INTEGER:
    case LUABRIDGE_NUMBER: u64(once_in(2) ? below(9) : next_random()); break;
    case LUABRIDGE_STRING: text(TEXTS[below(8)]); break;
    case LUABRIDGE_LARGE_INTEGER: text(DIGITS[below(is_mutated ? 6 : 2)]); break;
    case LUABRIDGE_FUNCTION: u32(below(3)), u32(below(3)); break;
    case LUABRIDGE_TABLE:
    case LUABRIDGE_LIST:
    case LUABRIDGE_OBJECT: {
        uint32_t counts[3] = {0, 0, 0};
        for (int i = 0; i < 3 && depth < 4; i++) counts[i] = below(3);
        for (int i = 0; i < 3; i++) u32(counts[i]);
        for (uint32_t i = 0; i < counts[0]; i++) value(depth + 1);
        for (uint32_t i = 0; i < counts[1]; i++) text(TEXTS[below(8)]), value(depth + 1);
        for (uint32_t i = 0; i < counts[2]; i++) u64(once_in(2) ? below(4) : next_random()), value(depth + 1);
        break;
    }
    default: break;
    }
}

static void call(uint32_t function, uint64_t waits, const char *argument) {
    char tag[16];
    snprintf(tag, sizeof tag, "c%u", *owner_of(running));
    begin(LUAPROTOCOL_CALL);
    handle(running);
    u32(function);
    u32(number());
    u64(waits);
    text("x.lua");
    uint32_t more = function == BOTH ? below(9) : below(3);
    u32(1 + more);
    string(argument ? argument : is_tagged ? tag : "~");
    for (uint32_t i = 0; i < more; i++) {
        if (function == BOTH) u8(LUABRIDGE_FUNCTION), u32(below(3)), u32(below(3));
        else value(0);
    }
    end();
}

static void count_messages(void) {
    char line[16];
    begin(LUAPROTOCOL_PRINT);
    snprintf(line, sizeof line, "#%u", messages);
    bytes(line, strlen(line));
    end();
}

static void outcome(uint8_t status, bool next_follows, uint64_t waits, luabridge_handle named) {
    begin(LUAPROTOCOL_OUTCOME);
    u8(status);
    u8(next_follows);
    u64(waits);
    handle(named);
}

static void error_record(void) {
    u32(5);
    u8(LUABRIDGE_INTEGER), u64(once_in(9) ? next_random() : below(8));
    string(once_in(2) ? "x.lua:3: trouble" : "x.lua:99999999999999999999: trouble");
    value(0);
    u8(LUABRIDGE_INTEGER), u64(once_in(3) ? number() : 0);
    u8(LUABRIDGE_TABLE), u32(2), u32(0), u32(0);
    for (int i = 0; i < 2; i++) {
        u8(LUABRIDGE_TABLE), u32(3), u32(0), u32(0);
        string("x.lua"), u8(LUABRIDGE_INTEGER), u64(once_in(5) ? next_random() : 3), string("f");
    }
}

/// Chooses a handle for a coroutine that starts.
static luabridge_handle create(void) {
    uint32_t slot = 0;
    while (slot < SLOTS - 1 && owner[slot]) slot += 1;
    if (once_in(300)) slot = number();   // a slot that is taken, or that cannot be
    else owner[slot] = ++created;
    return (luabridge_handle){slot, once_in(9) ? number() : created};
}

/// Breaks the protocol for slices that follow one another; the next message is of a slice that must not run.
static void break_order(bool is_loud) {
    slice *next = &slices[(position + 1) % slice_count], *other = &slices[below((uint32_t)slice_count)];
    switch (below(5)) {
    case 0:   // a call of another slice, which ran or did not
        call(NOTE, 0, NULL);   // tells the host the coroutine of a slice that starts
        if (other->coroutine.slot == running.slot) running.generation += 1;
        else running = other->coroutine;
        return;
    case 1:
        outcome(LUABRIDGE_FAILED, true, 0, running), error_record(), end();
        break;
    case 2:   // a slice more than there are, or a status that is none
        if (position + 1 == slice_count || is_loud) outcome(LUABRIDGE_FINISHED, true, 0, running), u32(0), end();
        else outcome((uint8_t)(3 + below(200)), true, 0, running), end();
        break;
    case 3:   // a slice after one that others notice
        call(NOTE, 0, NULL);
        call(WAIT, ++operation, NULL);
        outcome(LUABRIDGE_PARKED, true, operation, running), end();
        break;
    default:   // a wait without its call, or for an operation that another slice called
        outcome(LUABRIDGE_PARKED, position + 1 < slice_count, operation + below(2), running), end();
    }
    if (next->coroutine.slot == UINT32_MAX) next->coroutine = create();
    running = next->coroutine;
}

/// Breaks the protocol, so that the host must end this program.
static void break_protocol(bool is_loud) {
    bool is_joined = position + 1 < slice_count;
    switch (is_joined && once_in(2) ? 13 : below(once_in(50) ? 18 : 14)) {
    case 0: begin(once_in(2) ? (uint8_t)(107 + below(100)) : (uint8_t)below(100)), u64(next_random()), end(); break;
    case 1: u32(0); break;
    case 2: u32(LUAPROTOCOL_MAXIMUM_MESSAGE + 1 + below(1 << 30)); break;
    case 3:
        call(NOTE, 0, NULL);   // tells the host the coroutine of a slice that starts
        running.slot += 1 + below(9);
        return call(NOTE, 0, "forbidden");
    case 4:
        call(NOTE, 0, NULL);
        running.generation += 1 + below(9);
        return call(NOTE, 0, "forbidden");
    case 5: call(FUNCTIONS + number() % 0x7fffffff, 0, "forbidden"); break;
    case 6: call(WAIT, operation + 2 + below(9), "forbidden"); break;
    case 7: call(WAIT, 0, "forbidden"); break;
    case 8: begin(LUAPROTOCOL_CALL), u32(0), end(); break;
    case 9:
        begin(LUAPROTOCOL_CALL);
        handle(running), u32(NOTE), u32(1), u64(0), text("x.lua"), u32(1 + number() % 0x7fffffff), u8(99);
        end();
        break;
    case 10:
        begin(LUAPROTOCOL_CALL);
        handle(running), u32(NOTE), u32(1), u64(0), text("x.lua"), u32(1);
        u8(LUABRIDGE_TABLE), u32(number() | 1 << 20), u32(number()), u32(number());
        end();
        break;
    case 11: outcome(LUABRIDGE_PARKED, false, operation + 1, running), end(); break;
    case 12: outcome(LUABRIDGE_FINISHED, false, 0, running), u32(1), u8(50 + below(200)), end(); break;
    case 13: break_order(is_loud); break;
    case 14:   // nested too deeply
        outcome(LUABRIDGE_FINISHED, false, 0, running);
        u32(1);
        for (int i = 0; i < 100000; i++) u8(LUABRIDGE_TABLE), u32(1), u32(0), u32(0);
        end();
        break;
    case 15: {   // more values than the host may hold
        static uint8_t zeros[5 << 20];
        outcome(LUABRIDGE_FINISHED, false, 0, running);
        u32(sizeof zeros);
        bytes(zeros, sizeof zeros);
        end();
        break;
    }
    case 16:   // a large message that never ends
        u32(LUAPROTOCOL_MAXIMUM_MESSAGE);
        for (int i = 0; i < 1 << 18; i++) u8(LUAPROTOCOL_PRINT);
        flush();
        _exit(0);
    default:
        flush();
        pause();
    }
    call(NOTE, 0, "forbidden");
}

/// Ends this program in one of the ways that a program can end.
static void leave(void) {
    static const int SIGNALS[] = {SIGSEGV, SIGKILL, SIGXCPU, SIGSYS, SIGABRT};
    if (once_in(2)) kill(getpid(), SIGNALS[below(5)]);
    _exit(once_in(2) ? 0 : (int)below(8));
}

/// Changes bytes of the output, drops some of them, sends them and exits: the host can wait for more bytes.
static void mutate(void) {
    for (uint32_t i = 1 + below(6); i > 0; i--) {
        uint8_t *byte = &out[below((uint32_t)out_count)];
        if (once_in(2)) *byte ^= (uint8_t)(1 << below(8));
        else *byte = once_in(2) ? (uint8_t)next_random() : (uint8_t)(0xff * below(2));
    }
    if (once_in(2)) out_count -= below((uint32_t)out_count);
    flush();
    leave();
}

/// Makes the messages of a slice and its outcome; returns whether the next slice follows.
static bool run_slice(bool may_follow, bool end_has_no_effect) {
    is_mutated = once_in(60);
    bool is_broken = !is_mutated && once_in(60), is_quiet = may_follow && once_in(2);
    is_tagged = !is_mutated && *owner_of(running);
    if (is_mutated) flush();   // the slices before stay as they are
    for (uint32_t left = is_quiet ? 0 : below(64); left > 0; left--) {
        switch (below(4)) {
        case 0: count_messages(); break;
        case 1: begin(LUAPROTOCOL_ABANDON), u64(once_in(2) ? operation : next_random()), end(); break;
        default: call(NOTE, 0, NULL);
        }
    }
    if (is_tagged && !is_quiet) count_messages();
    bool follows = is_quiet && !once_in(20) && out_count < LUAPROTOCOL_RUN_BYTES;
    if (is_broken) {
        break_protocol(!is_quiet);
        follows = false;
    } else if (once_in(3)) {
        if (once_in(20)) {   // a wait that does not happen: its call must not run, now or in another slice
            call(WAIT, ++operation, "forbidden");
            follows = follows && end_has_no_effect;
            outcome(LUABRIDGE_FINISHED, follows, 0, running), end();
            *owner_of(running) = 0;
        } else {
            if (once_in(20)) call(WAIT, ++operation, "forbidden");   // the next call takes its place
            call(once_in(8) ? BOTH : WAIT, operation + 1, NULL);
            operation += 1;
            outcome(LUABRIDGE_PARKED, follows, operation, running), end();
        }
    } else {
        bool fails = once_in(3);
        follows = follows && end_has_no_effect && !fails;
        outcome(fails ? LUABRIDGE_FAILED : LUABRIDGE_FINISHED, follows, 0, running);
        if (fails && !once_in(9)) error_record();
        else if (!fails) u32(1), value(0);
        end();
        *owner_of(running) = 0;
    }
    if (is_mutated) mutate();
    return follows;
}

// Input

static uint8_t input[1 << 16];
static size_t input_start, input_end;

static void exactly(void *data, size_t count) {
    for (uint8_t *to = data; count > 0;) {
        if (input_start == input_end) {
            ssize_t got = read(0, input, sizeof input);
            if (got <= 0) _exit(0);
            input_start = 0, input_end = (size_t)got;
        }
        size_t piece = input_end - input_start < count ? input_end - input_start : count;
        memcpy(to, input + input_start, piece);
        to += piece, count -= piece, input_start += piece;
    }
}

static void run(const uint8_t *fields, size_t count) {
    slice_count = 0;
    for (size_t at = 8; at < count && slice_count < LUAPROTOCOL_PAGE_BYTES;) {
        uint32_t length;
        memcpy(&length, fields + at, sizeof length);
        const uint8_t *part = fields + at + sizeof length;
        slice *sent = &slices[slice_count++];
        sent->end_has_no_effect = part[1];
        if (part[0] == LUAPROTOCOL_START) sent->coroutine = (luabridge_handle){UINT32_MAX, 0};
        else memcpy(&sent->coroutine, part + 2, sizeof sent->coroutine);
        at += sizeof length + length;
    }
    bool follows = true;
    for (position = 0; follows; position++) {
        slice *sent = &slices[position];
        if (sent->coroutine.slot == UINT32_MAX) sent->coroutine = create();
        running = sent->coroutine;
        follows = run_slice(position + 1 < slice_count, sent->end_has_no_effect);
    }
    flush();
}

static void answer(uint8_t kind, const uint8_t *fields, size_t count) {
    if (kind != LUAPROTOCOL_RUN && kind != LUAPROTOCOL_REPLY) {
        if (once_in(3000)) leave();
        if (once_in(3000)) count_messages();   // a line outside of a slice
    }
    switch (kind) {
    case LUAPROTOCOL_OPEN:
        memcpy(&state, fields + count - 8, 8);
        begin(LUAPROTOCOL_WALLS), u32(once_in(200) ? number() : 15), end();
        break;
    case LUAPROTOCOL_RUN: return run(fields, count);
    case LUAPROTOCOL_RELEASE:
    case LUAPROTOCOL_REARM:
    case LUAPROTOCOL_REPLY:
    case LUAPROTOCOL_FAIL: return;
    case LUAPROTOCOL_MEASURE:
        begin(LUAPROTOCOL_STATISTICS);
        for (int i = 0; i < 5; i++) u64(next_random());
        end();
        break;
    case LUAPROTOCOL_ERRORS:
        outcome(LUABRIDGE_FINISHED, false, 0, running);
        for (uint32_t i = below(20); i > 0; i--) u8((uint8_t)next_random());
        end();
        break;
    default:
        outcome(once_in(200) ? LUABRIDGE_FAILED : LUABRIDGE_FINISHED, false, 0, (luabridge_handle){below(9), below(9)});
        end();
    }
    flush();
}

int main(void) {
    uint8_t *message = NULL;
    for (;;) {
        uint32_t count;
        exactly(&count, sizeof count);
        message = realloc(message, count);
        exactly(message, count);
        answer(message[0], message + 1, count - 1);
    }
}
