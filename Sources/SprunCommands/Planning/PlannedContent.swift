internal import RecipeEngine
internal import RecipeSharing
internal import ServerPilot

/// A script, a file or a body that a plan would send to somebody else than ServerPilot.
struct PlannedContent {
    /// What it is: `script`, `stdin`, `content`, `body`.
    let name: String
    /// The SHA-256 of what is sent, secrets left out.
    let digest: String
    private let text: String
    private let count: Int

    /// Lines that are shown.
    private static let shownLines = 5
    /// Characters of each of them.
    private static let shownCharacters = 200

    /// What a change sends, in the order of its arguments.
    static func all(of change: PlannedChange) -> [PlannedContent] {
        change.contents.compactMap { name, value in
            value.stringValue.map { PlannedContent(name: name, text: $0, isBytes: name == "content") }
        }
    }

    /// - Parameters:
    ///   - name: what it is.
    ///   - text: its text.
    ///   - isBytes: whether each scalar of the text is a byte, as of a file that is copied.
    private init(name: String, text: String, isBytes: Bool) {
        self.name = name
        let bytes = isBytes ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
        self.text = String(decoding: bytes, as: UTF8.self)
        count = bytes.count
        digest = "\(ContentHash(of: bytes))"
    }

    /// How much it is, and its digest.
    var summary: String { "\(count) bytes, SHA-256 \(digest.prefix(16))…" }

    /// Its first lines.
    var lines: [String] {
        let lines = text.split(maxSplits: Self.shownLines, omittingEmptySubsequences: false) {
            $0 == "\n" || $0 == "\r\n"
        }
        var shown = lines.prefix(Self.shownLines).map { line in
            line.count > Self.shownCharacters ? line.prefix(Self.shownCharacters) + "…" : String(line)
        }
        while shown.last?.isEmpty == true { shown.removeLast() }
        if lines.count > Self.shownLines, !lines[Self.shownLines].isEmpty { shown.append("… (all of it: --json)") }
        return shown
    }

    /// For programs.
    var json: JSONValue {
        [
            "name": .string(name), "bytes": .integer(Int64(count)), "sha256": .string(digest), "text": .string(text),
        ]
    }
}
