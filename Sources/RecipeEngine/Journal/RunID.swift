/// The name of a run: short, unique in its store, and typed by people: `k3v9q2`.
public struct RunID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let rawValue: String
    /// A name; that there is such a run is not checked.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The name.
    public var description: String { rawValue }

    /// So many letters tell apart more runs than anybody keeps (a billion); people type three of them.
    private static let length = 6
    /// Without those that are mistaken for each other.
    private static let alphabet = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// A new name.
    ///
    /// - Parameter random: where it comes from.
    public init(random: () -> UInt64) {
        rawValue = String((0..<Self.length).map { _ in Self.alphabet[Int(random() % UInt64(Self.alphabet.count))] })
    }
}
