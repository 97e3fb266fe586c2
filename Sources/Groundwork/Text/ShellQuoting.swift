extension String {
    /// The text as one word of a shell command, in single quotes.
    package var singleQuoted: String {
        "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// The text as one word of a shell command, in single quotes only if it needs them.
    package var shellQuoted: String {
        let plain = Set("/._-:=@".utf8)
        return !isEmpty && utf8.allSatisfy { $0.isLetterOrDigit || plain.contains($0) } ? self : singleQuoted
    }
}
