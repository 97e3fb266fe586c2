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
        let coroutine: HostCoroutine
        let operation: PendingOperation
        do throws(LuaError) {
            let (started, step) = try state.start(invocation, path: .root, cancellation: cancellation)
            switch step {
            case .ended(let result):
                configuration.activity?.workEnded()
                return result
            case .parked(let first):
                coroutine = started
                operation = first
            }
        } catch {
            configuration.activity?.workEnded()
            return .failure(error)
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
            let step = state.deliver(result, of: operation, to: coroutine)
            switch step {
            case .ended(let result):
                coroutine.finish(result)
                configuration.activity?.workEnded()
                return
            case .parked(let next):
                configuration.activity?.workBegan()
                configuration.activity?.workEnded()
                if Task.isCancelled && !coroutine.cancellation.isCancelled {
                    // A script closed the coroutine that waited for the last operation, which cancelled only that
                    // operation. A cancelled task stays cancelled, so the rest needs a new task.
                    launch(coroutine, next)
                    return
                }
                operation = next
            }
        }
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
