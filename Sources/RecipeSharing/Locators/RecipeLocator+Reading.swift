internal import Groundwork

extension RecipeLocator {
    /// Parses a locator.
    ///
    /// - Throws: `SharingError`, `invalidLocator`; its message never contains a password from the text.
    package init(_ text: String) throws(SharingError) {
        try LocatorText.check(text)
        guard !text.isEmpty else { throw .invalid("the locator is empty") }
        guard !text.hasPrefix("-") else { throw .invalid("the locator '\(text)' begins with '-'") }
        if let transport = text.firstMatch(of: #/^([A-Za-z0-9+.\-]+)::/#) {
            throw .invalid("'\(transport.1)' is not a way to fetch recipes", hint: "https, ssh and file are")
        }
        let first = text.prefix { $0 != "/" }
        if text.contains("://") {
            self = try Self.address(text)
        } else if text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix("/") {
            self = try Self.readFile(text)
        } else if first.contains("."), first.endIndex != text.endIndex {
            self = .git(try Self.hosted(text))
        } else if text.hasSuffix(".lua") {
            self = try Self.readFile(text)
        } else {
            self = .name(try Self.readName(text))
        }
    }

    private static func readFile(_ text: String) throws(SharingError) -> RecipeLocator {
        guard !text.hasSuffix("/"), !text.hasSuffix("/.."), !text.hasSuffix("/.") else {
            throw .invalid("'\(text)' is a folder", hint: "name the .lua file in it")
        }
        return .file(text.withLuaEnding)
    }

    private static func readName(_ text: String) throws(SharingError) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard !text.contains("@") else {
            throw .invalid("a version needs a repository in front of it", hint: LocatorText.versionHint)
        }
        let isName = parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix("-")
                && part.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
        }
        guard isName else {
            throw .invalid(
                "'\(text)' is no name of a recipe: that has letters, digits, '-' and '_'",
                hint: "write a file as './\(text.withLuaEnding)'")
        }
        return text
    }

    /// Parses `github.com/owner/repo/path@ref`.
    private static func hosted(_ text: String) throws(SharingError) -> GitLocator {
        guard let at = text.firstIndex(of: "@") else {
            throw .invalid("'\(text)' has no version", hint: LocatorText.versionHint)
        }
        let parts = text[..<at].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let ref = String(text[text.index(after: at)...])
        guard let host = parts.first, host.contains("."), !ref.contains(":"), parts.count >= 3 else {
            throw .invalid(
                "'\(LocatorText.withoutLogin(text))' does not name host, owner and repository",
                hint: "\(LocatorText.versionHint); by ssh it is ssh://git@github.com/acme/recipes//rotate-db@v1.0.0")
        }
        guard !host.contains(":") else {
            throw .invalid(
                "'\(host)' is no host alone", hint: "with a port it is https://host:port/repository//path@ref")
        }
        let name = parts[2].hasSuffix(".git") ? String(parts[2].dropLast(4)) : parts[2]
        return try GitLocator(
            repository: RepositoryURL(host: host, segments: [parts[1], name]),
            path: parts[3...].joined(separator: "/"), ref: ref)
    }

    /// Parses `URL//path@ref` or `https://…#sha256=…`.
    private static func address(_ text: String) throws(SharingError) -> RecipeLocator {
        if let mark = text.firstIndex(of: "#") {
            return .https(try hashed(text, at: mark))
        }
        guard let scheme = text.firstRange(of: "://"),
            let slashes = text[scheme.upperBound...].firstRange(of: "//")
        else {
            // Errors in the URL itself are reported first.
            let url = try RepositoryURL(text.split(separator: "@").count > 1 ? LocatorText.withoutVersion(text) : text)
            throw .invalid(
                "'\(LocatorText.withoutLogin(text))' says neither which file of a repository nor which hash",
                hint: url.segments.last?.hasSuffix(".lua") == true
                    ? "add #sha256= and the SHA-256 of the file"
                    : "a file of a repository is URL//path@ref, such as \(url)//recipe@v1.0.0")
        }
        let repository = try RepositoryURL(String(text[..<slashes.lowerBound]))
        let rest = text[slashes.upperBound...]
        guard let at = rest.firstIndex(of: "@") else {
            throw .invalid("'\(text)' has no version", hint: LocatorText.versionHint)
        }
        return .git(
            try GitLocator(
                repository: repository, path: String(rest[..<at]), ref: String(rest[rest.index(after: at)...])))
    }

    private static func hashed(_ text: String, at mark: String.Index) throws(SharingError) -> HTTPSLocator {
        let url = try RepositoryURL(String(text[..<mark]))
        let fragment = text[text.index(after: mark)...]
        guard fragment.hasPrefix("sha256=") else {
            throw .invalid("'\(url)' is followed by '#\(fragment)'", hint: "it would be #sha256= and 64 digits")
        }
        let digits = String(fragment.dropFirst("sha256=".count))
        guard let hash = ContentHash(hexadecimal: digits) else {
            throw .invalid(
                "the SHA-256 of '\(url)' is not \(ContentHash.digitCount) hexadecimal digits: "
                    + "there are \(digits.count) characters")
        }
        return try HTTPSLocator(url: url, sha256: hash)
    }
}
