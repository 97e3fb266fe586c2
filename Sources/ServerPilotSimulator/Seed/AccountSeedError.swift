internal import ServerPilot

/// The reason why a seed does not describe an account.
///
/// ```swift
/// func seed(_ value: JSONValue) -> AccountSeed? {
///     do throws(AccountSeedError) {
///         return try AccountSeed(value)
///     } catch {
///         for problem in error.problems { print("\(problem.path): \(problem.message)") }
///         return nil
///     }
/// }
/// ```
public struct AccountSeedError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A mistake in a seed.
    public struct Problem: Hashable, Sendable {
        /// The place of the mistake: `servers[1].sysusers[2].name`; empty for the whole seed.
        public let path: String
        /// The mistake in words, without values of the seed.
        public let message: String
        /// The unknown name, if the mistake is an unknown name.
        public let wrong: String?
        /// The names that are known in this place.
        public let known: [String]

        init(path: String, message: String, wrong: String? = nil, known: [String] = []) {
            self.path = path
            self.message = message
            self.wrong = wrong
            self.known = known
        }

        init(_ problem: ArgumentProblem) {
            guard case .unknown(let known) = problem.kind else {
                self.init(path: problem.argument, message: problem.message)
                return
            }
            let name = problem.argument.split(separator: ".").last.map(String.init) ?? problem.argument
            self.init(
                path: problem.argument, message: "is unknown", wrong: name,
                known: known.map { $0.split(separator: ".").last.map(String.init) ?? $0 })
        }
    }

    /// All mistakes, in the order of the seed.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems
    }

    /// The mistakes with their paths, separated by semicolons.
    public var description: String {
        problems.map { "\($0.path): \($0.message)" }.joined(separator: "; ")
    }
}
