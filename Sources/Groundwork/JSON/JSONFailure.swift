/// A description of why bytes are not the expected JSON.
///
/// The message names the fault and its offset, and never repeats the text: a body can hold a password.
///
/// ```swift
/// func settings(_ text: String) -> JSONValue? {
///     do throws(JSONFailure) {
///         return try JSONValue(text: text)
///     } catch {
///         print("settings.json: \(error.message), byte \(error.offset)")
///         return nil
///     }
/// }
/// ```
public struct JSONFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The fault, in a few words.
    public let message: String
    /// The number of bytes before the fault.
    public let offset: Int

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }

    /// The message and the offset.
    public var description: String { "\(message) at byte \(offset)" }
}
