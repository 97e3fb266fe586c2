internal import Groundwork

/// The reason why a text is not a valid fault, or a document not a valid plan.
///
/// ```swift
/// func fault(_ text: String) -> Fault? {
///     do throws(FaultPlanError) {
///         return try Fault(text: text)
///     } catch {
///         print("--fault \(text): \(error.reason)")
///         return nil
///     }
/// }
/// ```
public struct FaultPlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of a mistake; later versions may add codes.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code as a word.
        public let rawValue: String
        /// Creates a code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The text is not in JSON or in the short form.
        public static let malformed = Code(rawValue: "malformed")
        /// A key, a kind of fault or an operation does not exist.
        public static let unknownName = Code(rawValue: "unknown_name")
        /// A required key is missing.
        public static let missing = Code(rawValue: "missing")
        /// A value has a wrong type or is out of range.
        public static let badValue = Code(rawValue: "bad_value")
        /// More faults than can be in force at a time.
        public static let tooMany = Code(rawValue: "too_many")
    }

    /// The kind of the mistake.
    public let code: Code
    /// The place of the mistake as a JSON path: `$.faults[2].status`, counted from 0.
    public let path: String
    /// The mistake and what is expected instead, without the path.
    public let reason: String

    init(_ code: Code, at path: String, _ reason: String) {
        self.code = code
        self.path = path
        self.reason = reason
    }

    /// The path and the reason.
    public var description: String { "\(path): \(reason)" }
}

extension FaultPlanError {
    static func unknown(_ what: String, _ name: String, known: [String], at path: String) -> FaultPlanError {
        let advice =
            if let closest = known.nearest(to: name.lowercased()) {
                "did you mean '\(closest)'?"
            } else {
                "known: \(known.joined(separator: ", "))"
            }
        return FaultPlanError(.unknownName, at: path, "unknown \(what) '\(name)'; \(advice)")
    }
}
