/// The limits of faults.
enum FaultLimits {
    /// The maximum number of faults in force: every call checks each of them, and nobody keeps an overview of more.
    static let faults = 1000
    /// The longest delay, drip or hold: longer than any client waits.
    static let longestWait = Duration.seconds(86400)
    /// The size of the largest reply in bytes: above the limit of every client that has a limit, and still small enough
    /// to send.
    static let largestBody = 1 << 30
    /// The default size of a huge reply in bytes: one mebibyte above the limit of `sprun`.
    static let usualHugeBody = 65 << 20
    /// The size of the largest body that is built in memory, for clients in process: the limit of `sprun` over HTTP.
    static let largestWholeBody = 64 << 20
    /// The largest factor for the duration of an action: twelve days for each second.
    static let largestFactor = 1_000_000.0
    /// The maximum number of held requests that wait for their late arrival; further requests are lost.
    static let lateCalls = 1000
    /// The maximum number of pieces in which a reply drips: a client sees no difference beyond it.
    static let drops = 64
    /// The number of bytes of a huge reply that are sent at a time.
    static let piece = 64 << 10
}
