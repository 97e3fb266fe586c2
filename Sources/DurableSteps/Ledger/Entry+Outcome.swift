public import Groundwork

extension Entry {
    /// The outcome of a change.
    public struct Outcome: Hashable, Sendable {
        /// The ways in which a change came to be made.
        public enum Origin: String, Hashable, Sendable, CaseIterable {
            /// The API replied.
            case reply
            /// The reply was lost, and the engine found the result of the request.
            case adopted
            /// The reply was lost, and the engine sent the same request again.
            case repeated
            /// A person decided to leave the step out.
            case skipped
        }

        /// The result of a change.
        public enum Result: Hashable, Sendable {
            /// The change was made, with the data of the reply and the id of the action that it queued.
            ///
            /// There are no actions outside the account.
            case done(data: JSONValue, action: String?, by: Origin)
            /// The change failed.
            case failed(StepFailure)
        }

        /// The result.
        public var result: Result
        /// The name of the target as shown to people.
        public var object: String?
        /// The id of the target.
        public var id: String?

        /// Creates an outcome.
        public init(_ result: Result, object: String? = nil, id: String? = nil) {
            self.result = result
            self.object = object
            self.id = id
        }

        /// The failure; `nil` if the change was made.
        public var failure: StepFailure? { if case .failed(let failure) = result { failure } else { nil } }
        /// The data of the reply; `nil` if the change failed.
        public var data: JSONValue? { if case .done(let data, _, _) = result { data } else { nil } }
        /// The id of the queued action; `nil` if there is none or it is unknown.
        public var action: String? { if case .done(_, let action, _) = result { action } else { nil } }
        /// The way in which the change was made; `nil` if it failed.
        public var origin: Origin? { if case .done(_, _, let origin) = result { origin } else { nil } }
    }
}
