internal import Groundwork
internal import ServerPilot

extension RecipeError {
    /// Creates the error of a script on another host that did not run, or whose result is unknown.
    init(_ failure: ShellFailure, of name: String, _ host: ShellHost) {
        // The host would give the same answer again, unless the connection was lost or the call was cancelled.
        let mayBeAskedAgain = [.connectionLost, .cancelled].contains(failure.code)
        self.init(
            failure.code.rawValue, in: name, failure.message, operation: name, object: host.description,
            hint: failure.hint,
            delivery: failure.delivery == .ambiguous && !mayBeAskedAgain ? .rejected : failure.delivery)
    }

    /// Creates the error of a script that ended with a status other than 0; `nil` for any other result.
    ///
    /// - Parameters:
    ///   - answer: The result of the script.
    ///   - name: The function in errors, such as `ssh.run`.
    ///   - object: The host.
    ///   - redactor: Removes the secrets from the output before it is cut, so that no part of a secret remains.
    init?(exit answer: JSONValue, of name: String, _ object: String, redactor: Redactor) {
        guard let status = answer["status"]?.integerValue, status != 0 else { return nil }
        let said = [answer["stderr"], answer["stdout"]].compactMap { $0?.stringValue }
            .map { Self.lastLines(redactor.redact($0)) }
            .first { !$0.isEmpty }
        self.init(
            Self.shellExit, in: name,
            "the script on '\(object)' exited with status \(status)" + (said.map { ": \($0)" } ?? ""),
            status: Int(clamping: status), operation: name, object: object, delivery: .rejected)
    }

    /// The maximum quote of a script's output, in lines and in characters; it is taken from the end, where the reason
    /// is.
    private static let (quotedLines, quotedText) = (5, 400)

    private static func lastLines(_ text: String) -> String {
        let end = text.suffix(quotedText * 4).split(whereSeparator: \.isNewline).suffix(quotedLines)
            .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }.joined(separator: "; ")
        return end.count > quotedText ? "…\(end.suffix(quotedText))" : end
    }
}
