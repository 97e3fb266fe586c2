/// One thing that is wrong with the arguments of a call.
public struct ArgumentProblem: Hashable, Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// No parameter has that name; these have.
        case unknown(known: [String])
        /// It must be given.
        case missing
        /// At least one of these must be given.
        case nothingGiven(of: [String])
        /// It has the wrong type.
        case wrongType(expected: String, given: String)
        /// It is a string, and none of the words that the document lists.
        case unlisted(expected: String, given: String)
        /// It breaks the rule of that id, told as what it must do.
        case broken(demand: String, by: String, Evidence)
    }

    /// Which argument: `name`, `user.password`, `domains[3]`.
    public let argument: String
    /// What is wrong.
    public let kind: Kind

    /// A problem.
    public init(argument: String, kind: Kind) {
        self.argument = argument
        self.kind = kind
    }

    /// The problem as a sentence without its full stop.
    ///
    /// It never repeats a value.
    public var message: String {
        switch kind {
        case .unknown: "unknown argument '\(argument)'"
        case .missing: "'\(argument)' is missing"
        case .nothingGiven(let names): "nothing to change: give at least one of \(names.joined(separator: ", "))"
        case .wrongType(let expected, let given), .unlisted(let expected, let given):
            "'\(argument)' must be \(expected), not \(given)"
        case .broken(let demand, _, _): "'\(argument)' must \(demand)"
        }
    }
}
