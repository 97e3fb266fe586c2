/// Why bytes are not the JSON that was expected.
///
/// The message tells place and kind of the fault and never repeats the text: a body can hold a password.
public struct JSONFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, in a few words.
    public let message: String
    /// How many bytes were read before the fault.
    public let offset: Int

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// Message and place.
    public var description: String { "\(message) at byte \(offset)" }
}
