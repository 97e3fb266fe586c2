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
        return console.live.paused {
            console.error.write("\(question.shortened(to: Self.longest)) [y/N] ")
            guard let answer = readLine() else { return .no }
            return ["y", "yes"].contains(answer.lowercased()) ? .yes : .no
        }
    }

    /// Asks unless the user has confirmed already, and throws unless the answer is yes.
    ///
    /// - Throws: `CommandFailure`: `declined` with the message `declined`; `unconfirmed` with the message `unasked` if
    ///   standard input is not a terminal.
    func confirm(_ question: String, isConfirmed: Bool, declined: String, unasked: String) throws {
        switch isConfirmed ? .yes : ask(question) {
        case .yes: return
        case .no: throw CommandFailure("declined", declined)
        case .nobody:
            throw CommandFailure("unconfirmed", "\(unasked), and standard input is not a terminal", hint: "add --yes")
        }
    }
}
