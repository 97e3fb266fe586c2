// The input is the text of a recipe. The host installs a module, runs the text in up to three coroutines with small
// limits, and answers their calls with their arguments. Then it runs a function among the results.

#include <string.h>

#include "child.h"

static enum { OPEN, INSTALL, FUNCTION, REVEAL, LOAD, BOUNDARY, START, ANSWER, COLLECT, MEASURE, END } step;
static int runs, answers;
static size_t unstarted, unloaded;   // coroutines to start, and functions before the text was loaded

/// Functions of the module `m`, and whether they wait.
static const char *const NAMES[] = {"echo", "fail", "wait", "wait_fail"};
enum { ECHO, FAIL, WAIT, WAIT_FAIL, FUNCTIONS };

void target_begin(const uint8_t *data, size_t size) {
    (void)data;
    talk.is_honest = true;
    step = OPEN;
    runs = answers = 0;
    unstarted = 1 + size % 3;
    talk.piece = size % 5 == 0 ? 3 : 0;
}

/// Adds the verdict on a call and the values, and before these an operation if there is one.
static void make_answer(uint32_t called, const uint8_t *arguments, size_t count, bool has_operation) {
    bool fails = called == FAIL || called == WAIT_FAIL;
    make_u8(fails ? LUABRIDGE_RAISE : LUABRIDGE_RETURN);
    make_u64(fails ? (uint64_t)++answers : 0);
    if (has_operation) make_u64(0);
    if (!fails) {
        make_bytes(arguments, count);
        return;
    }
    make_u32(1);
    make_u8(LUABRIDGE_TABLE);
    make_u32(0), make_u32(2), make_u32(0);
    make_text("code", 4), make_string("sold_out");
    make_text("message", 7), make_string("apples are sold out");
}

/// Starts the text, or the last function that it returned or passed, in each of the coroutines to start.
static void make_starts(void) {
    make_begin(LUAPROTOCOL_RUN);
    make_u64(0);
    for (size_t i = 0; i < unstarted; i++) {
        make_part();
        make_u8(LUAPROTOCOL_START), make_u8(1);
        make_handle(talk.functions[(talk.function_count - 1) % KNOWN]);
        make_u32(0);
        make_part_end();
    }
}

/// Answers all coroutines that wait.
static void make_resumes(void) {
    make_begin(LUAPROTOCOL_RUN);
    make_u64(0);
    for (size_t i = 0; i < talk.parked_count; i++) {
        const parked_coroutine *waiting = &talk.parked[i];
        make_part();
        make_u8(LUAPROTOCOL_RESUME), make_u8(i % 2 == 0);
        make_handle(waiting->coroutine);
        make_u64(waiting->operation);
        make_answer(waiting->called, waiting->arguments, waiting->argument_bytes, false);
        make_part_end();
        if (++answers > 200) talk.page[i] = LUABRIDGE_CANCELLED_COROUTINE;
    }
}

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
    make_u32(0), make_u32(3), make_u32(0);
    make_text("null", 4), make_u8(LUABRIDGE_NULL);
    make_text("seal", 4), make_string(SEAL);
    make_text("large", 5), make_u8(LUABRIDGE_LARGE_INTEGER), make_text("18446744073709551615", 20);
}

static void make_open(void) {
    make_begin(LUAPROTOCOL_OPEN);
    make_u32(LUAPROTOCOL_VERSION);
    make_u64(1 << 20);   // a chain of __call takes the square of it
    make_u64(10000000), make_u64(40000000);   // a slice of 10 ms, 40 ms in all
    make_u64(1 << 18);
    make_u32(16);
    make_u64(1);
}

bool target_make(void) {
    if (talk.is_called) {   // a sync call
        if (++answers > 100) memset(talk.page, LUABRIDGE_CANCELLED_HOST, sizeof talk.page);
        make_begin(LUAPROTOCOL_REPLY);
        make_answer(talk.called, talk.arguments, talk.argument_bytes, true);
        make_end(0);
        return true;
    }
    switch (step) {
    case OPEN: make_open(); break;
    case INSTALL: make_install(); break;
    case FUNCTION:
        make_begin(LUAPROTOCOL_FUNCTION);
        make_u32(ECHO), make_u8(0);
        make_bytes("reveal", 6);
        break;
    case REVEAL:
        make_begin(LUAPROTOCOL_GLOBAL);
        make_handle(LUABRIDGE_STRING_METHODS);
        make_handle(talk.functions[0]);
        make_bytes("reveal", 6);
        break;
    case LOAD:
        unloaded = talk.function_count;
        make_begin(LUAPROTOCOL_LOAD);
        make_handle(LUABRIDGE_FIRST_ENVIRONMENT);
        make_text("@fuzz.lua", 9);
        make_bytes(talk.next, (size_t)(talk.end - talk.next));
        break;
    case BOUNDARY:
        if (talk.function_count == unloaded) return false;
        make_begin(LUAPROTOCOL_BOUNDARY);
        make_handle(talk.functions[unloaded]);
        make_handle(talk.functions[0]);
        break;
    case START:
        make_starts();
        make_end(0);
        step = ANSWER;
        return true;
    case ANSWER:
        // Slices that did not run are sent again.
        unstarted -= talk.position < unstarted ? talk.position : unstarted;
        if (unstarted || talk.parked_count) {
            unstarted ? make_starts() : make_resumes();
            make_end(0);
            return true;
        }
        // A function that the text returned or passed runs next.
        if (talk.function_count > unloaded + 2 && runs++ < 3) {
            make_begin(LUAPROTOCOL_REARM);
            step = START;
            unstarted = 1;
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
