internal import Groundwork
internal import Synchronization

/// The output of a run: its events, from which the run's secrets are removed.
final class RunOutput: Sendable {
    private struct State {
        var redactor: Redactor
        /// Warnings about certificates that were emitted.
        var warnings: Set<String> = []
        /// The number of calls that were reported.
        var calls = 0
    }

    private let events: @Sendable (RunEvent) -> Void
    private let state: Mutex<State>

    /// Creates an output.
    ///
    /// - Parameters:
    ///   - redactor: the secrets to remove beside those that the run learns.
    ///   - events: receives all events in order.
    init(_ redactor: Redactor, events: @escaping @Sendable (RunEvent) -> Void) {
        self.events = events
        state = Mutex(State(redactor: redactor))
    }

    /// Removes the secret from all later output of the run.
    func learn(secret: String) { state.withLock { $0.redactor.learn(secret) } }

    /// The redactor with the run's secrets.
    var redactor: Redactor { state.withLock { $0.redactor } }

    /// Returns whether a warning about certificates is new: adding a certificate and forcing HTTPS would both emit it.
    func isNew(warning: String) -> Bool { state.withLock { $0.warnings.insert(warning).inserted } }

    /// Returns the number of the next call to report, from 1.
    func nextCall() -> Int { state.withLock { $0.calls.increment() } }

    /// Emits an event, redacted.
    func emit(_ event: RunEvent) { events(event.redacted(by: redactor)) }
}
