/// The reaction to a change that may have been made, although no reply arrived.
///
/// ```swift
/// let list = Recovery.lookup(Lookup(isUnique: true))  // the API lists what the change makes
/// let put = Recovery.repeatable                       // a PUT, a DELETE, or an idempotency key
/// let payment = Recovery.askPerson                    // nothing shows whether it was made
/// ```
public enum Recovery: Hashable, Sendable {
    /// Look for the result of the change: adopt it if it is there, make the change again if it is not.
    case lookup(Lookup)
    /// Make the change again, because a repetition has the same result.
    ///
    /// Such a change has an idempotency key, is a `PUT` or a `DELETE`, or leaves a marker that its target checks.
    case repeatable
    /// Fail with the code `StepFailure.lostAnswer`, so that the program decides.
    case raised
    /// Stop the run until a person decides.
    case askPerson
}
