#include <stdlib.h>
#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

/// Makes room for `extra` more bytes. Returns false if memory is short.
bool buffer_reserve(buffer *buffer, size_t extra) {
    size_t needed = buffer->count + extra;
    if (needed <= buffer->capacity) return true;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < needed) capacity *= 2;
    uint8_t *bytes = realloc(buffer->bytes, capacity);
    if (!bytes) return false;
    buffer->bytes = bytes;
    buffer->capacity = capacity;
    return true;
}

bool buffer_append(buffer *buffer, const void *bytes, size_t count) {
    if (!buffer_reserve(buffer, count)) return false;
    if (count) memcpy(buffer->bytes + buffer->count, bytes, count);
    buffer->count += count;
    return true;
}

/// Empties the buffer. Frees a large buffer, so that a single large value does not occupy memory for good.
void buffer_reset(buffer *buffer) {
    buffer->count = 0;
    if (buffer->capacity <= KEPT_BUFFER_BYTES) return;
    free(buffer->bytes);
    buffer->bytes = NULL;
    buffer->capacity = 0;
}

BRIDGE_END
