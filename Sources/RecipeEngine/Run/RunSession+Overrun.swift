internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections

extension RunSession {
    /// Records the failure of a run whose computation nothing inside can stop, and calls the function that ends the
    /// process.
    ///
    /// - Parameters:
    ///   - error: the limit that was passed: of CPU time or memory.
    ///   - tell: receives the failure, even if the journal does not answer in time.
    func overran(_ error: LuaError, _ tell: @escaping @Sendable (RecipeFailure) -> Void) {
        let isMemory = error.code == .memory
        let failure = RecipeFailure(
            code: isMemory ? "memory_limit" : "cpu_limit", message: error.message, site: nil, excerpt: nil, frames: [],
            hint: isMemory
                ? "the recipe uses too much memory in sprun: process fewer items at a time"
                : "the recipe computed for too long: check it for an endless loop",
            summary: tally.summary)
        let end = Entry.End(.failed(code: failure.code, message: failure.message))
        // The run's own executor is blocked, so other executors write and wait.
        Task.detached { [self] in
            try? await steps.end(end)
            tell(failure)
        }
        Task.detached { [self] in
            try? await Task.sleep(for: limits.lastWords)
            tell(failure)
        }
    }
}
