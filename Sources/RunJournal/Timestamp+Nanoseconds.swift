internal import Groundwork

extension Timestamp {
    private static let nanosecondsInSecond: Int64 = 1_000_000_000
    private static let attosecondsInNanosecond: Int64 = 1_000_000_000

    /// Nanoseconds since the Unix epoch.
    ///
    /// 64 bits reach from 1677 to 2262; a time beyond that gets the smallest or largest value.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = sinceEpoch.components
        let (whole, isBeyond) = seconds.multipliedReportingOverflow(by: Self.nanosecondsInSecond)
        let (sum, isCarried) = whole.addingReportingOverflow(attoseconds / Self.attosecondsInNanosecond)
        if isBeyond || isCarried { return seconds < 0 ? .min : .max }
        return sum
    }

    /// Creates a point in time from nanoseconds since the Unix epoch.
    init(nanoseconds: Int64) { self.init(sinceEpoch: .nanoseconds(nanoseconds)) }
}
