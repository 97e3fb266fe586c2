/// An error of a step.
public enum StepError: Error, Hashable, Sendable {
    /// The step failed; the program can catch this failure.
    case failed(StepFailure)
    /// The run must stop; the program cannot continue.
    case stopped(StepStop)
}
