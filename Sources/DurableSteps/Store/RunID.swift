/// The id of a run, such as `k3v9q2`: short, unique in its store, and typed by people.
///
/// ```swift
/// let new = RunID(random: { .random(in: .min ... .max) })
/// let typed = RunID(rawValue: "k3v9q2")
/// print(new == typed)
/// ```
public struct RunID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The text of the id.
    public let rawValue: String
    /// Creates an id; whether such a run exists is not checked.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The text of the id.
    public var description: String { rawValue }

    /// The length of a new id: a billion ids are more than a store needs, and people type only three characters.
    private static let length = 6
    /// The characters of an id, without characters that look alike.
    private static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// Creates a new id.
    ///
    /// - Parameter random: the source of random numbers.
    public init(random: () -> UInt64) {
        rawValue = String((0..<Self.length).map { _ in Self.alphabet[Int(random() % UInt64(Self.alphabet.count))] })
    }
}
