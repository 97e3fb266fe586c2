public import ServerPilot

/// How a run that came to its end ended.
public struct RecipeOutcome: Sendable {
    /// What the recipe gave with `sp.result` or returned as a table, secrets in it; `nil` when it gave nothing.
    public let result: Secret<JSONValue>?
    /// The same with the secrets taken out.
    public let redactedResult: JSONValue?
    /// What was done.
    public let summary: RunSummary

    /// Whether the result holds a secret.
    public var resultHoldsSecrets: Bool { result?.reveal() != redactedResult }
}
