/// The member that counts if a name repeats in an object.
package enum RepeatedMembers: String, Hashable, Sendable {
    /// The last member counts, as in most readers.
    case last
    /// The first member counts.
    case first
    /// No member counts: such a text is invalid JSON.
    case refused
}
