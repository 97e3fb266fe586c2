/// A line that a script wrote, without its line ending.
public struct ShellLine: Hashable, Sendable {
    /// The streams of a script's output.
    public enum Stream: Hashable, Sendable {
        case output, error
    }

    /// The stream that the script wrote the line to.
    public var stream: Stream
    /// The text; bytes that are not UTF-8 are replaced.
    public var text: String

    /// Creates a line.
    public init(_ stream: Stream, _ text: String) {
        self.stream = stream
        self.text = text
    }
}
