/// The answer to the question whether a deletion may be made.
///
/// ```swift
/// let confirm: DeletionQuestion = { deletion in
///     print("Delete \(deletion.words)? [y/N]")
///     guard let line = readLine() else { return .nobody }
///     return line == "y" ? .yes : .no
/// }
/// ```
public enum DeletionAnswer: Hashable, Sendable {
    /// The deletion may be made.
    case yes
    /// The deletion must not be made.
    case no
    /// No person could be asked.
    case nobody
}
