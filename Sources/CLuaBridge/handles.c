// The Lua values that Swift holds, by slot and generation: functions, environments and coroutines.
//
// The values are in tables of the registry; the slots are plain memory. A freed slot gets a new generation, so that an
// old handle never reaches another value.

#include <stdlib.h>

#include "bridge.h"

BRIDGE_BEGIN

void handles_open(lua_State *L) {
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_FUNCTIONS);
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &KEY_COROUTINES);
}

static uint32_t grown(uint32_t capacity) { return capacity ? capacity * 2 : 16; }

/// Takes a free slot. Returns NO_SLOT if memory is short.
static uint32_t take_function_slot(luabridge *b) {
    if (b->free_function == NO_SLOT) {
        uint32_t capacity = grown(b->function_capacity);
        function_slot *slots = realloc(b->functions, capacity * sizeof *slots);
        if (!slots) return NO_SLOT;
        for (uint32_t i = b->function_capacity; i < capacity; i++) {
            slots[i] = (function_slot){.generation = 0, .next = i + 1 < capacity ? i + 1 : NO_SLOT};
        }
        b->free_function = b->function_capacity;
        b->functions = slots;
        b->function_capacity = capacity;
    }
    uint32_t slot = b->free_function;
    b->free_function = b->functions[slot].next;
    return slot;
}

/// Anchors the function or environment at `index`. Until `handles_commit` it belongs to an encoding that may fail.
luabridge_handle handles_anchor(lua_State *L, int index) {
    luabridge *b = bridge_of(L);
    index = lua_absindex(L, index);
    limits_check_room(L, HOST_FUNCTION_BYTES);
    uint32_t slot = take_function_slot(b);
    if (slot == NO_SLOT) luaL_error(L, "not enough memory");
    b->functions[slot].used = true;
    b->functions[slot].next = b->provisional;   // linked first: storing the value may raise
    b->provisional = slot;
    b->function_count += 1;
    b->bytes += HOST_FUNCTION_BYTES;
    luaL_checkstack(L, 2, NULL);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_FUNCTIONS);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (lua_Integer)slot + 1);
    lua_pop(L, 1);
    return (luabridge_handle){slot, b->functions[slot].generation};
}

void handles_commit(luabridge *b) { b->provisional = NO_SLOT; }

/// Frees a slot. Overwrites the value with `false`, which needs no memory and so cannot raise.
static void free_function(luabridge *b, uint32_t slot) {
    lua_State *L = b->main;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_FUNCTIONS);
    if (lua_rawgeti(L, -1, (lua_Integer)slot + 1) != LUA_TNIL) {   // nil if storing the value raised
        lua_pushboolean(L, 0);
        lua_rawseti(L, -3, (lua_Integer)slot + 1);
    }
    lua_pop(L, 2);
    b->functions[slot].used = false;
    b->functions[slot].generation += 1;
    b->functions[slot].next = b->free_function;
    b->free_function = slot;
    b->function_count -= 1;
    b->bytes -= HOST_FUNCTION_BYTES;
}

/// Releases the functions that a failed encoding anchored.
void handles_roll_back(luabridge *b) {
    while (b->provisional != NO_SLOT) {
        uint32_t slot = b->provisional;
        b->provisional = b->functions[slot].next;
        free_function(b, slot);
    }
}

int luabridge_is_anchored(const luabridge *b, luabridge_handle handle) {
    return handle.slot < b->function_capacity && b->functions[handle.slot].used
        && b->functions[handle.slot].generation == handle.generation;
}

void luabridge_release(luabridge *b, luabridge_handle handle) {
    if (luabridge_is_anchored(b, handle)) free_function(b, handle.slot);
}

/// Pushes the value of a handle. Returns false, and pushes nothing, if the handle is stale.
bool handles_push(lua_State *L, luabridge_handle handle) {
    luabridge *b = bridge_of(L);
    if (!luabridge_is_anchored(b, handle)) return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_FUNCTIONS);
    lua_rawgeti(L, -1, (lua_Integer)handle.slot + 1);
    lua_remove(L, -2);
    return true;
}

/// Anchors the thread at `index` in a slot. Raises if memory is short.
luabridge_handle handles_add_coroutine(lua_State *L, int index) {
    luabridge *b = bridge_of(L);
    index = lua_absindex(L, index);
    limits_check_room(L, HOST_COROUTINE_BYTES);
    if (b->free_coroutine == NO_SLOT) {
        uint32_t capacity = grown(b->coroutine_capacity);
        coroutine_slot *slots = realloc(b->coroutines, capacity * sizeof *slots);
        if (!slots) luaL_error(L, "not enough memory");
        for (uint32_t i = b->coroutine_capacity; i < capacity; i++) {
            slots[i] = (coroutine_slot){.next = i + 1 < capacity ? i + 1 : NO_SLOT};
        }
        b->free_coroutine = b->coroutine_capacity;
        b->coroutines = slots;
        b->coroutine_capacity = capacity;
    }
    uint32_t slot = b->free_coroutine;   // taken from the list only after the value is stored
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_COROUTINES);
    lua_pushvalue(L, index);
    lua_rawseti(L, -2, (lua_Integer)slot + 1);
    lua_pop(L, 1);
    b->free_coroutine = b->coroutines[slot].next;
    b->coroutines[slot].thread = lua_tothread(L, index);
    b->coroutines[slot].stop = LUABRIDGE_LIVE;
    b->coroutine_count += 1;
    b->bytes += HOST_COROUTINE_BYTES;
    return (luabridge_handle){slot, b->coroutines[slot].generation};
}

coroutine_slot *handles_coroutine(luabridge *b, luabridge_handle handle) {
    if (handle.slot >= b->coroutine_capacity) return NULL;
    coroutine_slot *slot = &b->coroutines[handle.slot];
    return slot->thread && slot->generation == handle.generation ? slot : NULL;
}

void handles_remove_coroutine(luabridge *b, uint32_t slot) {
    lua_State *L = b->main;
    lua_rawgetp(L, LUA_REGISTRYINDEX, &KEY_COROUTINES);
    lua_pushboolean(L, 0);
    lua_rawseti(L, -2, (lua_Integer)slot + 1);
    lua_pop(L, 1);
    b->coroutines[slot].thread = NULL;
    b->coroutines[slot].generation += 1;
    b->coroutines[slot].next = b->free_coroutine;
    b->free_coroutine = slot;
    b->coroutine_count -= 1;
    b->bytes -= HOST_COROUTINE_BYTES;
}

luabridge_handle handles_running(const luabridge *b) {
    if (b->running == NO_SLOT) return (luabridge_handle){NO_SLOT, 0};
    return (luabridge_handle){b->running, b->coroutines[b->running].generation};
}

BRIDGE_END
