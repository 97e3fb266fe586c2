internal import Groundwork

/// An error that a step can fail with: it is recorded, and a replay fails in the same way.
///
/// ```swift
/// struct SoldOut: StepFailing {
///     let article: String
///
///     var stepFailure: StepFailure {
///         StepFailure(code: "sold_out", message: "\(article) is sold out", delivery: .rejected)
///     }
/// }
/// ```
public protocol StepFailing: Error {
    /// The failure to record.
    var stepFailure: StepFailure { get }
}
