/// A wrong and a right example for a kind of failure, and the commands that lead on.
struct FailureLesson {
    /// An example.
    enum Example {
        /// Lua that a test runs on the simulated account.
        case recipe(String)
        /// Commands or Lua that only a real account, host or network can show.
        case shown(String)

        /// The text as people read it.
        var text: String {
            switch self {
            case .recipe(let text), .shown(let text): text
            }
        }
    }

    /// An example that fails in this way; `nil` for failures without a mistake of the user.
    let wrong: Example?
    /// The example without the failure.
    let right: Example?
    /// The commands that lead on, the usual first.
    let next: [String]

    init(wrong: Example? = nil, right: Example? = nil, next: [String]) {
        self.wrong = wrong
        self.right = right
        self.next = next
    }

    /// The lessons by the code of the failure; a test checks that no code lacks one.
    static let all = [commandLine, recipe, account, limits, journal, outside, secureShell]
        .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
