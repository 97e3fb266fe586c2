public import Groundwork

extension Entry {
    /// The end of a read, a wait or a lookup.
    public struct Observation: Hashable, Sendable {
        /// The results of an observation.
        public enum Result: Hashable, Sendable {
            /// The value.
            case value(JSONValue)
            /// A person left the step out, which then has this value.
            case skipped(JSONValue)
            /// The observation failed.
            case failed(StepFailure)
        }

        /// The result.
        public var result: Result
        /// The names of the generated secrets that were sent outside the account; `nil` if none were generated yet.
        public var secrets: [String]?

        /// Creates an observation.
        public init(_ result: Result, secrets: [String]? = nil) {
            self.result = result
            self.secrets = secrets
        }

        /// The failure; `nil` if there is a value.
        public var failure: StepFailure? { if case .failed(let failure) = result { failure } else { nil } }

        /// The value; `nil` if the observation failed.
        public var value: JSONValue? {
            switch result {
            case .value(let value), .skipped(let value): value
            case .failed: nil
            }
        }
    }
}
