// Runs the loop of sprun-lua on messages that a target makes from the fuzzer's input, and checks what it sends.
//
// The child's files are included, so that their static variables can be reset after each input.

#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "child.h"

static jmp_buf input_end;
static bool is_broken;   // the child exited in the middle of a call of Lua

static ssize_t socket_read(int descriptor, void *bytes, size_t count);
static ssize_t socket_write(int descriptor, const struct iovec *parts, int count);

static uint64_t input_began;   // CPU time of the process at the start of the input

/// Returns the CPU time of the process since the start of the input: the child charges it to the recipe.
static int input_clock(clockid_t clock, struct timespec *time) {
    struct timespec now;
    int status = clock_gettime(clock, &now);
    uint64_t used = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec - input_began;
    *time = (struct timespec){(time_t)(used / 1000000000), (long)(used % 1000000000)};
    return status;
}

static _Noreturn void leave(int status) {
    is_broken = status != 0 || talk.is_called;
    longjmp(input_end, 1);
}

#define _exit leave
#define read socket_read
#define writev socket_write
#define clock_gettime input_clock
#define main child_main
#include "../../Sources/sprun-lua/channel.c"
#include "../../Sources/sprun-lua/main.c"
#undef _exit
#undef read
#undef writev
#undef clock_gettime
#undef main

conversation talk;

uint32_t confinement_enter(uint64_t memory, uint64_t cpu) {
    (void)memory, (void)cpu;
    return 15;
}

_Noreturn void fault(const char *reason) {
    fprintf(stderr, "ERROR: sprun-lua %s\n", reason);
    abort();
}

// Messages of the host

static uint8_t *made;
static size_t made_count, made_capacity, made_read;

void make_bytes(const void *bytes, size_t count) {
    if (made_count + count > made_capacity) {
        made_capacity = 2 * (made_count + count);
        made = realloc(made, made_capacity);
    }
    if (count) memcpy(made + made_count, bytes, count);
    made_count += count;
}

void make_begin(uint8_t kind) {
    made_count = made_read = 0;
    make_u32(0);
    make_u8(kind);
    if (!talk.is_called) talk.request = kind;
}

void make_u8(uint8_t value) { make_bytes(&value, sizeof value); }
void make_u32(uint32_t value) { make_bytes(&value, sizeof value); }
void make_u64(uint64_t value) { make_bytes(&value, sizeof value); }

void make_handle(luabridge_handle handle) {
    make_u32(handle.slot);
    make_u32(handle.generation);
}

void make_text(const void *bytes, size_t count) {
    make_u32((uint32_t)count);
    make_bytes(bytes, count);
}

void make_string(const char *text) {
    make_u8(LUABRIDGE_STRING);
    make_text(text, strlen(text));
}

static size_t part_start;

void make_part(void) {
    make_u32(0);
    part_start = made_count;
}

void make_part_end(void) {
    uint32_t count = (uint32_t)(made_count - part_start);
    memcpy(made + part_start - sizeof count, &count, sizeof count);
}

size_t make_count(void) { return made_count - 4; }

void make_cut(size_t count) { made_count -= count < made_count - 5 ? count : made_count - 5; }

/// Reads the slices of RUN as the child does, which runs one also if there is none.
static void note_slices(message m) {
    talk.slice_count = talk.position = 0;
    talk.is_loud = false;
    message_u64(&m);
    do {
        message part = message_part(&m);
        bool starts = message_u8(&part) == LUAPROTOCOL_START, end_has_no_effect = message_u8(&part);
        luabridge_handle coroutine = message_handle(&part);
        if (talk.slice_count == LUAPROTOCOL_PAGE_BYTES) return;
        talk.slices[talk.slice_count++] = (sent_slice){coroutine, starts, end_has_no_effect, !starts};
    } while (m.count);
}

void make_end(uint32_t error) {
    uint32_t count = (uint32_t)(made_count - 4) + error;
    if (error) talk.is_out_of_step = true;
    memcpy(made, &count, sizeof count);
    uint8_t kind = made[4];
    if (kind == LUAPROTOCOL_RUN && !talk.is_called) note_slices((message){kind, made + 5, made_count - 5});
    if (talk.is_called && kind == LUAPROTOCOL_REPLY) talk.is_called = false;
}

static ssize_t socket_read(int descriptor, void *bytes, size_t count) {
    (void)descriptor;
    if (made_read == made_count && !target_make()) return 0;
    size_t left = made_count - made_read;
    if (count > left) count = left;
    if (talk.piece && count > talk.piece) count = talk.piece;
    memcpy(bytes, made + made_read, count);
    made_read += count;
    return (ssize_t)count;
}

// Messages of the child

static uint8_t *got;
static size_t got_count, got_capacity;
static uint64_t got_operation;   // of a call that waits and whose outcome is the next message
static uint8_t *kept_arguments;

