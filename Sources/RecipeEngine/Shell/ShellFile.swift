public import Groundwork

/// A file for another host.
///
/// ```swift
/// func setMessage(on host: ShellHost, by shell: any RemoteShell) async throws -> Bool {
///     let file = try ShellFile(Secret(Array("Managed by sprun\n".utf8)), path: "/etc/motd", mode: "0644")
///     return try await shell.copy(file, to: host)
/// }
/// ```
public struct ShellFile: Sendable {
    /// The bytes of the file.
    public var content: Secret<[UInt8]>
    /// The absolute path on the host.
    public var path: String
    /// The mode in octal digits, such as `0644`.
    public var mode: String

    /// The maximum size of a file in bytes, 16 MiB: it is held in memory and sent over one connection.
    public static let largest = 16 << 20

    /// Creates a file.
    ///
    /// - Throws: `ShellFailure` if the file is too large, or the path or mode is invalid.
    public init(_ content: Secret<[UInt8]>, path: String, mode: String) throws(ShellFailure) {
        guard content.reveal().count <= Self.largest else {
            throw ShellFailure(
                .invalid, "the file for '\(path)' has \(content.reveal().count) bytes; the maximum is \(Self.largest)")
        }
        let hasControl = path.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard path.hasPrefix("/"), path.utf8.count <= 1000, !path.hasSuffix("/"), !hasControl else {
            throw ShellFailure(.invalid, "'\(path)' is not an absolute path of a file")
        }
        guard (3...4).contains(mode.utf8.count), mode.utf8.allSatisfy({ (0x30...0x37).contains($0) }) else {
            throw ShellFailure(
                .invalid, "'\(mode)' is not a file mode",
                hint: "write it in octal digits: mode = \"0644\"")
        }
        self.content = content
        self.path = path
        self.mode = mode
    }
}
