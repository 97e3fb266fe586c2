/// The reason why a document is not a valid simulation state.
///
/// ```swift
/// func read(_ document: JSONValue) -> SimulatorState? {
///     do throws(SimulatorStateError) {
///         return try SimulatorState(document: document)
///     } catch {
///         print(error.code == .newerFormat ? "install a newer version" : error.message)
///         return nil
///     }
/// }
/// ```
public struct SimulatorStateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of an error; later versions may add codes.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code as a word.
        public let rawValue: String
        /// Creates a code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The document was written by a newer version of the program.
        public static let newerFormat = Code(rawValue: "newer_format")
        /// The document differs from the format that this version writes.
        public static let malformed = Code(rawValue: "malformed")
        /// The records contradict each other.
        public static let inconsistent = Code(rawValue: "inconsistent")
    }

    /// The kind of the error.
    public let code: Code
    /// The error, its place, and the remedy, without secrets.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
