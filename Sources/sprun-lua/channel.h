// The child's end of the socket pair: reads and writes whole messages with as few system calls as possible.
//
// The host that started this process has the other end. The process exits if the host closes it or sends a message that
// is too long: there is no other place to report an error.

#ifndef CHANNEL_H
#define CHANNEL_H

#include <stddef.h>
#include <stdint.h>

#include "CLuaBridge.h"

/// A received message: its kind and its unread bytes. Fields that are read past its end are zero.
typedef struct {
    uint8_t kind;
    const uint8_t *bytes;
    size_t count;
} message;

/// Reads the next message into place 0 or 1, so that a reply does not overwrite the request that it belongs to.
message channel_receive(int place);

uint8_t message_u8(message *message);
uint32_t message_u32(message *message);
uint64_t message_u64(message *message);
luabridge_handle message_handle(message *message);
/// Reads a uint32 count and that many bytes, or the unread bytes if they are fewer.
const uint8_t *message_text(message *message, size_t *count);
/// Reads a text that has fields of its own. Its kind is that of the message.
message message_part(message *whole);
/// Returns the unread bytes, followed by a NUL that is not part of the message.
const char *message_rest(message *message);

/// Begins a message. The caller then adds its fields.
void channel_begin(uint8_t kind);
void channel_u8(uint8_t value);
void channel_u32(uint32_t value);
void channel_u64(uint64_t value);
void channel_handle(luabridge_handle handle);
void channel_text(const void *bytes, size_t count);
/// Ends the message with these bytes and keeps it, to be sent together with the next message.
void channel_hold(const void *bytes, size_t count);
/// Returns the bytes of the messages that are kept.
size_t channel_held(void);
/// Ends the message with these bytes and sends it.
void channel_send(const void *bytes, size_t count);
/// Sends the messages that are kept.
void channel_flush(void);

#endif
