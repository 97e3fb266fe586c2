/// Why a document is not a simulation's state.
public struct SimulatorStateError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of fault it is; more may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's word.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The document was written by a newer version of the program.
        public static let newerFormat = Code(rawValue: "newer_format")
        /// The document is not what this version writes.
        public static let malformed = Code(rawValue: "malformed")
        /// The records contradict each other.
        public static let inconsistent = Code(rawValue: "inconsistent")
    }

    /// What kind of fault it is.
    public let code: Code
    /// What is wrong, where, and what to do.
    ///
    /// It repeats no secrets.
    public let message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
