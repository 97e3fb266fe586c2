internal import Groundwork

/// One try of a change.
///
/// ```swift
/// func renew(
///     _ domain: String, on line: StepLine, put: @escaping @Sendable (_ key: String) async throws -> JSONValue
/// ) async throws {
///     _ = try await line.change("renew", ["domain": .string(domain)], recovery: .repeatable) { attempt in
///         if attempt.isRecovery { print("try \(attempt.number)") }
///         return try await put(attempt.marker)
///     }
/// }
/// ```
public struct ChangeAttempt: Sendable {
    /// The number of the try, from 1, including tries of earlier executions of the run.
    public let number: Int
    /// Whether an earlier try may have been executed.
    public let isRecovery: Bool
    /// A unique name of the change, of letters, digits and dashes, the same in every execution of the run.
    ///
    /// It can be sent as an idempotency key. A change that starts again, because it certainly failed or because a person
    /// decided so, gets another name.
    public let marker: String
    /// The permit to check before each time that the request is sent.
    public let permit: SendPermit
}
