// The walls around the process that runs other people's Lua.

#ifndef CONFINEMENT_H
#define CONFINEMENT_H

#include <stddef.h>
#include <stdint.h>

/// Puts up every wall that this kernel has, for good. To be called before the first byte of a recipe is read.
///
/// - memory: bytes that Lua may hold, 0 for no limit.
/// - cpu: nanoseconds of CPU time, 0 for no limit.
/// Gives the walls that stand, as bits of LUAPROTOCOL_WALL_….
uint32_t confinement_enter(uint64_t memory, uint64_t cpu);

#endif
