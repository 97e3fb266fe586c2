public import Groundwork

/// A script for another host.
///
/// The script and its input travel by standard input. No part of them is in an argument list or environment, on either
/// host.
///
/// ```swift
/// func update(_ host: ShellHost, by shell: any RemoteShell) async throws -> ShellResult {
///     let script = try ShellScript(
///         Secret("apt-get update && apt-get upgrade -y"), marker: "k3v9q2-1", timeLimit: .seconds(1200))
///     return try await shell.run(script, on: host) { line in print(line.text) }
/// }
/// ```
public struct ShellScript: Sendable {
    /// The text that `sh` runs on the host.
    public var text: Secret<String>
    /// The bytes of the script's standard input.
    public var input: Secret<[UInt8]>
    /// The name by which the host remembers the script; `nil` for a script that changes nothing and may start
    /// repeatedly.
    public var marker: String?
    /// The time limit, the connection included; the script is then stopped.
    public var timeLimit: Duration

    /// The maximum size of the script, and of the input, in bytes, 1 MiB: the host keeps both in a file.
    public static let largest = 1 << 20

    /// Creates a script.
    ///
    /// - Throws: `ShellFailure` if script or input is too large, the script contains a NUL, or the marker has
    ///   characters other than `[a-z0-9-]`, begins with `-` or `once-`, or is longer than 100 characters.
    public init(
        _ text: Secret<String>, input: Secret<[UInt8]> = Secret([]), marker: String?, timeLimit: Duration
    ) throws(ShellFailure) {
        for (name, size) in [("script", text.reveal().utf8.count), ("stdin", input.reveal().count)]
        where size > Self.largest {
            throw ShellFailure(.invalid, "the \(name) has \(size) bytes; the maximum is \(Self.largest)")
        }
        guard !text.reveal().utf8.contains(0) else { throw ShellFailure(.invalid, "the script contains a NUL byte") }
        if let marker, !Self.isMarker(marker) {
            throw ShellFailure(.invalid, "'\(marker)' is not a valid marker")
        }
        self.text = text
        self.input = input
        self.marker = marker
        self.timeLimit = timeLimit
    }

    /// Returns whether a text can name a folder on the host; folders of scripts without a marker begin with `once-`.
    static func isMarker(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasPrefix("once-")
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}
