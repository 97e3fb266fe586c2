internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot
internal import SystemPackage

/// Results: shown, written, and what is said of the secrets in them.
extension RecipeSession {
    /// The file of `--result`; `nil` where none is wanted.
    var resultFile: ResultFile? {
        settings.resultFile.map { ResultFile(path: FilePath($0), isForced: settings.force) }
    }

    /// Gives the result to whoever is meant to have it; secrets only where they were asked for or a person reads.
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
                        console.note("\(file.path) keeps from the result before: \(ResultNotes.words(written.kept))")
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
    /// - Returns: what of it was shown: text for people leaves things out, and nobody may be there to read it.
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

    /// Says where generated secrets are kept that nobody has got.
    ///
    /// - Returns: whether somebody has got them all.
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

    /// Writes down that somebody has got the secrets of the run, so that it may be forgotten.
    private func noteShown(_ journaled: JournaledRun?, _ secrets: SecretFile) async {
        guard let journaled, !secrets.isEmpty else { return }
        let id = journaled.header.id
        // Where it fails, the run is kept longer, and nothing else is lost.
        guard let entries = try? await journaled.store.entries(of: id), let now = entries.last?.time,
            let entry = entries.secretsShown(at: now)
        else { return }
        try? await journaled.store.append([entry], to: id, epoch: journaled.epoch)
    }
}
