public import ServerPilot

/// How a run that came to its end ended.
public struct RecipeOutcome: Sendable {
    /// What the recipe gave with `sp.result` or returned as a table, secrets in it; `nil` when it gave nothing.
    public let result: Secret<JSONValue>?
    /// The same with the secrets taken out.
    public let redactedResult: JSONValue?
    /// Where the result would have held a generated secret that nothing was sent with: `null` stands there.
    public let unusedSecrets: [String]
    /// Where secrets were taken out of `redactedResult`: `sites[2].password`.
    public var redactedPlaces: [String] { result.map { redactor.places(in: $0.reveal()) } ?? [] }
    /// What took the secrets out: all that the run was known to hold as one.
    public let redactor: Redactor
    /// What was done.
    public let summary: RunSummary

    /// Whether the result holds a secret.
    public var resultHoldsSecrets: Bool { result?.reveal() != redactedResult }
}
