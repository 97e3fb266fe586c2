// The child's end of the socket pair: whole messages, read and written with the least number of system calls.
//
// Whoever is at the other end made this process. What is wrong there (an end, a message that is too long) ends it: there
// is nobody to tell.

#ifndef CHANNEL_H
#define CHANNEL_H

#include <stddef.h>
#include <stdint.h>

#include "CLuaBridge.h"

/// A message that came, and how far it was read. The fields that are read past its end are zero.
typedef struct {
    uint8_t kind;
    const uint8_t *bytes;
    size_t count;
} message;

/// Reads the next message into one of two places, so that a reply does not overwrite the request that it is for.
message channel_receive(int place);

uint8_t message_u8(message *message);
uint32_t message_u32(message *message);
uint64_t message_u64(message *message);
luabridge_handle message_handle(message *message);
/// A count and so many bytes.
const uint8_t *message_text(message *message, size_t *count);
/// What is left, with a NUL behind it that does not count.
const char *message_rest(message *message);

/// Begins a message; the fields follow.
void channel_begin(uint8_t kind);
void channel_u8(uint8_t value);
void channel_u32(uint32_t value);
void channel_u64(uint64_t value);
void channel_handle(luabridge_handle handle);
void channel_text(const void *bytes, size_t count);
/// Ends what was begun with these bytes, to be sent together with the next message.
void channel_hold(const void *bytes, size_t count);
/// Sends what was begun, with these bytes at its end.
void channel_send(const void *bytes, size_t count);

#endif
