internal import Synchronization

/// Makes changes durable in the order in which they arrive, one commit at a time.
///
/// Changes that arrive during a commit share the next one, because a commit costs one write to the disk whatever its
/// size. No change becomes durable before an earlier one.
package final class GroupCommit<Batch: Sendable, Failure: Error>: Sendable {
    /// Who writes, and what follows a failed commit.
    package enum Mode: Sendable {
        /// One of the callers that wait writes for all, in its own task, so that a run stays on its thread.
        ///
        /// After a failure nothing is written any more: a later change would be durable without the lost one.
        case byCallers
        /// A separate task writes as soon as there are changes, whether a caller waits or not.
        ///
        /// Changes that could not be written stay first in line. They are written again with the next changes, or for
        /// the next caller that waits.
        case inBackground
    }

    /// The next step of a caller that waits.
    private enum Turn {
        /// Another caller, or the separate task, has written the changes.
        case over(Result<Void, Failure>)
        /// The caller has to write all changes in line.
        case mine
    }

    private struct Caller {
        /// The number of changes that the caller waits for.
        let upTo: Int
        let continuation: CheckedContinuation<Turn, Never>
    }

    private struct State {
        /// The changes in line, merged in order.
        var waiting: Batch?
        /// The number of changes added so far.
        var added = 0
        /// The number of changes that are durable.
        var durable = 0
        var callers: [Caller] = []
        var isWriting = false
        /// The reason why the writing stopped; `nil` while it works.
        var failure: Failure?

        /// Removes and returns the callers that wait for changes up to that number.
        mutating func takeCallers(upTo number: Int = .max) -> [Caller] {
            defer { callers.removeAll { $0.upTo <= number } }
            return callers.filter { $0.upTo <= number }
        }
    }

    private let mode: Mode
    private let time: (any TimeSource)?
    private let merge: @Sendable (inout Batch, Batch) -> Void
    private let write: @Sendable (Batch) async throws(Failure) -> Void
    private let state = Mutex(State())

    /// Creates a writer of changes.
    ///
    /// - Parameters:
    ///   - mode: Who writes.
    ///   - time: The clock to notify of callers that wait; `nil` if waiting callers count as working.
    ///   - merge: Adds later changes to a batch.
    ///   - write: Makes a batch durable, all or nothing.
    package init(
        _ mode: Mode, time: (any TimeSource)? = nil, merge: @escaping @Sendable (inout Batch, Batch) -> Void,
        write: @escaping @Sendable (Batch) async throws(Failure) -> Void
    ) {
        self.mode = mode
        self.time = time
        self.merge = merge
        self.write = write
    }

    /// The reason why the writing stopped; `nil` while it works.
    package var failure: Failure? { state.withLock { $0.failure } }

    /// Adds changes to the next commit, without waiting for it.
    ///
    /// - Parameters:
    ///   - batch: The changes.
    ///   - number: Draws a number in the order of the changes.
    /// - Returns: The number.
    @discardableResult
    package func add<Number>(_ batch: Batch, number: () -> Number) -> Number {
        let (drawn, begins) = state.withLock { state in
            append(batch, to: &state)
            let begins = mode == .inBackground && !state.isWriting
            if begins { state.isWriting = true }
            return (number(), begins)
        }
        if begins { writeInBackground() }
        return drawn
    }

    /// Adds changes, and returns once they and all earlier changes are durable.
    ///
    /// - Parameters:
    ///   - batch: The changes; `nil` to wait only for earlier changes.
    ///   - number: Draws a number in the order of the changes.
    /// - Returns: The number.
    /// - Throws: The failure of the commit.
    @discardableResult
    package func commit<Number>(_ batch: Batch?, number: () -> Number?) async throws(Failure) -> Number? {
        var drawn: Number?
        let turn = await withCheckedContinuation { continuation in
            let (turn, begins) = state.withLock { state -> (Turn?, Bool) in
                if let failure = state.failure { return (.over(.failure(failure)), false) }
                if let batch { append(batch, to: &state) }
                drawn = number()
                if state.durable == state.added { return (.over(.success(())), false) }
                let begins = !state.isWriting
                state.isWriting = true
                if begins, mode == .byCallers { return (.mine, false) }
                state.callers.append(Caller(upTo: state.added, continuation: continuation))
                return (nil, begins)
            }
            // A caller that waits for another commit makes no progress, and the writing caller may have to pause.
            if let turn { continuation.resume(returning: turn) } else { time?.workEnded() }
            if begins { writeInBackground() }
        }
        switch turn {
        case .over(let result): try result.get()
        case .mine: try await writeOnce().result.get()
        }
        return drawn
    }

    private func append(_ batch: Batch, to state: inout State) {
        state.added += 1
        if var waiting = state.waiting.take() {
            merge(&waiting, batch)
            state.waiting = waiting
        } else {
            state.waiting = batch
        }
    }

    private func writeInBackground() {
        Task { while await writeOnce().isMore {} }
    }

    /// Writes the changes in line, and resumes the callers that waited for them.
    ///
    /// - Returns: The result, and whether the separate task has to write again.
    private func writeOnce() async -> (result: Result<Void, Failure>, isMore: Bool) {
        let (batch, number) = state.withLock { ($0.waiting.take(), $0.added) }
        var result: Result<Void, Failure> = .success(())
        if let batch {
            do throws(Failure) { try await write(batch) } catch { result = .failure(error) }
        }
        let (over, next, isMore) = state.withLock { finish(batch, upTo: number, result, in: &$0) }
        for caller in over { resume(caller, .over(result)) }
        if let next { resume(next, .mine) }
        return (result, isMore)
    }

    /// Ends a commit.
    ///
    /// - Returns: The callers that end with this commit's result, the caller that writes next, and whether the separate
    ///   task writes next.
    private func finish(
        _ batch: Batch?, upTo number: Int, _ result: Result<Void, Failure>, in state: inout State
    ) -> (over: [Caller], next: Caller?, isMore: Bool) {
        switch (result, mode) {
        case (.success, _): state.durable = number
        case (.failure(let error), .byCallers):
            (state.failure, state.isWriting) = (error, false)
            return (state.takeCallers(), nil, false)
        case (.failure, .inBackground):
            if var kept = batch {
                if let later = state.waiting { merge(&kept, later) }
                state.waiting = kept
            }
        }
        let over = state.takeCallers(upTo: number)
        guard mode == .byCallers else {
            // Each repetition of a failed commit ends at least one caller's wait, so they come to an end.
            let isMore = !state.callers.isEmpty || (state.waiting != nil && state.durable == number)
            state.isWriting = isMore
            return (over, nil, isMore)
        }
        state.isWriting = !state.callers.isEmpty
        return (over, state.isWriting ? state.callers.removeFirst() : nil, false)
    }

    private func resume(_ caller: Caller, _ turn: Turn) {
        time?.workBegan()
        caller.continuation.resume(returning: turn)
    }
}
