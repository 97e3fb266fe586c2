public import Groundwork

/// The outcome of a run that completed.
///
/// ```swift
/// func show(_ outcome: RecipeOutcome) {
///     if let result = outcome.redactedResult { print(result.text(indentation: 2)) }
///     if outcome.resultHoldsSecrets { print("the result holds secrets") }
///     print("\(outcome.summary.changes) changes in \(outcome.summary.elapsed.shortText)")
/// }
/// ```
public struct RecipeOutcome: Sendable {
    /// The value that the recipe set with `sp.result` or returned as a table, including secrets; `nil` if there is
    /// none.
    public let result: Secret<JSONValue>?
    /// The result without secrets.
    public let redactedResult: JSONValue?
    /// The places in the result where `null` replaces a generated secret that was not sent.
    package let unusedSecrets: SecretPlaces
    /// The names of the members that `null` replaces.
    package let unusedMembers: Set<String>
    /// The places in `redactedResult` where secrets were removed, such as `sites[2].password`.
    package var redactedPlaces: SecretPlaces { result.map { redactor.places(in: $0.reveal()) } ?? SecretPlaces() }
    /// The redactor that removed the secrets: it knows all secrets of the run.
    public let redactor: Redactor
    /// The counts of the run.
    public let summary: RunSummary

    /// Whether the result contains a secret.
    public var resultHoldsSecrets: Bool { result?.reveal() != redactedResult }
}
