/// The answer to the question whether a deletion may be made.
public enum DeletionAnswer: Hashable, Sendable {
    /// The deletion may be made.
    case yes
    /// The deletion must not be made.
    case no
    /// No person could be asked.
    case nobody
}
