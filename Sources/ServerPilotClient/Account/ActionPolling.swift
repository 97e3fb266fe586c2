internal import ServerPilot

/// The intervals at which an action is polled, as a state machine.
///
/// Short actions are noticed quickly; long actions do not cost a request per second.
struct ActionPolling: Hashable {
    /// The first pause: most actions on a connected server take a few seconds.
    static let firstPause: Duration = .seconds(1)

    /// The factor between one pause and the next.
    static let growth = 1.5

    /// The longest pause: after a wait of a minute, ten seconds do not matter.
    static let longestPause: Duration = .seconds(10)

    /// The number of consecutive failures that ends the wait.
    ///
    /// Some failures are tolerated, because polling changes nothing and the action runs without it.
    static let mostFailures = 5

    private var nextPause = firstPause
    private var failures = 0

    /// Returns the pause before the next request, at most the time that is left.
    mutating func pause(left: Duration) -> Duration {
        defer { nextPause = min(nextPause * Self.growth, Self.longestPause) }
        return min(nextPause, left)
    }

    /// Records a response.
    mutating func answered() { failures = 0 }

    /// Records a failed request and returns whether to poll again.
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
