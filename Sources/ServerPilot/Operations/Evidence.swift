/// How sure the project is of a fact about ServerPilot's API.
public enum Evidence: String, Hashable, Sendable, CaseIterable {
    /// ServerPilot's own document says so (github.com/ServerPilot/API, README as of 2024-02).
    case documented
    /// Seen in pasted live replies, or in integration tests against real accounts.
    case live
    /// Long-lived production code in the field depends on it.
    case production
    /// A guess from the rest, and may be wrong.
    case inferred
}
