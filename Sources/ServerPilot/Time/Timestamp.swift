/// A point in time, counted from 1970-01-01 00:00 UTC.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Time since the epoch.
    public let sinceEpoch: Duration

    /// A point in time, by its distance from the epoch.
    public init(sinceEpoch: Duration) {
        self.sinceEpoch = sinceEpoch
    }

    /// A point in time as ServerPilot writes it: whole seconds since the epoch.
    public init(epochSeconds: Int64) {
        self.init(sinceEpoch: .seconds(epochSeconds))
    }

    /// Whole seconds since the epoch, as in ServerPilot's `datecreated`.
    public var epochSeconds: Int64 { sinceEpoch.components.seconds }

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.sinceEpoch < right.sinceEpoch }
    /// A later point in time.
    public static func + (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(sinceEpoch: time.sinceEpoch + duration)
    }
    /// How much time lies between the two; negative when `right` is the later one.
    public static func - (left: Timestamp, right: Timestamp) -> Duration { left.sinceEpoch - right.sinceEpoch }
}
