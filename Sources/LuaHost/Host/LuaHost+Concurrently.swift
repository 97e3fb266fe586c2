extension LuaHost {
    /// Runs functions concurrently for a call.
    ///
    /// Functions start and end synchronously on the actor. So their order depends only on the order in which the
    /// awaited operations end.
    func runBatch(
        _ calls: [LuaInvocation], _ order: LuaConcurrency, from call: LuaCall, _ onChange: @escaping Batch.Observer
    ) async throws(LuaConcurrentFailure) -> [Result<[LuaValue], LuaError>] {
        guard call.path.steps.count < configuration.limits.nesting else {
            throw LuaConcurrentFailure(
                index: 0,
                error: LuaError(
                    code: .depth,
                    message: "concurrent calls are nested more than \(configuration.limits.nesting) levels deep"))
        }
        let cancellations = CancellationGroup()
        let result = await withTaskCancellationHandler {
            await run(calls, order, from: call, cancellations, onChange)
        } onCancel: {
            cancellations.cancel()
        }
        return try result.get()
    }

    private func run(
        _ calls: [LuaInvocation], _ order: LuaConcurrency, from call: LuaCall, _ cancellations: CancellationGroup,
        _ onChange: @escaping Batch.Observer
    ) async -> Result<[Result<[LuaValue], LuaError>], LuaConcurrentFailure> {
        let number = call.batches.next()
        let batch = Batch(calls, order, cancellations: cancellations, onChange: onChange) { index in
            call.path.child(call: call.number, batch: number, index: index)
        }
        let first = call.path.child(call: call.number, batch: number, index: 0)
        if batch.collects { collecting[first] = batch }
        defer { collecting[first] = nil }
        startMore(batch)
        if !batch.isOver {
            configuration.activity?.workEnded()  // from here on only the functions can make progress
            await withCheckedContinuation { batch.waiter = $0 }
        }
        return batch.outcome
    }

    private func startMore(_ batch: Batch) {
        guard !batch.isStarting else { return }
        batch.isStarting = true
        while true {
            let indices = batch.startable(state.joinedSlices)
            guard indices.isEmpty else {
                start(indices, of: batch)
                continue
            }
            guard batch.unparkNext() else { break }
            configuration.activity?.workBegan()
        }
        batch.isStarting = false
    }

    /// Starts the first functions of these, at least one.
    private func start(_ indices: ArraySlice<Int>, of batch: Batch) {
        let slices = indices.map { index in
            let coroutine = HostCoroutine(path: batch.path(index), cancellation: Cancellation(), batch: batch)
            batch.cancellations.add(coroutine.cancellation)
            return Slice(coroutine: coroutine, cause: .start(batch.calls[index]))
        }
        let started = state.run(slices[...]) { slice, step in
            let (index, coroutine, cancellation) = (batch.start(), slice.coroutine, slice.coroutine.cancellation)
            switch step {
            case .ended(let result):
                end(index, of: batch, result, cancellation)
            case .parked(let operation):
                coroutine.finish = { result in self.end(index, of: batch, result, cancellation) }
                configuration.activity?.workBegan()
                launch(coroutine, operation)
            }
        }
        for slice in slices[started...] { batch.cancellations.remove(slice.coroutine.cancellation) }
    }

    private func end(
        _ index: Int, of batch: Batch, _ result: Result<[LuaValue], LuaError>, _ cancellation: Cancellation
    ) {
        batch.cancellations.remove(cancellation)
        batch.end(index, result)
        startMore(batch)
        guard batch.isOver, let waiter = batch.waiter else { return }
        batch.waiter = nil
        configuration.activity?.workBegan()  // before the caller reports the end of this function's work
        waiter.resume()
    }

    /// Lets the functions go first that a call of the same collecting batch has not started; see ``LuaCall/giveWay()``.
    func giveWay(at path: LuaCoroutinePath) async {
        // A failure is delivered after the results that arrived before it, and so is what stands for one.
        if !ready.isEmpty { resumeReady() }
        let levels = path.steps
        for depth in levels.indices.reversed() {
            let (parent, step) = (LuaCoroutinePath(steps: Array(levels[..<depth])), levels[depth])
            let first = parent.child(call: step.call, batch: step.batch, index: 0)
            guard let batch = collecting[first] else { continue }
            guard !batch.cancellations.isCancelled, !Task.isCancelled else { return }
            await withTaskCancellationHandler {
                await withCheckedContinuation { continuation in
                    batch.park(step.index, continuation)
                    startMore(batch)
                    configuration.activity?.workEnded()
                }
            } onCancel: {
                Task { await unpark(step.index, at: first) }
            }
            return
        }
    }

    /// Lets a cancelled function go on.
    private func unpark(_ index: Int, at first: LuaCoroutinePath) {
        if let batch = collecting[first], batch.unparkCancelled(index) { configuration.activity?.workBegan() }
    }
}
