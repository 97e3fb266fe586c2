package import Groundwork

/// Steps that change nothing: observations, and values that are pinned.
extension StepRunner {
    /// Makes an observation that takes time, such as a read or a wait, as one step: it is replayed or made now.
    ///
    /// - Parameters:
    ///   - call: the step with its call.
    ///   - words: the call as shown to people.
    ///   - secrets: the names of the generated secrets that it sends; `nil` if none were generated yet.
    ///   - skipped: the result if a person left the step out; `nil` if the step then fails.
    ///   - onReplay: receives the recorded observation and its time if the step is replayed.
    ///   - live: makes the observation. Its failure is recorded if it is a `StepFailing`.
    /// - Returns: the value.
    /// - Throws: `StepStop` if the program differs from the record; the recorded `StepFailure`; `CancellationError` if
    ///   the run was stopped before the step; the error of `live`.
    package func observe(
        _ call: StepCall, words: String, secrets: [String]? = nil, skipped: JSONValue? = nil,
        onReplay: (Entry.Observation, Timestamp) -> Void = { _, _ in }, _ live: () async throws -> JSONValue
    ) async throws -> JSONValue {
        if let recorded = try take(call, isChange: false) {
            await turn(call)
            if let entry = recorded.result, let observation = entry.observation { onReplay(observation, entry.time) }
            return try recorded.value()
        }
        await admit(words, at: call.site)
        try Task.checkCancellation()
        if takeDecision(about: call.step) != nil {
            guard let skipped else {
                let failure = StepFailure(
                    code: StepFailure.skipped, message: "\(words): skipped by a decision",
                    delivery: .rejected, details: StepFailure.Details(operation: call.call.name))
                try await record(Entry.Observation(.failed(failure)), of: call)
                throw failure
            }
            try await record(Entry.Observation(.skipped(skipped)), of: call)
            return skipped
        }
        try await writeSecrets(secrets ?? [])
        do {
            let value = try await live()
            try await record(Entry.Observation(.value(value), secrets: secrets), of: call)
            return value
        } catch let error as any StepFailing {
            try await record(Entry.Observation(.failed(error.stepFailure), secrets: secrets), of: call)
            throw error
        }
    }

    /// Records an observation and waits for its turn.
    private func record(_ observation: Entry.Observation, of call: StepCall) async throws(StepStop) {
        let ticket = note(JournalEntry(.observed(call, observation), at: time.now))
        try await writeIfTooMany()
        await turn(ticket)
    }

    /// Pins a value that another execution could not compute again, such as the time or a random number.
    ///
    /// - Parameters:
    ///   - call: the step with its call; its place is one that is counted apart, since the step does not wait.
    ///   - live: returns the value if no earlier execution has recorded it.
    /// - Returns: the value, the same in every execution of the run.
    /// - Throws: `StepError`.
    package func pin(_ call: StepCall, _ live: () -> JSONValue) throws(StepError) -> JSONValue {
        let recorded: RecordedStep?
        do throws(StepStop) { recorded = try take(call, isChange: false) } catch { throw .stopped(error) }
        if let recorded {
            do throws(StepFailure) { return try recorded.value() } catch { throw .failed(error) }
        }
        let value = live()
        note(JournalEntry(.observed(call, Entry.Observation(.value(value))), at: time.now))
        return value
    }
}

extension RecordedStep {
    /// Returns the recorded value of an observation.
    ///
    /// - Throws: the recorded failure.
    fileprivate func value() throws(StepFailure) -> JSONValue {
        if let failure = result?.failure { throw failure }
        return result?.observation?.value ?? .null
    }
}
