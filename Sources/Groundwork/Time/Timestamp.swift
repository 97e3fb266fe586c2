/// A point in time, counted from 1970-01-01 00:00 UTC.
///
/// ```swift
/// let created = Timestamp(epochSeconds: 1_700_000_000)
/// let later = created + .seconds(90)
/// print(later - created, created < later)  // 90.0 seconds true
/// ```
public struct Timestamp: Hashable, Comparable, Sendable {
    /// The duration since the epoch.
    public let sinceEpoch: Duration

    /// Creates a point in time from its distance to the epoch.
    public init(sinceEpoch: Duration) {
        self.sinceEpoch = sinceEpoch
    }

    /// Creates a point in time from whole seconds since the epoch.
    public init(epochSeconds: Int64) {
        self.init(sinceEpoch: .seconds(epochSeconds))
    }

    /// Whole seconds since the epoch, rounded toward it.
    public var epochSeconds: Int64 { sinceEpoch.components.seconds }

    /// Orders points in time, the earlier first.
    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.sinceEpoch < right.sinceEpoch }
    /// Returns a later point in time.
    public static func + (time: Timestamp, duration: Duration) -> Timestamp {
        Timestamp(sinceEpoch: time.sinceEpoch + duration)
    }
    /// Returns the duration from `right` to `left`; negative if `right` is later.
    public static func - (left: Timestamp, right: Timestamp) -> Duration { left.sinceEpoch - right.sinceEpoch }
}
