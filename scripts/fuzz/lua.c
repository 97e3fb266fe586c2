// The input is the text of a recipe. The host installs a module, runs the text with small limits, and answers its calls
// with their arguments. Then it runs a function among the results.

#include <string.h>

#include "child.h"

static enum { OPEN, INSTALL, LOAD, CREATE, START, ANSWER, COLLECT, MEASURE, END } step;
static int runs, answers;

/// Functions of the module `m`, and whether they wait.
static const char *const NAMES[] = {"echo", "fail", "wait", "wait_fail"};
enum { ECHO, FAIL, WAIT, WAIT_FAIL, FUNCTIONS };

void target_begin(const uint8_t *data, size_t size) {
    (void)data;
    talk.is_honest = true;
    step = OPEN;
    runs = answers = 0;
    talk.piece = size % 5 == 0 ? 3 : 0;
}

/// Adds the verdict on the last call, and what `middle` adds, and the values.
static void make_answer(void (*middle)(void)) {
    bool fails = talk.called == FAIL || talk.called == WAIT_FAIL;
    make_u8(fails ? LUABRIDGE_RAISE : LUABRIDGE_RETURN);
    make_u64(fails ? (uint64_t)++answers : 0);
    if (middle) middle();
    if (!fails) {
        make_bytes(talk.arguments, talk.argument_bytes);
        return;
    }
    make_u32(1);
    make_u8(LUABRIDGE_TABLE);
    make_u32(0), make_u32(2), make_u32(0);
    make_text("code", 4), make_string("sold_out");
    make_text("message", 7), make_string("apples are sold out");
}

static void add_operation(void) { make_u64(0); }
static void add_stop(void) { make_u8(++answers > 200 ? LUABRIDGE_CANCELLED_COROUTINE : LUABRIDGE_LIVE); }

static void make_install(void) {
    const uint8_t waits = 1 << WAIT | 1 << WAIT_FAIL;
    make_begin(LUAPROTOCOL_INSTALL);
    make_handle(LUABRIDGE_FIRST_ENVIRONMENT);
    make_u32(0);
    make_text(&waits, 1);
    make_u32(3);
    make_string("m");
    make_u8(LUABRIDGE_TABLE);
    make_u32(FUNCTIONS), make_u32(0), make_u32(0);
    for (int i = 0; i < FUNCTIONS; i++) make_string(NAMES[i]);
    make_u8(LUABRIDGE_TABLE);
    make_u32(0), make_u32(2), make_u32(0);
    make_text("null", 4), make_u8(LUABRIDGE_NULL);
    make_text("large", 5), make_u8(LUABRIDGE_LARGE_INTEGER), make_text("18446744073709551615", 20);
}

static void make_open(void) {
    make_begin(LUAPROTOCOL_OPEN);
    make_u32(LUAPROTOCOL_VERSION);
    make_u64(6 << 20);
    make_u64(10000000), make_u64(40000000);   // a slice of 10 ms, 40 ms in all
    make_u64(1 << 18);
    make_u32(16);
    make_u64(1);
}

bool target_make(void) {
    if (talk.is_called) {   // a sync call
        if (++answers > 100) talk.page = LUABRIDGE_CANCELLED_HOST;
        make_begin(LUAPROTOCOL_REPLY);
        make_answer(add_operation);
        make_end(0);
        return true;
    }
    switch (step) {
    case OPEN: make_open(); break;
    case INSTALL: make_install(); break;
    case LOAD:
        make_begin(LUAPROTOCOL_LOAD);
        make_handle(LUABRIDGE_FIRST_ENVIRONMENT);
        make_text("@fuzz.lua", 9);
        make_bytes(talk.next, (size_t)(talk.end - talk.next));
        break;
    case CREATE:
        if (talk.function_count == 0) return false;
        make_begin(LUAPROTOCOL_CREATE);
        make_handle(talk.functions[(talk.function_count - 1) % KNOWN]);
        make_u32(0);
        break;
    case START:
        if (talk.coroutine_count == 0) return false;
        make_begin(LUAPROTOCOL_START);
        make_handle(talk.coroutines[(talk.coroutine_count - 1) % KNOWN]);
        make_u64(0);
        break;
    case ANSWER:
        if (talk.operation) {
            make_begin(LUAPROTOCOL_RESUME);
            make_handle(talk.running);
            make_u64(0);
            make_u64(talk.operation);
            make_answer(add_stop);
            make_end(0);
            return true;
        }
        // A function that the text returned or passed runs next.
        if (talk.function_count > 1 && runs++ < 3) {
            make_begin(LUAPROTOCOL_REARM);
            step = CREATE;
            make_end(0);
            return true;
        }
        step = COLLECT;   // and falls through
    case COLLECT:
        make_begin(LUAPROTOCOL_ERRORS);
        make_u8(1);
        break;
    case MEASURE: make_begin(LUAPROTOCOL_MEASURE); break;
    default: return false;
    }
    make_end(0);
    step += 1;
    return true;
}
