/// A text that equals another one only if both have the same bytes.
///
/// `String` compares by canonical equivalence: "é" of one scalar equals "é" of two, and the kelvin sign equals "K".
/// File systems, git, DNS and Lua know no such equivalence, so a name of a file, a module or a grant that is compared,
/// or that is the key of a dictionary, is held as this.
///
/// As a property wrapper it changes how a structure is compared, and nothing for those who read the property.
@propertyWrapper
package struct ByteExact: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The text.
    package var wrappedValue: String

    /// Holds a property's text.
    package init(wrappedValue: String) { self.wrappedValue = wrappedValue }

    /// Holds a text.
    package init(_ text: some StringProtocol) { wrappedValue = String(text) }

    /// Holds a literal.
    package init(stringLiteral text: String) { wrappedValue = text }

    /// The text.
    package var description: String { wrappedValue }

    /// Whether the bytes are the same.
    package static func == (left: ByteExact, right: ByteExact) -> Bool {
        left.wrappedValue.utf8.elementsEqual(right.wrappedValue.utf8)
    }

    /// By their bytes.
    package static func < (left: ByteExact, right: ByteExact) -> Bool {
        left.wrappedValue.utf8.lexicographicallyPrecedes(right.wrappedValue.utf8)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        for byte in wrappedValue.utf8 { hasher.combine(byte) }
        hasher.combine(UInt8(0xFF))
    }
}
