internal import RecipeEngine

/// A question to be answered with yes or no.
struct Question {
    let console: Console

    /// Characters that are shown: a name in it can be a stranger's.
    private static let longest = 300

    /// Asks on a terminal.
    ///
    /// - Returns: `nobody` where there is none; anything but yes is no.
    func ask(_ question: String) -> DeletionAnswer {
        guard console.inputIsTerminal else { return .nobody }
        console.error.write("\(question.shortened(to: Self.longest)) [y/N] ")
        guard let answer = readLine() else { return .no }
        return ["y", "yes"].contains(answer.lowercased()) ? .yes : .no
    }
}
