/// Which of two members of an object with one name counts.
public enum RepeatedMembers: String, Hashable, Sendable {
    /// The last, as in most readers.
    case last
    /// The first.
    case first
    /// Neither: such a text is no JSON.
    case refused
}
