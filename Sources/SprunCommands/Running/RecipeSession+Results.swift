internal import DurableSteps
internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import SystemPackage

/// Results: their output, their file, and notes about their secrets.
extension RecipeSession {
    /// The file of `--result`; `nil` if the option is not given.
    var resultFile: ResultFile? {
        settings.resultFile.map { ResultFile(path: FilePath($0), isForced: settings.force) }
    }

    /// Shows the result and writes it to the file of `--result`.
    ///
    /// The shown result contains secrets only with `--reveal-secrets`, or as text on a terminal.
    func deliver(
        _ outcome: RecipeOutcome, _ secrets: SecretFile, _ journaled: JournaledRun?, _ recipe: RecipeArguments
    ) async -> ExitStatus {
        var status = ExitStatus.done
        var delivered = ""
        if let result = outcome.result, let redacted = outcome.redactedResult {
            let isRevealed = settings.revealSecrets || (console.outputIsTerminal && !settings.output.json)
            let notes = ResultNotes(outcome, isRevealed: isRevealed, header: recipe.header)
            delivered = show(isRevealed ? result.reveal() : redacted, notes)
            for line in notes.lines { console.note(line) }
            for warning in notes.warnings { console.warn(warning) }
            do {
                if let file = resultFile {
                    let written = try file.write(result.reveal(), secrets: notes.secretMembers)
                    delivered += written.text
                    if !written.kept.isEmpty {
                        let kept = written.kept.map(outcome.redactor.redact)
                        console.note("\(file.path) keeps from the result before: \(ResultNotes.words(kept))")
                    }
                }
            } catch let failure as CommandFailure {
                status = report(FailureReport(failure))
                if let journaled {
                    console.note("the result is kept in the journal: sprun show \(journaled.header.id) --result FILE")
                }
            } catch {
                status = report(FailureReport(CommandFailure("internal", "\(error)")))
            }
        }
        if keepOrRemove(secrets, journaled, delivered: delivered) { await noteShown(journaled, secrets) }
        return status
    }

    /// Shows a result.
    ///
    /// - Returns: The shown text, which can omit values; empty if standard output failed.
    private func show(_ result: JSONValue, _ notes: ResultNotes) -> String {
        let shown: String
        if settings.output.json {
            lines.result(result, notes)
            shown = result.text()
        } else {
            let text = ResultText.lines(result, console.outputStyle)
            for line in text { console.output.line(line) }
            shown = text.joined(separator: "\n")
        }
        console.output.flush()
        return console.output.failure == nil ? shown : ""
    }

    /// Removes the secret file if all generated secrets were delivered; else says where they are kept.
    ///
    /// - Returns: Whether all generated secrets were delivered.
    @discardableResult
    func keepOrRemove(_ secrets: SecretFile, _ journaled: JournaledRun?, delivered: String) -> Bool {
        guard !secrets.isEmpty else { return true }
        guard !secrets.removeIfDelivered(in: delivered) else { return true }
        if let journaled {
            console.note("generated secrets are kept in the journal: sprun show \(journaled.header.id) --reveal")
        } else {
            console.note("generated secrets are kept in \(secrets.path), for you alone")
        }
        return false
    }

    /// Records that the secrets of the run were delivered, so that the run can be pruned.
    private func noteShown(_ journaled: JournaledRun?, _ secrets: SecretFile) async {
        guard let journaled, !secrets.isEmpty else { return }
        let id = journaled.header.id
        // If this fails, the run is only kept longer.
        guard let entries = try? await journaled.store.entries(of: id), let now = entries.last?.time,
            let entry = entries.secretsShown(at: now)
        else { return }
        try? await journaled.store.append([entry], to: id, epoch: journaled.epoch)
    }
}
