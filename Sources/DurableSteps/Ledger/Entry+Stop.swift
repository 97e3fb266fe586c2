extension Entry {
    /// A question that stops the run until a person decides.
    public struct Stop: Hashable, Sendable {
        /// The choices of a person.
        public enum Choice: String, Hashable, Sendable, CaseIterable {
            /// Adopt an existing resource as the result of the creation.
            case adopt
            /// Create it again; a server that was created and never connected is deleted first.
            case recreate
            /// Delete the listed resources.
            case yes
            /// Continue without the step; a call without a default result then fails in the recipe with the code
            /// `skipped`.
            case skip
        }

        /// The reason why the engine cannot decide.
        public var reason: String
        /// The ids that may be the result of the change.
        public var candidates: [String]
        /// The possible choices.
        public var choices: [Choice]
        /// Whether the question was reported; of several questions at once, only the first is.
        public var isReported: Bool
        /// Before a deletion, the ids that would be deleted with the resource; `nil` for another change.
        public var falls: [String]?
        /// The name of the target as shown to people.
        public var object: String?
        /// The id of the target.
        public var id: String?

        /// Creates a question.
        public init(
            reason: String, candidates: [String], choices: [Choice], isReported: Bool = true, falls: [String]? = nil,
            object: String? = nil, id: String? = nil
        ) {
            self.reason = reason
            self.candidates = candidates
            self.choices = choices
            self.isReported = isReported
            self.falls = falls
            self.object = object
            self.id = id
        }
    }
}
