// The walls around the process that runs other people's Lua: the kernel limits its files, system calls and resources.

#ifndef CONFINEMENT_H
#define CONFINEMENT_H

#include <stddef.h>
#include <stdint.h>

/// Sets up every wall that this kernel supports, for good. Call it before the first byte of a recipe is read.
///
/// - memory: bytes that Lua may hold, 0 for no limit.
/// - cpu: nanoseconds of CPU time, 0 for no limit.
/// Returns the walls in force, as bits of LUAPROTOCOL_WALL_….
uint32_t confinement_enter(uint64_t memory, uint64_t cpu);

#endif
