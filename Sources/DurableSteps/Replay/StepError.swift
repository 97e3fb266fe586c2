/// An error of a step.
///
/// ```swift
/// func orderOrReport(_ order: () async throws(StepError) -> JSONValue) async throws -> JSONValue? {
///     do throws(StepError) {
///         return try await order()
///     } catch .failed(let failure) where failure.code == "sold_out" {
///         return nil
///     }
/// }
/// ```
public enum StepError: Error, Hashable, Sendable {
    /// The step failed; the program can catch this failure.
    case failed(StepFailure)
    /// The run must stop; the program cannot continue.
    case stopped(StepStop)
}
