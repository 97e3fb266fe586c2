/// How often a batch of entries is tried again that a store could not write.
public struct JournalPatience: Hashable, Sendable {
    /// Tries after the first while another process writes the store.
    ///
    /// SQLite itself waits five seconds in each, so that a backup or a shell that holds the file for a minute is sat out.
    public var busyTries = 12
    /// Tries after the first where writing failed: an I/O error can pass, and a log be rotated off a full disk.
    public var failedTries = 2
    /// Between two tries.
    public var pause = Duration.milliseconds(500)

    /// The patience as it stands above.
    public init() {}

    /// The pause before the next try.
    ///
    /// - Parameters:
    ///   - failures: how often the batch has failed, at least once.
    ///   - code: how it failed the last time.
    /// - Returns: the pause; `nil` where there is no next try.
    func pause(after failures: Int, _ code: JournalError.Code) -> Duration? {
        switch code {
        case .busy: failures <= busyTries ? pause : nil
        case .unwritten: failures <= failedTries ? pause : nil
        // Another owner has the account, the run was removed, or the file is not what it was: that does not pass.
        case .fenced, .unknownRun, .damaged, .newerFormat, .keyMissing, .unusable: nil
        }
    }
}
