// Replaces the allocator in every C file of the fuzzed program. So the driver can free all blocks at the end of an
// input, also after it left a call of Lua by longjmp.

#ifndef FUZZ_MEMORY_H
#define FUZZ_MEMORY_H

#include <stddef.h>
#include <stdlib.h>

void *memory_allocate(size_t count);
void *memory_allocate_zeroed(size_t items, size_t size);
void *memory_reallocate(void *block, size_t count);
void memory_free(void *block);
/// Frees all blocks.
void memory_free_all(void);

#define malloc memory_allocate
#define calloc memory_allocate_zeroed
#define realloc memory_reallocate
#define free memory_free

#endif
