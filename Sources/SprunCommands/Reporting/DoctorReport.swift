internal import Groundwork
internal import OrderedCollections
internal import ServerPilot

/// The findings of `sprun doctor`.
struct DoctorReport: Report {
    /// The result of a check.
    struct Finding {
        let name: String
        let text: String
        /// The problem; `nil` if the check passed.
        var failure: CommandFailure?
    }

    private(set) var findings: [Finding] = []

    /// The first problem; `nil` if all checks passed.
    var failure: CommandFailure? { findings.lazy.compactMap(\.failure).first }

    /// Runs a check and appends its finding; returns `nil` if the check failed.
    @discardableResult
    mutating func check<Value>(
        _ name: String, _ look: () async throws -> Value, _ text: (Value) -> String
    ) async -> Value? {
        do {
            let value = try await look()
            findings.append(Finding(name: name, text: text(value)))
            return value
        } catch {
            let failure = CommandFailure(error)
            // The name of the operation would only confuse here.
            let text = (error as? ServerPilotError)?.message ?? failure.message
            findings.append(Finding(name: name, text: text, failure: failure))
            return nil
        }
    }

    func lines(on page: Page) -> [String] {
        let width = findings.map(\.name.count).max() ?? 0
        return findings.flatMap { finding -> [String] in
            let pad = String(repeating: " ", count: width - finding.name.count)
            let sign = finding.failure == nil ? page.style.green("ok  ") : page.style.red("FAIL")
            let line = "\(sign)  \(finding.name)\(pad)  \(finding.text.withoutControls)"
            guard let failure = finding.failure else { return [line] }
            let indent = String(repeating: " ", count: width + 8)
            return [line] + (failure.hint.map { ["\(indent)hint: \($0)"] } ?? [])
                + ["\(indent)more: sprun explain \(FailureCatalogue.kind(failure.code).number)"]
        }
    }

    var json: JSONValue {
        let documents = findings.map { finding -> JSONValue in
            var members: JSONObject = [
                "name": .string(finding.name), "ok": .bool(finding.failure == nil), "text": .string(finding.text),
            ]
            if let failure = finding.failure { members["code"] = .string(failure.code) }
            return .object(members)
        }
        return ["format_version": 1, "findings": .array(documents)]
    }
}
