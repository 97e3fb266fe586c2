internal import Groundwork

extension RecipeLock {
    /// The text of the lock file; the same recipes always produce the same text.
    package var text: String {
        var lines = [
            "# The recipes of others that this project uses, and the bytes that they must have.",
            "# Written by sprun get. Keep it in version control; after a merge, run sprun get again.",
            "format_version = \(Self.formatVersion)",
        ]
        for (locator, entry) in git.sorted(by: { $0.key < $1.key }) {
            lines += [
                "", "[[git]]",
                "repository = \(Self.quoted(locator.repository.description))",
                "path = \(Self.quoted(locator.path))",
                "ref = \(Self.quoted(locator.ref))",
                "kind = \(Self.quoted(entry.kind.rawValue))",
                "commit = \(Self.quoted(entry.commit.description))",
                "[git.files]",
            ]
            let files = entry.files.sorted { $0.key < $1.key }
            lines += files.map { "\(Self.quoted($0.key.description)) = \(Self.quoted($0.value.hexadecimal))" }
        }
        for locator in https.sorted() {
            lines += [
                "", "[[https]]",
                "url = \(Self.quoted(locator.url.description))",
                "sha256 = \(Self.quoted(locator.sha256.hexadecimal))",
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Returns a TOML basic string; no escapes are needed, because no value contains `"`, `\` or a control character.
    private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}
