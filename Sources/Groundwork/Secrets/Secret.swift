/// A value that every text shows as `<redacted>`: description, debugger, mirror, string interpolation and encoding.
///
/// Only `reveal()` reads the value, so a search for that word finds every place that does.
///
/// ```swift
/// let password = Secret("correct horse")
/// print("password: \(password)")        // password: <redacted>
/// let body: JSONValue = ["password": .string(password.reveal())]
/// ```
public struct Secret<Value: Sendable>: Sendable {
    private let value: Value

    /// Wraps a value.
    public init(_ value: Value) {
        self.value = value
    }

    /// Returns the value itself.
    ///
    /// Pass it only to the wire or to the person who asked for it.
    public func reveal() -> Value { value }
}

extension Secret: Equatable where Value: Equatable {}
extension Secret: Hashable where Value: Hashable {}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable, Encodable {
    /// Always `<redacted>`.
    public var description: String { Redactor.replacement }
    /// Always `<redacted>`.
    public var debugDescription: String { Redactor.replacement }
    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }

    /// Encodes `<redacted>`.
    ///
    /// - Throws: the error of the encoder.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Redactor.replacement)
    }
}
