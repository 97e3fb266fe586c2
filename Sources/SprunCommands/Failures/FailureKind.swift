/// One kind of failure: the number that errors carry and `sprun explain` takes.
struct FailureKind {
    /// `SP0201`.
    let number: String
    /// The word by which the parts of the program call it, and recipes in `error.code`.
    let code: String
    /// What the process ends with.
    let exit: ExitStatus
    /// A few words.
    let title: String
    /// What lies behind it and what helps, in sentences.
    let explanation: String

    init(_ number: String, _ code: String, _ exit: ExitStatus = .failed, _ title: String, _ explanation: String) {
        self.number = number
        self.code = code
        self.exit = exit
        self.title = title
        self.explanation = explanation
    }
}
