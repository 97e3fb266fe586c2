internal import ServerPilot

/// Why a seed is no account.
public struct AccountSeedError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Hashable, Sendable {
        /// Where it is: `servers[1].sysusers[2].name`; empty for the whole.
        public let path: String
        /// What is wrong, in words that tell no values.
        public let message: String
        /// The name that is not known, where that is what is wrong.
        public let wrong: String?
        /// The names that could have been meant.
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
                path: problem.argument, message: "is not known", wrong: name,
                known: known.map { $0.split(separator: ".").last.map(String.init) ?? $0 })
        }
    }

    /// All that is wrong, in the order of the seed.
    public let problems: [Problem]

    init(_ problems: [Problem]) {
        self.problems = problems
    }

    /// The problems, one after the other.
    public var description: String {
        problems.map { "\($0.path): \($0.message)" }.joined(separator: "; ")
    }
}
