/// A kind of failure, with the number that errors show and `sprun explain` accepts.
struct FailureKind {
    /// The number, such as `SP0201`.
    let number: String
    /// The code in this program, and in `error.code` for recipes.
    let code: String
    /// The exit status of the process.
    let exit: ExitStatus
    /// The title in a few words.
    let title: String
    /// The cause and the remedy, in sentences.
    let explanation: String

    init(_ number: String, _ code: String, _ exit: ExitStatus = .failed, _ title: String, _ explanation: String) {
        self.number = number
        self.code = code
        self.exit = exit
        self.title = title
        self.explanation = explanation
    }
}
