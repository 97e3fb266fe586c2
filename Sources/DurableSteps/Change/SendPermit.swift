internal import Groundwork
internal import Synchronization

/// A permit to send a change, checked right before each request, including repeated requests.
///
/// Between an intent and its request, or between two tries, the process can be suspended for any length of time.
/// Another run may have taken the account over meanwhile. So the permit asks the store whether the run still owns the
/// account, if the store last confirmed it more than 1 s ago.
///
/// ```swift
/// func send(_ attempt: ChangeAttempt, retrying post: () async throws -> JSONValue) async throws -> JSONValue {
///     for _ in 1...3 {
///         try await attempt.permit.check()
///         if let reply = try? await post() { return reply }
///     }
///     throw StepFailure(code: "no_reply", message: "the shop did not answer", delivery: .ambiguous)
/// }
/// ```
public final class SendPermit: Sendable {
    private struct State {
        var asked: Timestamp
        var refusal: StepStop?
    }

    private let runner: StepRunner
    private let state: Mutex<State>

    /// Creates a permit.
    ///
    /// - Parameters:
    ///   - runner: the runner of the change.
    ///   - asked: the time when the store was asked to commit the intent, on the steady clock. The time of its answer
    ///     would be wrong: the process may have been suspended in between.
    init(_ runner: StepRunner, asked: Timestamp) {
        self.runner = runner
        state = Mutex(State(asked: asked))
    }

    /// The reason why the permit was refused; `nil` if it was not.
    public var refusal: StepStop? { state.withLock { $0.refusal } }

    /// Checks that the request may be sent.
    ///
    /// - Throws: the reason why not. The request must not be sent then, and the run stops.
    public func check() async throws(StepStop) {
        do throws(StepStop) {
            try runner.expectWritable()
            // A store that answers each time later than a standstill must not keep a run from sending for ever.
            for _ in 0..<ChangeLimits.permitChecks {
                let now = runner.time.steady
                guard now - state.withLock({ $0.asked }) > ChangeLimits.standstill else { return }
                try await runner.checkEpoch()
                state.withLock { $0.asked = now }
            }
        } catch {
            state.withLock { $0.refusal = error }
            throw error
        }
    }
}
