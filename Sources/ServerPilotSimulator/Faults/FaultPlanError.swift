/// Why a text is no fault, or a document no plan of faults.
public struct FaultPlanError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of mistake it is; more may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The code's word.
        public let rawValue: String
        /// A code.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// It is not the JSON or the short form that it should be.
        public static let malformed = Code(rawValue: "malformed")
        /// A key, a kind of fault or an operation that does not exist.
        public static let unknownName = Code(rawValue: "unknown_name")
        /// A key that must be given is not.
        public static let missing = Code(rawValue: "missing")
        /// A value that is of a wrong type or out of range.
        public static let badValue = Code(rawValue: "bad_value")
        /// More faults than can be in force.
        public static let tooMany = Code(rawValue: "too_many")
    }

    /// What kind of mistake it is.
    public let code: Code
    /// Where it is, as a JSON path: `$.faults[2].status`, counted from 0.
    public let path: String
    /// What is wrong and what would be right, without the path.
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
            if let closest = known.closest(to: name) {
                "did you mean '\(closest)'?"
            } else {
                "known: \(known.joined(separator: ", "))"
            }
        return FaultPlanError(.unknownName, at: path, "unknown \(what) '\(name)'; \(advice)")
    }
}
