/// The error messages of git: their short form and the failures they stand for.
enum GitMessage {
    /// Returns the end of a message, where git states the reason, without control characters and credentials.
    static func text(_ bytes: [UInt8]) -> String {
        let end = String(decoding: withoutCredentials(bytes).suffix(SharingLimits.readGitMessage), as: UTF8.self)
        let scalars = end.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control && scalar != "\n" ? " " : scalar
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Removes the part between `://` and the last `@` from every URL.
    ///
    /// It needs a single pass over the message, because the server determines up to 1 MiB of it.
    private static func withoutCredentials(_ bytes: [UInt8]) -> [UInt8] {
        let mark = Array("://".utf8)
        var kept: [UInt8] = []
        kept.reserveCapacity(bytes.count)
        var place = 0
        while place < bytes.count {
            guard bytes[place] == mark[0], bytes[place...].starts(with: mark) else {
                kept.append(bytes[place])
                place += 1
                continue
            }
            kept += mark
            place += mark.count
            let end = bytes[place...].firstIndex { $0 == UInt8(ascii: "/") || $0 <= UInt8(ascii: " ") } ?? bytes.count
            let host = bytes[place..<end].lastIndex(of: UInt8(ascii: "@")).map { $0 + 1 } ?? place
            kept += bytes[host..<end]
            place = end
        }
        return kept
    }

    /// Returns the end of a message, where git states the reason: one line of at most `shownGitMessage` characters.
    static func shown(_ said: String) -> String {
        let lines = said.split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }.filter { !$0.isEmpty }
        let text = lines.joined(separator: "; ")
        let limit = SharingLimits.shownGitMessage
        return text.isEmpty ? "git printed no message" : text.count > limit ? "…" + text.suffix(limit) : text
    }

    /// Returns the failure for a message of git, ssh or curl; `GitEnvironment` makes them English.
    static func failure(_ said: String, _ repository: RepositoryURL) -> SharingError {
        let lower = said.lowercased()
        let words = shown(said)
        func has(_ parts: String...) -> Bool { parts.contains { lower.contains($0) } }
        if has("cannot run", "is not a git command") {
            return SharingError(.gitFailed, "git cannot reach '\(repository)': \(words)")
        }
        if has(
            "could not resolve host", "couldn't resolve host", "connection refused", "failed to connect",
            "couldn't connect",
            "connection timed out", "operation timed out", "network is unreachable", "no route to host",
            "name or service not known", "temporary failure in name resolution", "connection reset")
        {
            return SharingError(
                .unreachable, "the host of '\(repository)' does not answer: \(words)",
                hint: "check the address and the network")
        }
        if has(
            "could not read username", "could not read password", "authentication failed", "permission denied",
            "host key verification failed", "terminal prompts disabled", "access denied", "error: 401", "error: 403")
        {
            return SharingError(
                .denied, "'\(repository)' does not exist, or requires credentials: \(words)",
                hint: "test the access: git ls-remote \(repository)")
        }
        if has(
            "does not appear to be a git repository", "repository not found", "not found", "does not exist",
            "not a git repository")
        {
            return SharingError(
                .missingRepository, "no git repository exists at '\(repository)': \(words)",
                hint: "check whether it was renamed or deleted")
        }
        return SharingError(.gitFailed, "git cannot read '\(repository)': \(words)")
    }
}
