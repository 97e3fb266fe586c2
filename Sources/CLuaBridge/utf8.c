#include <string.h>

#include "bridge.h"

BRIDGE_BEGIN

static bool is_tail(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// Returns the length of the well-formed sequence at `bytes`, by table 3-7 of the Unicode standard; 0 if there is none.
static size_t sequence_length(const uint8_t *bytes, size_t count) {
    uint8_t lead = bytes[0];
    if (lead < 0x80) return 1;
    if (lead >= 0xC2 && lead <= 0xDF) return count >= 2 && is_tail(bytes[1]) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        if (count < 3 || !is_tail(bytes[1]) || !is_tail(bytes[2])) return 0;
        if (lead == 0xE0 && bytes[1] < 0xA0) return 0;   // overlong
        if (lead == 0xED && bytes[1] > 0x9F) return 0;   // surrogate
        return 3;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        if (count < 4 || !is_tail(bytes[1]) || !is_tail(bytes[2]) || !is_tail(bytes[3])) return 0;
        if (lead == 0xF0 && bytes[1] < 0x90) return 0;   // overlong
        if (lead == 0xF4 && bytes[1] > 0x8F) return 0;   // above U+10FFFF
        return 4;
    }
    return 0;
}

bool utf8_is_valid(const uint8_t *bytes, size_t count) {
    while (count) {
        uint64_t word;
        if (count >= sizeof word) {   // eight bytes of ASCII at a time
            memcpy(&word, bytes, sizeof word);
            if (!(word & 0x8080808080808080u)) {
                bytes += sizeof word;
                count -= sizeof word;
                continue;
            }
        }
        size_t length = sequence_length(bytes, count);
        if (!length) return false;
        bytes += length;
        count -= length;
    }
    return true;
}

BRIDGE_END
