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
            throw .invalid("sprun cannot fetch recipes by '\(transport.1)'", hint: "use https, ssh or file")
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
                "'\(text)' is not a recipe name: use only letters, digits, '-' and '_'",
                hint: "to name a file, write './\(text.withLuaEnding)'")
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
                "'\(LocatorText.withoutLogin(text))' must name host, owner and repository",
                hint: "\(LocatorText.versionHint); with ssh: ssh://git@github.com/acme/recipes//rotate-db@v1.0.0")
        }
        guard !host.contains(":") else {
            throw .invalid(
                "'\(host)' is not a plain host name", hint: "with a port, write https://host:port/repository//path@ref")
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
                "'\(LocatorText.withoutLogin(text))' names neither a file of a repository nor a hash",
                hint: url.segments.last?.hasSuffix(".lua") == true
                    ? "add #sha256= and the SHA-256 of the file"
                    : "write a file of a repository as URL//path@ref, such as \(url)//recipe@v1.0.0")
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
            throw .invalid("'\(url)' has the invalid fragment '#\(fragment)'", hint: "write #sha256= and 64 digits")
        }
        let digits = String(fragment.dropFirst("sha256=".count))
        guard let hash = ContentHash(hexadecimal: digits) else {
            throw .invalid(
                "the SHA-256 of '\(url)' must have \(ContentHash.digitCount) hexadecimal digits, "
                    + "but has \(digits.count) characters")
        }
        return try HTTPSLocator(url: url, sha256: hash)
    }
}
