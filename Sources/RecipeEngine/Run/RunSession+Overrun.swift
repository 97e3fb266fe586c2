internal import LuaHost
internal import OrderedCollections
internal import ServerPilot

extension RunSession {
    /// Records the failure of a run whose computation nothing inside can stop, and calls the function that ends the
    /// process.
    ///
    /// - Parameter tell: receives the failure, even if the journal does not answer in time.
    func overran(_ tell: @escaping @Sendable (RecipeFailure) -> Void) {
        let message = "one instruction or function computed for more than \(limits.lua.slice.shortText)"
        let failure = RecipeFailure(
            code: "cpu_limit", message: message, site: nil, excerpt: nil, frames: [],
            hint: "the recipe computes without end, or far longer than any recipe should", summary: summary)
        let body: JSONObject = [
            "status": "failed", "code": .string(failure.code), "message": .string(failure.message),
        ]
        // The run's own executor is blocked, so other executors write and wait.
        Task.detached { [self] in
            _ = try? await recorder.commit(JournalEntry(.ended, time: time.now, body: body))
            tell(failure)
        }
        Task.detached { [self] in
            try? await Task.sleep(for: limits.lastWords)
            tell(failure)
        }
    }
}
