// The process that runs recipes: Lua, the bridge, and a loop that serves the host's requests.
//
// The process has no network, no files, no environment and no credentials. A recipe reaches only the host's functions,
// which the host runs after its own checks. So a fault in Lua or in the bridge opens only this process to a recipe.
//
// Exit statuses: 0 if the socket was closed, 3 for a message outside the protocol, 4 if memory is short, 5 for another
// version of the protocol, 64 if started by hand.

#include <malloc.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "CLuaBridge.h"
#include "LuaProtocol.h"
#include "channel.h"
#include "confinement.h"

/// The places that channel_receive reads to: for requests of the host, and for its replies to calls.
enum { REQUESTS = 0, REPLIES = 1 };

/// The shared page: a byte for each slice of RUN. It is LUABRIDGE_LIVE, or why the slice must stop. The host writes it.
static const volatile uint8_t *stop;

/// The position of the running slice in RUN; 0 outside of slices.
static size_t slice;

/// Whether the slice has done nothing that the host must know before the next slice.
static bool is_quiet;

static luabridge *bridge;

/// The number of async calls so far. Each call uses its number as the id of its operation.
static uint64_t operations;

// Callbacks from Lua

static int call(void *context, const luabridge_call *call, luabridge_reply *reply) {
    (void)context;
    channel_begin(LUAPROTOCOL_CALL);
    channel_handle(call->coroutine);
    channel_u32(call->function);
    channel_u32((uint32_t)call->line);
    channel_u64(call->waits ? ++operations : 0);
    channel_text(call->source, strlen(call->source));
    if (call->waits) {
        channel_hold(call->arguments, call->argument_bytes);
        reply->operation = operations;
        return LUABRIDGE_SUSPEND;
    }
    is_quiet = false;
    channel_send(call->arguments, call->argument_bytes);
    message answer = channel_receive(REPLIES);
    if (answer.kind != LUAPROTOCOL_REPLY) _exit(3);
    int verdict = message_u8(&answer);
    reply->error = message_u64(&answer);
    reply->operation = message_u64(&answer);
    reply->bytes = answer.bytes;
    reply->count = answer.count;
    return verdict;
}

enum {
    // The nanoseconds after a sent line during which further lines are kept, to be sent together.
    PRINT_PAUSE = 5000000,
    // The bytes of lines that are kept at most.
    PRINT_BYTES = 8 << 10,
};

/// The time at which a line was last sent.
static uint64_t print_sent;

static void print(void *context, const uint8_t *bytes, size_t count) {
    (void)context;
    is_quiet = false;
    channel_begin(LUAPROTOCOL_PRINT);
    uint64_t now = luabridge_monotonic();
    if (channel_held() + count < PRINT_BYTES && now - print_sent < PRINT_PAUSE) {
        channel_hold(bytes, count);
        return;
    }
    print_sent = now;
    channel_send(bytes, count);
}

/// Returns why the slice must stop. Lua calls it every few thousand instructions.
static int interrupted(void *context, luabridge_handle coroutine) {
    (void)context, (void)coroutine;
    // A script that prints and then computes: its lines must not wait for its next message.
    if (channel_held() && luabridge_monotonic() - print_sent > PRINT_PAUSE) {
        channel_flush();
        print_sent = luabridge_monotonic();
    }
    return stop[slice];
}

static void abandon(void *context, uint64_t operation) {
    (void)context;
    is_quiet = false;
    channel_begin(LUAPROTOCOL_ABANDON);
    channel_u64(operation);
    channel_send(NULL, 0);
}

// Requests of the host

static void begin_outcome(luabridge_outcome outcome, bool next_follows) {
    channel_begin(LUAPROTOCOL_OUTCOME);
    channel_u8((uint8_t)outcome.status);
    channel_u8(next_follows);
    channel_u64(outcome.operation);
    channel_handle(outcome.handle);
}

static void send_outcome(luabridge_outcome outcome) {
    begin_outcome(outcome, false);
    channel_send(outcome.bytes, outcome.count);
}

static void open_bridge(message request) {
    if (bridge || message_u32(&request) != LUAPROTOCOL_VERSION) _exit(5);
    uint64_t memory = message_u64(&request), slice = message_u64(&request), total = message_u64(&request);
    uint64_t value_bytes = message_u64(&request);
    uint32_t value_depth = message_u32(&request);
    luabridge_limits limits = {memory, slice, total, value_bytes, value_depth, message_u64(&request)};
    luabridge_callbacks callbacks = {NULL, call, print, interrupted, abandon};
    uint32_t walls = confinement_enter(memory, total);
    bridge = luabridge_open(limits, callbacks);
    if (!bridge) _exit(4);
    channel_begin(LUAPROTOCOL_WALLS);
    channel_u32(walls);
    channel_send(NULL, 0);
}

