/// Why a store cannot be used, or could not be written.
public struct AccountStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of failure it is; more may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's word.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file cannot be opened or made.
        public static let unusable = Code(rawValue: "unusable")
        /// The file is no database, or one of another program.
        public static let foreign = Code(rawValue: "foreign")
        /// A newer version of the program has written it.
        public static let newerFormat = Code(rawValue: "newer_format")
        /// The file is damaged, or its records contradict each other.
        public static let damaged = Code(rawValue: "damaged")
        /// A change could not be written.
        public static let unwritten = Code(rawValue: "unwritten")
    }

    /// What kind of failure it is.
    public let code: Code
    /// What is wrong, on what.
    ///
    /// It repeats nothing of what is stored.
    public let message: String

    /// A failure.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
