// A list of all blocks. Each block has a header, which AddressSanitizer guards like the bytes around a block.

#include "memory.h"

#include <sanitizer/asan_interface.h>
#include <string.h>

#undef malloc
#undef free

typedef struct header {
    struct header *next, *previous;
    size_t count;
    size_t unused;   // keeps the block aligned to 16 bytes
} header;

static header all = {&all, &all, 0, 0};

void *memory_allocate(size_t count) {
    header *h = malloc(sizeof *h + count);
    if (!h) return NULL;
    *h = (header){all.next, &all, count, 0};
    if (all.next != &all) ASAN_UNPOISON_MEMORY_REGION(all.next, sizeof *h);
    all.next->previous = h;
    if (all.next != &all) ASAN_POISON_MEMORY_REGION(all.next, sizeof *h);
    all.next = h;
    ASAN_POISON_MEMORY_REGION(h, sizeof *h);
    return h + 1;
}

void *memory_allocate_zeroed(size_t items, size_t size) {
    void *block = memory_allocate(items * size);
    return block ? memset(block, 0, items * size) : NULL;
}

/// Always moves the block, so that a stale pointer to it is found.
void *memory_reallocate(void *block, size_t count) {
    void *other = memory_allocate(count);
    if (!block || !other) return other;
    header *h = (header *)block - 1;
    ASAN_UNPOISON_MEMORY_REGION(h, sizeof *h);
    size_t kept = h->count;
    ASAN_POISON_MEMORY_REGION(h, sizeof *h);
    memcpy(other, block, kept < count ? kept : count);
    memory_free(block);
    return other;
}

void memory_free(void *block) {
    if (!block) return;
    header *h = (header *)block - 1;
    ASAN_UNPOISON_MEMORY_REGION(h, sizeof *h);
    header *around[] = {h->next, h->previous};
    for (int i = 0; i < 2; i++) {
        if (around[i] != &all) ASAN_UNPOISON_MEMORY_REGION(around[i], sizeof *h);
    }
    h->next->previous = h->previous;
    h->previous->next = h->next;
    for (int i = 0; i < 2; i++) {
        if (around[i] != &all) ASAN_POISON_MEMORY_REGION(around[i], sizeof *h);
    }
    free(h);
}

void memory_free_all(void) {
    while (all.next != &all) memory_free(all.next + 1);
}