/// Charges the recipe for all CPU time: `host` nanoseconds of the host, and that of this process.
static void charge(uint64_t host) {
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    luabridge_charge(bridge, host + (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec);
}

static luabridge_outcome install(message request) {
    luabridge_handle environment = message_handle(&request);
    uint32_t first = message_u32(&request);
    size_t count;
    const uint8_t *kinds = message_text(&request, &count);
    return luabridge_install(bridge, environment, request.bytes, request.count, first, kinds, count);
}

static luabridge_outcome load(message request) {
    enum { LONGEST_NAME = 4096 };
    luabridge_handle environment = message_handle(&request);
    size_t count;
    const uint8_t *text = message_text(&request, &count);
    char name[LONGEST_NAME];
    if (count >= sizeof name) count = sizeof name - 1;
    memcpy(name, text, count);
    name[count] = 0;
    return luabridge_load(bridge, environment, request.bytes, request.count, name);
}

static luabridge_outcome make_function(message request) {
    uint32_t function = message_u32(&request);
    uint8_t kind = message_u8(&request);
    return luabridge_make_function(bridge, function, kind, message_rest(&request));
}

static luabridge_outcome set_global(message request) {
    luabridge_handle environment = message_handle(&request);
    luabridge_handle function = message_handle(&request);
    return luabridge_set_global(bridge, environment, message_rest(&request), function);
}

static luabridge_outcome start(message part) {
    luabridge_handle function = message_handle(&part);
    luabridge_outcome created = luabridge_create(bridge, function, part.bytes, part.count);
    return created.status == LUABRIDGE_FINISHED ? luabridge_start(bridge, created.handle) : created;
}

static luabridge_outcome resume(message part) {
    luabridge_handle coroutine = message_handle(&part);
    uint64_t operation = message_u64(&part);
    int verdict = message_u8(&part);
    luabridge_reply reply = {.error = message_u64(&part)};
    reply.bytes = part.bytes;
    reply.count = part.count;
    return luabridge_resume(bridge, coroutine, operation, verdict, reply, stop[slice]);
}

/// Runs slices in order, until one of them can influence the next.
static void run(message request) {
    charge(message_u64(&request));
    uint64_t began = luabridge_monotonic();
    for (bool goes_on = true; goes_on; slice++) {
        message part = message_part(&request);
        uint8_t kind = message_u8(&part);
        bool end_has_effect = !message_u8(&part);
        is_quiet = true;
        luabridge_outcome outcome = kind == LUAPROTOCOL_START ? start(part) : resume(part);
        bool is_over = outcome.status == LUABRIDGE_FAILED || (outcome.status == LUABRIDGE_FINISHED && end_has_effect);
        goes_on = is_quiet && !is_over && request.count && slice + 1 < LUAPROTOCOL_PAGE_BYTES
            && channel_held() + outcome.count < LUAPROTOCOL_RUN_BYTES
            && luabridge_monotonic() - began < LUAPROTOCOL_RUN_NANOSECONDS;
        begin_outcome(outcome, goes_on);
        (goes_on ? channel_hold : channel_send)(outcome.bytes, outcome.count);
    }
    slice = 0;
}

static void measure(void) {
    luabridge_statistics held = luabridge_measure(bridge);
    channel_begin(LUAPROTOCOL_STATISTICS);
    channel_u64(held.bytes);
    channel_u64(held.peak_bytes);
    channel_u32(held.functions);
    channel_u32(held.coroutines);
    channel_u64(held.cpu);
    channel_u64(luabridge_allocations(bridge));
    channel_send(NULL, 0);
}

static luabridge_outcome live_errors(message request) {
    luabridge_outcome outcome = luabridge_live_errors(bridge, message_u8(&request));
    outcome.count *= sizeof(uint64_t);
    return outcome;
}

static void serve(message request) {
    if (request.kind != LUAPROTOCOL_OPEN && !bridge) _exit(3);
    switch (request.kind) {
    case LUAPROTOCOL_OPEN: open_bridge(request); break;
    case LUAPROTOCOL_INSTALL: send_outcome(install(request)); break;
    case LUAPROTOCOL_ENVIRONMENT: send_outcome(luabridge_make_environment(bridge)); break;
    case LUAPROTOCOL_FUNCTION: send_outcome(make_function(request)); break;
    case LUAPROTOCOL_GLOBAL: send_outcome(set_global(request)); break;
    case LUAPROTOCOL_BOUNDARY: {
        luabridge_handle function = message_handle(&request);
        send_outcome(luabridge_make_boundary(bridge, function, message_handle(&request)));
        break;
    }
    case LUAPROTOCOL_LOAD: send_outcome(load(request)); break;
    case LUAPROTOCOL_RUN: run(request); break;
    case LUAPROTOCOL_RELEASE:
        while (request.count) luabridge_release(bridge, message_handle(&request));
        break;
    case LUAPROTOCOL_REARM: luabridge_rearm(bridge); break;
    case LUAPROTOCOL_ERRORS: send_outcome(live_errors(request)); break;
    case LUAPROTOCOL_MEASURE: measure(); break;
    case LUAPROTOCOL_FAIL: {
        uint64_t first = message_u64(&request);
        luabridge_fail_allocations(bridge, first, message_u64(&request));
        break;
    }
    default: _exit(3);
    }
}

/// Makes the allocator return freed memory to the system: the host compares what the kernel counts with its limit.
static void keep_little(void) {
#ifdef __GLIBC__
    enum { LARGEST_KEPT = 1 << 20 };
    mallopt(M_MMAP_THRESHOLD, LARGEST_KEPT);
    mallopt(M_TRIM_THRESHOLD, LARGEST_KEPT);
#endif
}

int main(void) {
    stop = mmap(NULL, LUAPROTOCOL_PAGE_BYTES, PROT_READ, MAP_SHARED, LUAPROTOCOL_PAGE, 0);
    if (stop == MAP_FAILED) {
        static const char words[] = "sprun-lua runs the Lua of sprun and is started by it.\n";
        ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
        return written < 0 ? 1 : 64;
    }
    close(LUAPROTOCOL_PAGE);
    keep_little();
    for (;;) serve(channel_receive(REQUESTS));
}
