/// A value that is kept out of every text: description, debugger, mirror, string interpolation and encoding give
/// `<redacted>`.
///
/// Only `reveal()` reads it, so that each place that does can be found by that word.
public struct Secret<Value: Sendable>: Sendable {
    private let value: Value

    /// Wraps a value.
    public init(_ value: Value) {
        self.value = value
    }

    /// The value itself.
    ///
    /// Hand it to the wire or to the person who asked for it, to nothing else.
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
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Redactor.replacement)
    }
}
