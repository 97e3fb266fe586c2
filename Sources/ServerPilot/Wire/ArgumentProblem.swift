/// One problem with the arguments of a call.
///
/// ```swift
/// func explain(_ error: ServerPilotError) {
///     for problem in error.problems {
///         print(problem.message)
///         if case .unknown(let known) = problem.kind { print("known: \(known.joined(separator: ", "))") }
///     }
/// }
/// ```
public struct ArgumentProblem: Hashable, Sendable {
    /// The kind of problem, with its details.
    public enum Kind: Hashable, Sendable {
        /// No parameter has the name; `known` lists the valid names.
        case unknown(known: [String])
        /// A required argument is missing.
        case missing
        /// At least one of these arguments is required, and all are missing.
        case nothingGiven(of: [String])
        /// The argument has the wrong type.
        case wrongType(expected: String, given: String)
        /// The string is not one of the words that the document lists.
        case unlisted(expected: String, given: String)
        /// The argument breaks the rule with the id `by`; `demand` follows "must" in the message.
        case broken(demand: String, by: String, Evidence)
    }

    /// The path of the argument: `name`, `user.password`, `domains[3]`.
    public let argument: String
    /// The kind of problem, with its details.
    public let kind: Kind

    /// Creates a problem.
    public init(argument: String, kind: Kind) {
        self.argument = argument
        self.kind = kind
    }

    /// The problem as a sentence without a full stop.
    ///
    /// The message never repeats the value of an argument.
    public var message: String {
        switch kind {
        case .unknown: "unknown argument '\(argument)'"
        case .missing: "'\(argument)' is missing"
        case .nothingGiven(let names): "nothing to change: pass at least one of \(names.joined(separator: ", "))"
        case .wrongType(let expected, let given), .unlisted(let expected, let given):
            "'\(argument)' must be \(expected), not \(given)"
        case .broken(let demand, _, _): "'\(argument)' must \(demand)"
        }
    }
}
