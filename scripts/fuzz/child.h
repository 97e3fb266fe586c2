// The fuzzed program: sprun-lua without its walls and without a socket. A target makes the messages of the host.

#ifndef FUZZ_CHILD_H
#define FUZZ_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CLuaBridge.h"

enum { KNOWN = 16 };

/// A slice of RUN.
typedef struct {
    luabridge_handle coroutine;   // of a slice that starts: known from its first call
    bool starts, end_has_no_effect, is_known;
} sent_slice;

/// A coroutine that waits for an operation, and the call that began it.
typedef struct {
    luabridge_handle coroutine;
    uint64_t operation;
    uint32_t called;
    const uint8_t *arguments;
    size_t argument_bytes;
} parked_coroutine;

/// A text that stands for a secret.
#define SEAL LUABRIDGE_SEAL_MARK "0123456789abcdef0123456789abcdef" LUABRIDGE_SEAL_END

/// The state of a target: its unread input, and facts that it has read from the messages of the child.
typedef struct {
    const uint8_t *next, *end;             // the unread input
    bool is_honest;                        // all messages of the host follow the protocol
    uint8_t page[LUAPROTOCOL_PAGE_BYTES];  // the shared page
    size_t piece;                          // the most bytes of a read or write; 0 for any number

    uint8_t request;                       // the kind of the last request
    bool is_out_of_step;                   // a length was wrong, so that the child reads other requests
    bool is_called;                        // the child waits for a reply to a call
    sent_slice slices[LUAPROTOCOL_PAGE_BYTES];   // of the last RUN
    size_t slice_count, position;          // the slices, and those that have ended
    bool is_loud;                          // the slice did something that other slices can notice
    luabridge_handle functions[KNOWN], coroutines[KNOWN];
    size_t function_count, coroutine_count;
    parked_coroutine parked[KNOWN];
    size_t parked_count;
    uint32_t called;                       // the function of the last call
    const uint8_t *arguments;              // of the last call; kept until the next message of the child
    size_t argument_bytes;
} conversation;

extern conversation talk;

/// Makes the next message of the host with the functions below; returns false at the end of the input.
bool target_make(void);
/// Prepares `talk` for an input.
void target_begin(const uint8_t *data, size_t size);

void make_begin(uint8_t kind);
void make_u8(uint8_t value);
void make_u32(uint32_t value);
void make_u64(uint64_t value);
void make_handle(luabridge_handle handle);
void make_bytes(const void *bytes, size_t count);
void make_text(const void *bytes, size_t count);
/// Begins a text that has fields of its own, and ends it.
void make_part(void);
void make_part_end(void);
/// A value: its tag, a count, and the bytes.
void make_string(const char *text);
/// The bytes of the message so far.
size_t make_count(void);
/// Removes bytes at the end of the message.
void make_cut(size_t count);
/// Ends the message; the length in front of it is wrong by `error`.
void make_end(uint32_t error);

/// Ends the process with the reason: the child broke the protocol.
_Noreturn void fault(const char *reason);

/// Checks an encoded list of values and notes the functions in it; returns whether it is whole.
bool check_values(const uint8_t *bytes, size_t count, bool checks_text);

#endif
