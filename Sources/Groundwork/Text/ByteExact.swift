/// A text that equals another text only if both have the same bytes.
///
/// `String` compares by canonical equivalence: a one-scalar "é" equals a two-scalar "é", and the kelvin sign equals
/// "K". File systems, git, DNS and Lua compare bytes. So this type holds names of files, modules and grants that are
/// compared or used as dictionary keys.
///
/// As a property wrapper it changes only how the enclosing type is compared, not how the property is read.
@propertyWrapper
package struct ByteExact: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The text.
    package var wrappedValue: String

    /// Wraps the text of a property.
    package init(wrappedValue: String) { self.wrappedValue = wrappedValue }

    /// Wraps a text.
    package init(_ text: some StringProtocol) { wrappedValue = String(text) }

    /// Wraps a literal.
    package init(stringLiteral text: String) { wrappedValue = text }

    /// The text.
    package var description: String { wrappedValue }

    /// Compares the bytes for equality.
    package static func == (left: ByteExact, right: ByteExact) -> Bool {
        left.wrappedValue.utf8.elementsEqual(right.wrappedValue.utf8)
    }

    /// Orders texts by their bytes.
    package static func < (left: ByteExact, right: ByteExact) -> Bool {
        left.wrappedValue.utf8.lexicographicallyPrecedes(right.wrappedValue.utf8)
    }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        for byte in wrappedValue.utf8 { hasher.combine(byte) }
        hasher.combine(UInt8(0xFF))
    }
}
