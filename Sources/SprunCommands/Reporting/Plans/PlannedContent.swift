internal import Groundwork
internal import RecipeEngine
internal import RecipeSharing

/// A script, a file or a body that a run of the plan would send to a host other than ServerPilot.
struct PlannedContent {
    /// The name of the argument: `script`, `stdin`, `content` or `body`.
    let name: String
    /// The SHA-256 of the content without its secrets.
    let digest: String
    private let text: String
    private let count: Int

    /// The number of lines shown.
    private static let shownLines = 5
    /// The number of characters shown per line.
    private static let shownCharacters = 200

    /// Returns the contents that a change sends, in the order of its arguments.
    ///
    /// The redactor removes secrets that the run learned after the change.
    static func all(of change: PlannedChange, redactedBy redactor: Redactor) -> [PlannedContent] {
        change.contents.compactMap { name, value in
            value.stringValue.map { PlannedContent(name: name, text: $0, isBytes: name == "content", redactor) }
        }
    }

    /// Creates a content.
    ///
    /// - Parameters:
    ///   - name: The name of the argument.
    ///   - text: The content as text.
    ///   - isBytes: Whether each scalar of the text is a byte, as for a copied file.
    ///   - redactor: Removes secrets from the bytes.
    private init(name: String, text: String, isBytes: Bool, _ redactor: Redactor) {
        self.name = name
        let original = isBytes ? text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } : Array(text.utf8)
        let bytes = redactor.redact(original)
        self.text = String(decoding: bytes, as: UTF8.self)
        count = bytes.count
        digest = "\(ContentHash(of: bytes))"
    }

    /// The size and the digest.
    var summary: String { "\(count) bytes, SHA-256 \(digest.prefix(16))…" }

    /// The first lines.
    var lines: [String] {
        let lines = text.split(maxSplits: Self.shownLines, omittingEmptySubsequences: false) {
            $0 == "\n" || $0 == "\r\n"
        }
        var shown = lines.prefix(Self.shownLines).map { line in
            line.count > Self.shownCharacters ? line.prefix(Self.shownCharacters) + "…" : String(line)
        }
        while shown.last?.isEmpty == true { shown.removeLast() }
        if lines.count > Self.shownLines, !lines[Self.shownLines].isEmpty { shown.append("… (--json shows all)") }
        return shown
    }

    /// The content as a JSON object.
    var json: JSONValue {
        [
            "name": .string(name), "bytes": .integer(Int64(count)), "sha256": .string(digest), "text": .string(text),
        ]
    }
}
