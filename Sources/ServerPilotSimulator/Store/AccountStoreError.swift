/// The reason why a store cannot be used or written.
///
/// ```swift
/// func open(_ path: String) -> SQLiteAccountStore? {
///     do throws(AccountStoreError) {
///         return try SQLiteAccountStore(path: path)
///     } catch {
///         print(error.code == .newerFormat ? "\(path): install a newer version" : "\(path): \(error)")
///         return nil
///     }
/// }
/// ```
public struct AccountStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of an error; later versions may add codes.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code as a word.
        public let rawValue: String
        /// Creates a code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The file cannot be opened or created.
        public static let unusable = Code(rawValue: "unusable")
        /// The file is not a database, or belongs to another program.
        public static let foreign = Code(rawValue: "foreign")
        /// A newer version of the program wrote the file.
        public static let newerFormat = Code(rawValue: "newer_format")
        /// The file is damaged, or its records contradict each other.
        public static let damaged = Code(rawValue: "damaged")
        /// A change could not be written.
        public static let unwritten = Code(rawValue: "unwritten")
    }

    /// The kind of the error.
    public let code: Code
    /// The error and the file, without stored data.
    public let message: String

    /// Creates an error.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
