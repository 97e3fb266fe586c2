internal import ServerPilot

/// How far a deletion was confirmed.
struct DeletionConsent: Sendable {
    /// What it removes, as it was last read; `nil` where it was not read, or takes nothing along.
    var cascade: Cascade?
    /// The ids of what may fall with it: what somebody was shown, or what an earlier intent names.
    ///
    /// `nil` where nobody was shown anything, so that there is nothing to compare.
    var shown: Set<String>?
    /// Whether what was shown was also confirmed.
    var isConfirmed = true

    /// The ids of what falls, as an intent holds them.
    var falls: JSONValue { .array((cascade?.fallen ?? []).map { .string($0.id) }) }
}
