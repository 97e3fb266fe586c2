internal import ServerPilot
internal import Synchronization

/// Whether a change of a run may be sent now: asked in the moment before each request, also before a repeated one.
///
/// Between an intent and its request, or between two tries, a process can be stopped for as long as somebody likes, and
/// another run may have taken the account over meanwhile. So the store is asked whether the account is still the run's
/// where it last said so more than `EffectLimits.standstill` ago.
final class SendPermit: Sendable, Hashable {
    private struct State {
        var asked: Timestamp
        var refusal: RunStop?
    }

    private let recorder: RunRecorder
    private let time: any TimeSource
    private let state: Mutex<State>

    /// - Parameters:
    ///   - recorder: writes the run down.
    ///   - time: the clock.
    ///   - asked: when the store was asked to take the intent, by the steady clock; not when it answered: the process may
    ///     have stood still in between.
    init(_ recorder: RunRecorder, _ time: any TimeSource, asked: Timestamp) {
        self.recorder = recorder
        self.time = time
        state = Mutex(State(asked: asked))
    }

    static func == (left: SendPermit, right: SendPermit) -> Bool { left === right }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }

    /// Why the permit was refused; `nil` while it was not.
    var refusal: RunStop? { state.withLock { $0.refusal } }

    /// Makes sure that the request may be sent.
    ///
    /// - Throws: `ServerPilotError`, not sent; `refusal` says why then.
    func check() async throws(ServerPilotError) {
        do throws(RunStop) {
            try recorder.expectWritable()
            // A store that takes longer than a standstill for each answer must not keep a run from sending for ever.
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
