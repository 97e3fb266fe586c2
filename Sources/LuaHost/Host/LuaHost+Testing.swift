extension LuaHost {
    /// Fails the allocations of Lua in `range`, with the next allocation as 1; an empty range ends this.
    ///
    /// For tests: the memory limit cannot select a single allocation.
    package func failAllocations(_ range: Range<UInt64>) {
        state.failAllocations(range)
    }

    /// The number of allocations of Lua since ``failAllocations(_:)``.
    ///
    /// For tests.
    package var allocations: UInt64 {
        state.allocations
    }

    /// The number of times that the host sent slices to Lua.
    ///
    /// For tests: each time takes a round trip if Lua runs in another process.
    package var sendings: Int {
        state.sendings
    }

    /// Frees all values without references.
    ///
    /// For tests: Lua collects garbage by itself.
    package func collectGarbage() {
        state.collectGarbage()
    }
}
