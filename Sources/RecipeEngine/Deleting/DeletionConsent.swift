internal import Groundwork

/// The extent to which a deletion was confirmed.
struct DeletionConsent: Sendable {
    /// The cascade as last read; `nil` if it was not read, or if the deletion removes no whole resource.
    var cascade: Cascade?
    /// The ids that may be deleted with the resource, as shown to a person or listed in an earlier intent.
    ///
    /// When nil, no person was shown anything, so there is nothing to compare.
    var shown: Set<String>?
    /// Whether a person also confirmed what was shown.
    var isConfirmed = true

    /// The ids of the resources deleted with it, as an intent records them.
    var falls: [String] { (cascade?.fallen ?? []).map(\.id) }
}
