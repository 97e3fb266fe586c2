/// A line that a script wrote, without its line ending.
///
/// ```swift
/// let show: @Sendable (ShellLine) async -> Void = { line in
///     print(line.stream == .error ? "stderr: \(line.text)" : line.text)
/// }
/// ```
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
