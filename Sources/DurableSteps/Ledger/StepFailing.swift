internal import Groundwork

/// An error that a step can fail with: it is recorded, and a replay fails in the same way.
public protocol StepFailing: Error {
    /// The failure to record.
    var stepFailure: StepFailure { get }
}
