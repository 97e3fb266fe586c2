public import Groundwork

extension Entry {
    /// A change that is about to be sent.
    public struct Intent: Hashable, Sendable {
        /// The facts from which a later execution finds out whether the change was made.
        public enum Evidence: Hashable, Sendable {
            /// Look for a resource with this natural key that is none of these ids, which matched it before.
            case lookup(key: JSONObject, before: [String])
            /// The resource with the id `deletes` is deleted first, to be created again; `before` is as in `lookup`.
            case recreation(deletes: String, before: [String])
            /// No lookup is possible, because the change is made outside the account.
            case none
        }

        /// The facts for recovery.
        public var evidence: Evidence
        /// The number of times that the change was sent, including this time; 0 before a recreation if this execution has
        /// not sent it.
        public var attempt: Int
        /// The ids that are deleted with the resource; `nil` if the change is no deletion.
        public var falls: [String]?
        /// The names of the generated secrets that the request contains; `nil` if none were generated yet.
        public var secrets: [String]?
        /// The name of the target as shown to people.
        public var object: String?
        /// The id of the target.
        public var id: String?

        /// Creates an intent.
        public init(
            _ evidence: Evidence, attempt: Int, falls: [String]? = nil, secrets: [String]? = nil,
            object: String? = nil, id: String? = nil
        ) {
            self.evidence = evidence
            self.attempt = attempt
            self.falls = falls
            self.secrets = secrets
            self.object = object
            self.id = id
        }

        /// The ids that matched the natural key before the change was sent; empty if no lookup is possible.
        public var before: [String] {
            switch evidence {
            case .lookup(_, let before), .recreation(_, let before): before
            case .none: []
            }
        }

        /// The natural key to look for; `nil` for a recreation and outside the account.
        public var key: JSONObject? { if case .lookup(let key, _) = evidence { key } else { nil } }
    }
}
