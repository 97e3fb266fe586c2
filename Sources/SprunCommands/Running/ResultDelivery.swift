internal import DurableSteps
internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import SystemPackage

/// The delivery of results: their output, their file, and notes about their secrets.
struct ResultDelivery {
    let reporter: any RunReporter
    /// Whether the shown result contains secrets even without a terminal: `--reveal-secrets`.
    let revealsSecrets: Bool
    /// The form and the member for standard output; `nil` for the usual report.
    let output: ResultOutput?
    /// The file of `--result`; `nil` if the option is not given.
    let file: ResultFile?

    /// Shows the result and writes it to the file.
    func deliver(
        _ outcome: RecipeOutcome, _ secrets: SecretFile, _ journaled: JournaledRun?, _ header: RecipeHeader?
    ) async -> ExitStatus {
        var status = ExitStatus.done
        var delivered = ""
        if let result = outcome.result, let redacted = outcome.redactedResult {
            let isRevealed = revealsSecrets || reporter.showsOnTerminal
            let notes = ResultNotes(outcome, isRevealed: isRevealed, header: header)
            do {
                delivered = try show(isRevealed ? result.reveal() : redacted, notes, redactedBy: outcome.redactor)
            } catch {
                status = reporter.report(error)
            }
            let written = Result { try write(result.reveal(), notes, redactedBy: outcome.redactor) }
            let saved = (try? written.get()) == nil ? nil : file?.path.string
            for line in notes.lines(savedIn: saved) { reporter.note(line) }
            for warning in notes.warnings { reporter.warn(warning) }
            switch written {
            case .success(let text): delivered += text
            case .failure(let error):
                status = reporter.report(error)
                if error is CommandFailure, let journaled {
                    reporter.note(
                        journaled.isRecorded
                            ? "the result is in the journal: sprun show \(journaled.header.id) --result FILE"
                            : "nothing was changed, so the journal has no result: run the recipe again")
                }
            }
        }
        if keepOrRemove(secrets, journaled, delivered: delivered) { await noteShown(journaled, secrets) }
        return status
    }

    /// Shows a result.
    ///
    /// - Returns: The shown text, which can omit values; empty if standard output failed.
    private func show(
        _ result: JSONValue, _ notes: ResultNotes, redactedBy redactor: Redactor
    ) throws -> String {
        let shown =
            try output?.write(result, isSecret: { redactor.redact($0) != $0 }, to: reporter.console)
            ?? reporter.show(result, notes)
        reporter.console.output.flush()
        return reporter.console.output.failure == nil ? shown : ""
    }

    /// Writes a result to the file of `--result`, if there is one.
    ///
    /// - Returns: The written text; empty if there is no file.
    private func write(_ result: JSONValue, _ notes: ResultNotes, redactedBy redactor: Redactor) throws -> String {
        guard let file else { return "" }
        let written = try file.write(result, secrets: notes.secretMembers)
        if !written.kept.isEmpty {
            let kept = ResultNotes.words(written.kept.map(redactor.redact))
            reporter.note("\(file.path) keeps secrets of the earlier result: \(kept)")
        }
        return written.text
    }

    /// Removes the secret file if all generated secrets were delivered; else says where they are kept.
    ///
    /// - Returns: Whether all generated secrets were delivered.
    @discardableResult
    func keepOrRemove(_ secrets: SecretFile, _ journaled: JournaledRun?, delivered: String) -> Bool {
        // A run that is not recorded has sent no secret.
        guard !secrets.isEmpty, journaled?.isRecorded ?? true else { return true }
        guard !secrets.removeIfDelivered(in: delivered) else { return true }
        if let journaled {
            reporter.note("generated secrets are in the journal: sprun show \(journaled.header.id) --reveal")
        } else {
            reporter.note("generated secrets are in \(secrets.path), readable only by you")
        }
        return false
    }

    /// Records that the secrets of the run were delivered, so that the run can be pruned.
    private func noteShown(_ journaled: JournaledRun?, _ secrets: SecretFile) async {
        guard let journaled, journaled.isRecorded, !secrets.isEmpty else { return }
        let id = journaled.header.id
        // If this fails, the run is only kept longer.
        guard let entries = try? await journaled.store.entries(of: id), let now = entries.last?.time,
            let entry = entries.secretsShown(at: now)
        else { return }
        try? await journaled.write([entry])
    }
}
