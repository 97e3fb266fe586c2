/// The retry policy for a batch of entries that a store could not write.
///
/// ```swift
/// var patience = JournalPatience()
/// patience.busyTries = 0              // fail at once while another process writes
/// patience.pause = .milliseconds(100)
/// ```
public struct JournalPatience: Hashable, Sendable {
    /// The number of retries while another process writes to the store; 12 by default.
    ///
    /// SQLite itself waits five seconds in each try, so the retries outlast a backup or a shell that holds the file for
    /// a minute.
    public var busyTries = 12
    /// The number of retries after a failed write; 2 by default.
    ///
    /// An I/O error can pass, and a full disk can get space when a log is rotated.
    public var failedTries = 2
    /// The time within which the last retry of the first write must begin; 20 seconds by default.
    ///
    /// The run has sent nothing yet, so it can simply be started again.
    public var beginning = Duration.seconds(20)
    /// The pause between two tries; 500 ms by default.
    public var pause = Duration.milliseconds(500)

    /// Creates the default policy.
    public init() {}

    /// Returns the pause before the next try.
    ///
    /// - Parameters:
    ///   - failures: the number of times that the batch has failed, at least 1.
    ///   - code: the latest failure.
    /// - Returns: the pause; `nil` if there is no next try.
    func pause(after failures: Int, _ code: JournalError.Code) -> Duration? {
        switch code {
        case .busy: failures <= busyTries ? pause : nil
        case .unwritten: failures <= failedTries ? pause : nil
        // These failures do not pass: another owner has the account, the run was removed, or the file has changed.
        case .fenced, .unknownRun, .damaged, .newerFormat, .keyMissing, .unusable: nil
        }
    }
}
