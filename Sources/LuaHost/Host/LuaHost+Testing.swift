extension LuaHost {
    /// Of the allocations that Lua makes from now on, fails those numbered `range`, from 1.
    ///
    /// An empty range ends it. For tests: the memory limit itself cannot be aimed so well.
    package func failAllocations(_ range: Range<UInt64>) {
        state.failAllocations(range)
    }

    /// How many allocations Lua made since ``failAllocations(_:)``.
    ///
    /// For tests.
    package var allocations: UInt64 {
        state.allocations
    }

    /// Frees all that nothing refers to.
    ///
    /// For tests: Lua collects on its own.
    package func collectGarbage() {
        state.collectGarbage()
    }
}
