internal import CLuaBridge

extension LuaHost {
    /// Runs the function that `prepare` returns, as the root coroutine of a run.
    func execute(
        _ arguments: [LuaValue], _ prepare: (BridgeState) throws(LuaError) -> LuaFunction
    ) async throws(LuaError) -> [LuaValue] {
        guard !runs.isCancelled else {
            guard Int(runs.reason) == LUABRIDGE_SPENT_MEMORY else {
                throw LuaError(code: .cancelled, message: "the run was cancelled")
            }
            throw LuaError(code: .memory, message: "an earlier run of this host reached the memory limit")
        }
        let cancellation = Cancellation()
        runs.add(cancellation)
        defer { runs.remove(cancellation) }
        configuration.activity?.workBegan()
        let function: LuaFunction
        do {
            function = try prepare(state)
        } catch {
            configuration.activity?.workEnded()
            throw error
        }
        let invocation = LuaInvocation(function, arguments)
        let result = await withTaskCancellationHandler {
            await runRoot(invocation, cancellation)
        } onCancel: {
            cancellation.cancel()
        }
        return try result.get()
    }

    private func runRoot(_ invocation: LuaInvocation, _ cancellation: Cancellation) async
        -> Result<[LuaValue], LuaError>
    {
        let coroutine = HostCoroutine(path: .root, cancellation: cancellation)
        var (first, result) = (PendingOperation?.none, Result<[LuaValue], LuaError>.success([]))
        _ = state.run([Slice(coroutine: coroutine, cause: .start(invocation))]) { _, step in
            switch step {
            case .ended(let end): result = end
            case .parked(let operation): first = operation
            }
        }
        guard let operation = first else {
            configuration.activity?.workEnded()
            return result
        }
        configuration.activity?.workBegan()  // the operation
        configuration.activity?.workEnded()  // the first slice
        return await withCheckedContinuation { continuation in
            coroutine.finish = { continuation.resume(returning: $0) }
            launch(coroutine, operation)
        }
    }

    /// Lets a coroutine wait for an operation, and continue after it, in a separate task.
    ///
    /// Tasks start on the host's executor in the order of their creation. So operations start in the order in which Lua
    /// called them, after the slices that called them have ended. (`Task.immediate` would start some of them at once
    /// and others not.)
    func launch(_ coroutine: HostCoroutine, _ operation: PendingOperation) {
        let cancellation = coroutine.cancellation
        let task = Task { await withTaskExecutorPreference(executor) { await drive(coroutine, from: operation) } }
        cancellation.attach(task)
    }

    /// Runs a coroutine from a wait to its end.
    private func drive(_ coroutine: HostCoroutine, from first: PendingOperation) async {
        var operation = first
        while true {
            let result = await perform(operation, of: coroutine)
            guard let next = await resume(coroutine, with: result, of: operation) else { return }
            if Task.isCancelled && !coroutine.cancellation.isCancelled {
                // A script closed the coroutine that waited for the last operation, which cancelled only that
                // operation. A cancelled task stays cancelled, so the rest needs a new task.
                return launch(coroutine, next)
            }
            operation = next
        }
    }

    /// Delivers the result of an operation, together with those of other operations that have ended.
    ///
    /// The jobs that wait now run before, unless it failed: the operations that they end are delivered at the same time,
    /// in the order in which they ended.
    ///
    /// - Returns: The next operation; `nil` if the coroutine has ended.
    private func resume(
        _ coroutine: HostCoroutine, with result: Result<[LuaValue], any Error>, of operation: PendingOperation
    ) async -> PendingOperation? {
        await withUnsafeContinuation { continuation in
            coroutine.continuation = continuation
            ready.append(Slice(coroutine: coroutine, cause: .result(result, of: operation.id)))
            // An error is sent alone. So a task that is cancelled with thousands of others ends before they run.
            let isError = if case .failure = result { true } else { false }
            if isError || ready.count == Self.mostReady || (ready.count == 1 && !executor.hasJobs) {
                resumeReady()
            } else if ready.count == 1 {
                Task { resumeReady() }
            }
        }
    }

    /// Resumes the coroutines that can go on.
    func resumeReady() {
        var slices = ready[...]
        ready = []
        while !slices.isEmpty {
            let count = state.run(slices) { slice, step in settle(slice.coroutine, step) }
            slices = slices.dropFirst(count)
        }
    }

    /// Lets a coroutine end, and its task go on with the next operation or end.
    private func settle(_ coroutine: HostCoroutine, _ step: BridgeState.Step) {
        var next: PendingOperation?
        switch step {
        case .ended(let result): coroutine.finish(result)
        case .parked(let operation):
            next = operation
            configuration.activity?.workBegan()
        }
        configuration.activity?.workEnded()
        let continuation = coroutine.continuation
        coroutine.continuation = nil
        continuation?.resume(returning: next)
    }

    private func perform(_ operation: PendingOperation, of coroutine: HostCoroutine) async
        -> Result<[LuaValue], any Error>
    {
        guard !coroutine.cancellation.isCancelled else { return .failure(CancellationError()) }
        let call = LuaCall(
            arguments: operation.arguments, host: self, path: coroutine.path, number: operation.number,
            batches: BatchCounter())
        do {
            return .success(try await operation.body(call))
        } catch {
            return .failure(error)
        }
    }
}
