internal import Groundwork
internal import ServerPilot
internal import Synchronization

/// A permit to send a change, checked right before each request, including repeated requests.
///
/// Between an intent and its request, or between two tries, the process can be suspended for any length of time.
/// Another run may have taken the account over meanwhile. So the permit asks the store whether the run still owns the
/// account, if the store last confirmed it more than `EffectLimits.standstill` ago.
final class SendPermit: Sendable, Hashable {
    private struct State {
        var asked: Timestamp
        var refusal: RunStop?
    }

    private let recorder: RunRecorder
    private let time: any TimeSource
    private let state: Mutex<State>

    /// Creates a permit.
    ///
    /// - Parameters:
    ///   - recorder: the recorder of the run.
    ///   - time: the clock.
    ///   - asked: the time when the store was asked to commit the intent, on the steady clock. The time of its answer
    ///     would be wrong: the process may have been suspended in between.
    init(_ recorder: RunRecorder, _ time: any TimeSource, asked: Timestamp) {
        self.recorder = recorder
        self.time = time
        state = Mutex(State(asked: asked))
    }

    static func == (left: SendPermit, right: SendPermit) -> Bool { left === right }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    /// The reason why the permit was refused; `nil` if it was not.
    var refusal: RunStop? { state.withLock { $0.refusal } }

    /// Checks that the request may be sent.
    ///
    /// - Throws: `ServerPilotError` with `notSent`; `refusal` then contains the reason.
    func check() async throws(ServerPilotError) {
        do throws(RunStop) {
            try recorder.expectWritable()
            // A store that answers each time later than a standstill must not keep a run from sending for ever.
            for _ in 0..<EffectLimits.permitChecks {
                let now = time.steady
                guard now - state.withLock({ $0.asked }) > EffectLimits.standstill else { return }
                try await recorder.checkEpoch()
                state.withLock { $0.asked = now }
            }
        } catch {
            state.withLock { $0.refusal = error }
            throw ServerPilotError(code: .cancelled, message: error.message, delivery: .notSent)
        }
    }
}
