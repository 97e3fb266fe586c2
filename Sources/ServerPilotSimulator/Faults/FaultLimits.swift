internal import ServerPilot

/// What faults may ask for.
enum FaultLimits {
    /// Faults in force at a time: every call looks at each, and nobody keeps an overview of more.
    static let faults = 1000
    /// The longest delay, drip or hold: longer than any client waits.
    static let longestWait = Duration.seconds(86400)
    /// The largest reply: enough to pass the limit of every client that has one, and small enough to be sent.
    static let largestBody = 1 << 30
    /// How large a huge reply is if nothing is said: one mebibyte over what `sprun` reads.
    static let usualHugeBody = 65 << 20
    /// The largest body that is built in memory, for clients in process: what `sprun` reads over HTTP as well.
    static let largestWholeBody = 64 << 20
    /// The most that an action's duration is multiplied with: twelve days for every second.
    static let largestFactor = 1_000_000.0
    /// Requests without reply that wait for their late arrival; one more is lost.
    static let lateCalls = 1000
    /// The most pieces that a reply drips in: beyond that a client sees no difference.
    static let drops = 64
    /// Bytes of a huge reply that are sent at a time.
    static let piece = 64 << 10
}
