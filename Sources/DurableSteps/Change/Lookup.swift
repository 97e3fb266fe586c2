internal import Groundwork

/// The properties of a lookup that decide how the engine uses its result.
///
/// ```swift
/// // Two orders cannot have the same reference, and a reply contains nothing that the list lacks.
/// let orders = Lookup(isUnique: true)
/// // The reply has a token that nothing shows again. Nothing uses a token whose reply was lost.
/// let tokens = Lookup(isUnique: true, hasOneTimeReply: true, replacesUnused: true)
/// ```
public struct Lookup: Hashable, Sendable {
    /// Whether two resources cannot have the same natural key.
    ///
    /// If none is found, a second request can then make at most one resource, even if the first one arrives late.
    public var isUnique: Bool
    /// Whether the reply has a value that nothing shows again, such as a key.
    public var hasOneTimeReply: Bool
    /// Whether the engine discards a resource whose reply was lost and that nothing uses yet, and creates another.
    ///
    /// Only a caller knows that nothing else can have been done with the resource. Otherwise a person decides.
    public var replacesUnused: Bool
    /// Whether a person's decision to recreate discards the resource that was found.
    public var discardsOnRecreate: Bool

    /// Creates the properties of a lookup by a key that may not be unique.
    public init(
        isUnique: Bool = false, hasOneTimeReply: Bool = false, replacesUnused: Bool = false,
        discardsOnRecreate: Bool = false
    ) {
        self.isUnique = isUnique
        self.hasOneTimeReply = hasOneTimeReply
        self.replacesUnused = replacesUnused
        self.discardsOnRecreate = discardsOnRecreate
    }
}
