#include "channel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "LuaProtocol.h"

enum {
    // Messages up to this size are read with the same system call as their length.
    READ_AHEAD = 64 << 10,
    // Buffers larger than this are freed when a later message does not need them.
    KEPT_BYTES = 1 << 20,
};

/// Bytes that were read and do not belong to a message yet.
static uint8_t ahead[READ_AHEAD];
static size_t ahead_start, ahead_end;

/// The buffers of both places, with room for a message each.
static struct {
    uint8_t *bytes;
    size_t capacity;
} places[2];

/// Bytes to send: messages that channel_hold kept, then the length, kind and fields of the current message.
static uint8_t *head;
static size_t head_start, head_count, head_capacity;

/// Reads at least one byte. Exits when the socket is closed.
static size_t read_some(void *bytes, size_t count) {
    for (;;) {
        ssize_t got = read(LUAPROTOCOL_SOCKET, bytes, count);
        if (got > 0) return (size_t)got;
        if (got == 0 || errno != EINTR) _exit(0);
    }
}

static void read_exactly(uint8_t *bytes, size_t count) {
    size_t held = ahead_end - ahead_start;
    size_t taken = held < count ? held : count;
    memcpy(bytes, ahead + ahead_start, taken);
    ahead_start += taken;
    for (bytes += taken, count -= taken; count > 0;) {
        if (count >= READ_AHEAD) {
            size_t got = read_some(bytes, count);
            bytes += got, count -= got;
            continue;
        }
        ahead_start = 0;
        ahead_end = read_some(ahead, READ_AHEAD);
        taken = ahead_end < count ? ahead_end : count;
        memcpy(bytes, ahead, taken);
        ahead_start = taken;
        bytes += taken, count -= taken;
    }
}

message channel_receive(int place) {
    uint32_t count;
    read_exactly((uint8_t *)&count, sizeof count);
    if (count == 0 || count > LUAPROTOCOL_MAXIMUM_MESSAGE) _exit(3);
    if (places[place].capacity < (size_t)count + 1
        || (places[place].capacity > KEPT_BYTES && count < KEPT_BYTES)) {
        size_t capacity = (size_t)count + 1 > READ_AHEAD ? (size_t)count + 1 : READ_AHEAD;
        free(places[place].bytes);
        places[place].bytes = malloc(capacity);
        places[place].capacity = capacity;
        if (!places[place].bytes) _exit(4);
    }
    uint8_t *bytes = places[place].bytes;
    read_exactly(bytes, count);
    bytes[count] = 0;
    return (message){bytes[0], bytes + 1, count - 1};
}

static void take(message *message, void *value, size_t count) {
    memset(value, 0, count);
    if (message->count < count) {
        message->count = 0;
        return;
    }
    memcpy(value, message->bytes, count);
    message->bytes += count;
    message->count -= count;
}

uint8_t message_u8(message *message) {
    uint8_t value;
    take(message, &value, sizeof value);
    return value;
}

uint32_t message_u32(message *message) {
    uint32_t value;
    take(message, &value, sizeof value);
    return value;
}

uint64_t message_u64(message *message) {
    uint64_t value;
    take(message, &value, sizeof value);
    return value;
}

luabridge_handle message_handle(message *message) {
    uint32_t slot = message_u32(message), generation = message_u32(message);
    return (luabridge_handle){slot, generation};
}

const uint8_t *message_text(message *message, size_t *count) {
    *count = message_u32(message);
    if (*count > message->count) *count = message->count;
    const uint8_t *text = message->bytes;
    message->bytes += *count;
    message->count -= *count;
    return text;
}

message message_part(message *whole) {
    size_t count;
    const uint8_t *bytes = message_text(whole, &count);
    return (message){whole->kind, bytes, count};
}

const char *message_rest(message *message) { return (const char *)message->bytes; }

static void append(const void *bytes, size_t count) {
    if (head_count + count > head_capacity) {
        size_t capacity = head_count + count + READ_AHEAD;
        uint8_t *larger = realloc(head, capacity);
        if (!larger) _exit(4);
        head = larger;
        head_capacity = capacity;
    }
    if (count) memcpy(head + head_count, bytes, count);
    head_count += count;
}

void channel_begin(uint8_t kind) {
    if (head_count == 0 && head_capacity > KEPT_BYTES) {
        free(head);
        head = NULL;
        head_capacity = 0;
    }
    head_start = head_count;
    channel_u32(0);
    channel_u8(kind);
}

void channel_u8(uint8_t value) { append(&value, sizeof value); }
void channel_u32(uint32_t value) { append(&value, sizeof value); }
void channel_u64(uint64_t value) { append(&value, sizeof value); }

void channel_handle(luabridge_handle handle) {
    channel_u32(handle.slot);
    channel_u32(handle.generation);
}

void channel_text(const void *bytes, size_t count) {
    channel_u32((uint32_t)count);
    append(bytes, count);
}

/// Writes the length of the current message, to which `count` more bytes will be added.
static void end(size_t count) {
    uint32_t length = (uint32_t)(head_count - head_start - sizeof length + count);
    memcpy(head + head_start, &length, sizeof length);
}

void channel_hold(const void *bytes, size_t count) {
    end(count);
    append(bytes, count);
}

size_t channel_held(void) { return head_count; }

/// Writes the messages so far and these bytes to the socket.
static void transmit(const void *bytes, size_t count) {
    struct iovec parts[2] = {{head, head_count}, {(void *)bytes, count}};
    struct iovec *part = parts;
    int left = count ? 2 : 1;
    while (left > 0) {
        ssize_t sent = writev(LUAPROTOCOL_SOCKET, part, left);
        if (sent < 0) {
            if (errno == EINTR) continue;
            _exit(0);
        }
        for (size_t done = (size_t)sent; left > 0;) {
            if (done < part->iov_len) {
                part->iov_base = (uint8_t *)part->iov_base + done;
                part->iov_len -= done;
                break;
            }
            done -= part->iov_len;
            part += 1, left -= 1;
        }
    }
    head_count = 0;
}

void channel_send(const void *bytes, size_t count) {
    end(count);
    transmit(bytes, count);
}

void channel_flush(void) {
    if (head_count) transmit(NULL, 0);
}
