/// The result of a script.
///
/// ```swift
/// func check(_ result: ShellResult) -> String? {
///     guard result.status != 0 else { return nil }
///     let text = String(decoding: result.error, as: UTF8.self)
///     return result.dropped == 0 ? text : "\(text)… (\(result.dropped) bytes more)"
/// }
/// ```
public struct ShellResult: Hashable, Sendable {
    /// The exit status; 128 and more for a signal.
    public var status: Int
    /// The bytes of standard output that were kept.
    public var output: [UInt8]
    /// The bytes of standard error that were kept.
    public var error: [UInt8]
    /// The number of bytes of both streams that were dropped because there were too many.
    public var dropped: Int
    /// Whether an earlier request had already started the script.
    public var wasBegun: Bool

    /// Creates a result.
    public init(status: Int, output: [UInt8] = [], error: [UInt8] = [], dropped: Int = 0, wasBegun: Bool = false) {
        self.status = status
        self.output = output
        self.error = error
        self.dropped = dropped
        self.wasBegun = wasBegun
    }
}