static void note_handle(luabridge_handle handle, bool is_coroutine) {
    size_t *count = is_coroutine ? &talk.coroutine_count : &talk.function_count;
    luabridge_handle *known = is_coroutine ? talk.coroutines : talk.functions;
    known[*count % KNOWN] = handle;
    *count += 1;
}

static bool is_same(luabridge_handle one, luabridge_handle other) {
    return one.slot == other.slot && one.generation == other.generation;
}

/// Notes that a coroutine waits for an operation; for none if it is 0.
static void note_parked(luabridge_handle coroutine, uint64_t operation) {
    size_t i = 0;
    while (i < talk.parked_count && !is_same(talk.parked[i].coroutine, coroutine)) i++;
    if (operation && i < KNOWN) {
        talk.parked[i] = (parked_coroutine){coroutine, operation, talk.called, talk.arguments, talk.argument_bytes};
        kept_arguments = NULL;
        if (i == talk.parked_count) talk.parked_count += 1;
    } else if (!operation && i < talk.parked_count) {
        talk.parked[i] = talk.parked[--talk.parked_count];
    }
}

static void check_call(message m) {
    luabridge_handle coroutine = message_handle(&m);
    sent_slice *slice = &talk.slices[talk.position];
    if (!talk.is_out_of_step && talk.position >= talk.slice_count) fault("called a host function outside of slices");
    if (!talk.is_out_of_step && !slice->is_known) {
        slice->coroutine = coroutine;
        slice->is_known = true;
        note_handle(coroutine, true);
    }
    if (!talk.is_out_of_step && !is_same(coroutine, slice->coroutine)) {
        fault("called a host function for another coroutine");
    }
    talk.called = message_u32(&m);
    message_u32(&m);
    uint64_t operation = message_u64(&m);
    size_t count;
    const uint8_t *source = message_text(&m, &count);
    if (memchr(source, 0, count)) fault("sent a source with a NUL");
    if (!check_values(m.bytes, m.count, true)) fault("sent arguments that are no values");
    free(kept_arguments);
    kept_arguments = malloc(m.count);
    memcpy(kept_arguments, m.bytes, m.count);
    talk.arguments = kept_arguments;
    talk.argument_bytes = m.count;
    if (operation) got_operation = operation;
    else talk.is_called = talk.is_loud = true;
}

/// Checks that the child ran a slice as the protocol says, and goes on with the next only where it may.
static void check_slice(int status, bool next_follows, uint64_t operation) {
    if (talk.position >= talk.slice_count) fault("ran more slices than there are");
    sent_slice *slice = &talk.slices[talk.position];
    if (status == LUABRIDGE_PARKED) {
        if (operation == 0) fault("waits for no operation");
        if (!slice->is_known) fault("waits without a call");
        if (talk.is_honest && operation != got_operation) fault("waits for another operation than it called");
    }
    if (slice->is_known) note_parked(slice->coroutine, status == LUABRIDGE_PARKED ? operation : 0);
    talk.position += 1;
    if (!next_follows) {
        talk.slice_count = 0;
        return;
    }
    bool is_over = status == LUABRIDGE_FAILED || (status == LUABRIDGE_FINISHED && !slice->end_has_no_effect);
    if (is_over || talk.is_loud || talk.position >= talk.slice_count) fault("goes on after a slice that others notice");
}

static void check_outcome(message m) {
    bool is_slice = talk.request == LUAPROTOCOL_RUN;
    int status = message_u8(&m);
    bool next_follows = message_u8(&m);
    uint64_t operation = message_u64(&m);
    luabridge_handle handle = message_handle(&m);
    if (status > LUABRIDGE_FAILED) fault("sent a status that does not exist");
    if (talk.is_out_of_step) return;
    if (is_slice) check_slice(status, next_follows, operation);
    else if (next_follows || status == LUABRIDGE_PARKED) fault("waits without a coroutine");
    got_operation = 0;
    if (status == LUABRIDGE_FAILED && m.count && !check_values(m.bytes, m.count, false)) {
        fault("sent an error record that is no list of values");
    }
    if (status == LUABRIDGE_FINISHED && is_slice && !check_values(m.bytes, m.count, true)) {
        fault("sent results that are no values");
    }
    if (status != LUABRIDGE_FINISHED) return;
    if (talk.request == LUAPROTOCOL_LOAD || talk.request == LUAPROTOCOL_FUNCTION
        || talk.request == LUAPROTOCOL_ENVIRONMENT || talk.request == LUAPROTOCOL_BOUNDARY) {
        note_handle(handle, false);
    }
}

