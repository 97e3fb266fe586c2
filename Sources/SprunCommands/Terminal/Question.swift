internal import RecipeEngine

/// A question with the answers yes and no.
struct Question {
    let console: Console

    /// The largest number of characters shown: the text can contain a name from another person.
    private static let longest = 300

    /// Asks on the terminal.
    ///
    /// - Returns: `nobody` if standard input is not a terminal; any answer except yes is no.
    func ask(_ question: String) -> DeletionAnswer {
        guard console.inputIsTerminal else { return .nobody }
        console.error.write("\(question.shortened(to: Self.longest)) [y/N] ")
        guard let answer = readLine() else { return .no }
        return ["y", "yes"].contains(answer.lowercased()) ? .yes : .no
    }

    /// Asks unless the user has confirmed already, and throws unless the answer is yes.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - isConfirmed: Whether `--yes` is given.
    ///   - declined: The message if the answer is no.
    ///   - unasked: The message if standard input is not a terminal.
    ///   - hint: The hint for that message.
    /// - Throws: `CommandFailure`: `declined`, `unconfirmed`.
    func confirm(_ question: String, isConfirmed: Bool, declined: String, unasked: String, hint: String) throws {
        switch isConfirmed ? .yes : ask(question) {
        case .yes: return
        case .no: throw CommandFailure("declined", declined)
        case .nobody: throw CommandFailure("unconfirmed", unasked, hint: hint)
        }
    }
}
