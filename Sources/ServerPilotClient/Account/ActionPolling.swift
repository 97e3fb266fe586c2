internal import ServerPilot

/// How often an action is asked after, as a value: quick ones are noticed quickly, slow ones do not cost a request a
/// second.
struct ActionPolling: Hashable {
    /// The first pause: most actions of a connected server take a few seconds.
    static let firstPause: Duration = .seconds(1)

    /// Each pause is this much longer than the one before.
    static let growth = 1.5

    /// The longest pause: nobody minds ten seconds after a wait of a minute.
    static let longestPause: Duration = .seconds(10)

    /// So many answers in a row may be missing before the wait fails: asking changes nothing, and an action goes on
    /// whether or not it is watched.
    static let mostFailures = 5

    private var nextPause = firstPause
    private var failures = 0

    /// The pause before the next question, never beyond the time that is left.
    mutating func pause(left: Duration) -> Duration {
        defer { nextPause = min(nextPause * Self.growth, Self.longestPause) }
        return min(nextPause, left)
    }

    /// An answer came.
    mutating func answered() { failures = 0 }

    /// A question failed; whether to ask again all the same.
    mutating func failed(_ error: ServerPilotError) -> Bool {
        failures += 1
        guard failures < Self.mostFailures else { return false }
        switch error.delivery {
        case .ambiguous: return error.code != .cancelled && error.code != .replyTooLarge
        case .throttled: return true
        case .notSent: return error.code == .notConnected && error.connectionFailure?.isPermanent != true
        case .rejected: return false
        }
    }
}