static void check_message(message m) {
    switch (m.kind) {
    case LUAPROTOCOL_CALL: check_call(m); break;
    case LUAPROTOCOL_OUTCOME: check_outcome(m); break;
    case LUAPROTOCOL_PRINT: talk.is_loud = true; break;
    case LUAPROTOCOL_ABANDON:
        talk.is_loud = true;
        if (m.count != 8) fault("abandoned no operation");
        break;
    case LUAPROTOCOL_STATISTICS:
        if (m.count != 40) fault("sent no statistics");
        break;
    case LUAPROTOCOL_WALLS: break;
    default: fault("sent a message of no kind");
    }
}

static ssize_t socket_write(int descriptor, const struct iovec *parts, int count) {
    (void)descriptor;
    size_t written = 0;
    for (int i = 0; i < count; i++) {
        size_t size = parts[i].iov_len;
        if (talk.piece && size > talk.piece * 64) size = talk.piece * 64;
        if (got_count + size > got_capacity) {
            got_capacity = 2 * (got_count + size);
            got = realloc(got, got_capacity);
        }
        if (size) memcpy(got + got_count, parts[i].iov_base, size);
        got_count += size;
        written += size;
        if (size < parts[i].iov_len) break;
    }
    size_t start = 0;
    for (uint32_t length; got_count - start >= sizeof length; start += sizeof length + length) {
        memcpy(&length, got + start, sizeof length);
        if (length == 0 || length > LUAPROTOCOL_MAXIMUM_MESSAGE) fault("sent a message that is too long");
        if (got_count - start - sizeof length < length) break;
        check_message((message){got[start + 4], got + start + 5, length - 1});
    }
    memmove(got, got + start, got_count - start);
    got_count -= start;
    return (ssize_t)written;
}

typedef struct {
    message m;
    bool checks_text;
} values;

static bool check_value(values *v, int depth) {
    size_t count;
    switch (message_u8(&v->m)) {
    case LUABRIDGE_NIL:
    case LUABRIDGE_FALSE:
    case LUABRIDGE_TRUE:
    case LUABRIDGE_NULL: return true;
    case LUABRIDGE_INTEGER:
    case LUABRIDGE_NUMBER:
        if (v->m.count < 8) return false;
        message_u64(&v->m);
        return true;
    case LUABRIDGE_STRING:
    case LUABRIDGE_LARGE_INTEGER: {
        uint32_t length;
        if (v->m.count < 4) return false;
        memcpy(&length, v->m.bytes, sizeof length);
        const uint8_t *text = message_text(&v->m, &count);
        bool utf8_is_valid(const uint8_t *bytes, size_t count);
        return count == length && (!v->checks_text || utf8_is_valid(text, count));
    }
    case LUABRIDGE_FUNCTION:
        if (v->m.count < 8) return false;
        luabridge_handle handle = message_handle(&v->m);
        if (!luabridge_is_anchored(bridge, handle)) fault("sent a function that is not anchored");
        note_handle(handle, false);
        return true;
    case LUABRIDGE_TABLE:
    case LUABRIDGE_LIST:
    case LUABRIDGE_OBJECT: {
        if (v->m.count < 12 || depth > LUABRIDGE_DEPTH + 1) return false;
        uint32_t positions = message_u32(&v->m), fields = message_u32(&v->m), sparse = message_u32(&v->m);
        for (uint32_t i = 0; i < positions; i++) {
            if (!v->m.count || !check_value(v, depth + 1)) return false;
        }
        for (uint32_t i = 0; i < fields; i++) {
            message_text(&v->m, &count);
            if (!v->m.count || !check_value(v, depth + 1)) return false;
        }
        for (uint32_t i = 0; i < sparse; i++) {
            message_u64(&v->m);
            if (!v->m.count || !check_value(v, depth + 1)) return false;
        }
        return true;
    }
    default: return false;
    }
}

bool check_values(const uint8_t *bytes, size_t count, bool checks_text) {
    values v = {{0, bytes, count}, checks_text};
    if (count < 4) return false;
    for (uint32_t left = message_u32(&v.m); left > 0; left--) {
        if (!v.m.count || !check_value(&v, 0)) return false;
    }
    return v.m.count == 0;
}

// The fuzzer

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    talk = (conversation){.next = data, .end = data + size};
    is_broken = false;
    struct timespec began;
    input_began = 0;
    input_clock(CLOCK_PROCESS_CPUTIME_ID, &began);
    input_began = (uint64_t)began.tv_sec * 1000000000 + (uint64_t)began.tv_nsec;
    stop = talk.page;
    target_begin(data, size);
    if (setjmp(input_end) == 0) {
        for (;;) serve(channel_receive(REQUESTS));
    }
    if (bridge && !is_broken) luabridge_close(bridge);
    memory_free_all();
    bridge = NULL;
    operations = got_operation = slice = 0;
    ahead_start = ahead_end = 0;
    memset(places, 0, sizeof places);
    head = made = got = kept_arguments = NULL;
    head_start = head_count = head_capacity = 0;
    made_count = made_capacity = made_read = got_count = got_capacity = 0;
    return 0;
}
