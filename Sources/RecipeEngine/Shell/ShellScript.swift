public import ServerPilot

/// A script for another host.
///
/// It and its input go by standard input: nothing of them is in an argument list or an environment, here or there.
public struct ShellScript: Sendable {
    /// What `sh` runs there.
    public var text: Secret<String>
    /// What it reads from its standard input.
    public var input: Secret<[UInt8]>
    /// What it is known by on the host; `nil` for one that changes nothing, and may be begun more than once.
    public var marker: String?
    /// It is ended when it takes longer.
    public var timeLimit: Duration

    /// The largest script, and the largest input, in bytes: both are kept in a file there.
    public static let largest = 1 << 20

    /// A script.
    ///
    /// - Throws: `ShellFailure` where it is too large, holds a NUL, or the marker is no word of `[a-z0-9-]`.
    public init(
        _ text: Secret<String>, input: Secret<[UInt8]> = Secret([]), marker: String?, timeLimit: Duration
    ) throws(ShellFailure) {
        for (name, size) in [("script", text.reveal().utf8.count), ("stdin", input.reveal().count)]
        where size > Self.largest {
            throw ShellFailure(.invalid, "the \(name) has \(size) bytes, and may have \(Self.largest)")
        }
        guard !text.reveal().utf8.contains(0) else { throw ShellFailure(.invalid, "the script holds a NUL") }
        if let marker, !Self.isMarker(marker) {
            throw ShellFailure(.invalid, "'\(marker)' cannot be a marker")
        }
        self.text = text
        self.input = input
        self.marker = marker
        self.timeLimit = timeLimit
    }

    /// Whether a word can name a folder on the host; `once-` is what those without a marker begin with.
    static func isMarker(_ text: String) -> Bool {
        (1...100).contains(text.utf8.count) && !text.hasPrefix("-") && !text.hasPrefix("once-")
            && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }
}

/// A file for another host.
public struct ShellFile: Sendable {
    /// Its bytes.
    public var content: Secret<[UInt8]>
    /// Where it goes; absolute.
    public var path: String
    /// Its mode in octal digits, such as `0644`.
    public var mode: String

    /// The largest file, in bytes: it is held in memory, and goes over one connection.
    public static let largest = 16 << 20

    /// A file.
    ///
    /// - Throws: `ShellFailure` where it is too large, or path or mode are none.
    public init(_ content: Secret<[UInt8]>, path: String, mode: String) throws(ShellFailure) {
        guard content.reveal().count <= Self.largest else {
            throw ShellFailure(
                .invalid, "the file for '\(path)' has \(content.reveal().count) bytes, and may have \(Self.largest)")
        }
        let hasControl = path.unicodeScalars.contains { $0.properties.generalCategory == .control }
        guard path.hasPrefix("/"), path.utf8.count <= 1000, !path.hasSuffix("/"), !hasControl else {
            throw ShellFailure(.invalid, "'\(path)' is no absolute path of a file")
        }
        guard (3...4).contains(mode.utf8.count), mode.utf8.allSatisfy({ (0x30...0x37).contains($0) }) else {
            throw ShellFailure(.invalid, "'\(mode)' is no mode", hint: "write it in octal digits: mode = \"0644\"")
        }
        self.content = content
        self.path = path
        self.mode = mode
    }
}
