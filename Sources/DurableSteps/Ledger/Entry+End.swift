public import Groundwork

extension Entry {
    /// The end of an execution of the run.
    public struct End: Hashable, Sendable {
        /// The ways in which an execution ends.
        public enum Result: Hashable, Sendable {
            /// The recipe completed, with its result if it has one that can be written.
            case done(JSONValue?)
            /// The recipe failed; the code is stable, the message is for people.
            case failed(code: String, message: String)
            /// `sprun undo` deleted what the run made; the run cannot be resumed.
            case undone
        }

        /// The way in which it ended.
        public var result: Result
        /// Whether the entry repeats the end only to record that the run's secrets were shown.
        public var areSecretsShown: Bool

        /// Creates an end.
        public init(_ result: Result, areSecretsShown: Bool = false) {
            self.result = result
            self.areSecretsShown = areSecretsShown
        }
    }
}
