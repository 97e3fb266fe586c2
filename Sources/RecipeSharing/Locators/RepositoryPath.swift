/// Paths of files in a repository: relative to its root, separated by `/`, without `.` and `..`.
enum RepositoryPath {
    /// Returns the path if it is valid.
    ///
    /// - Throws: `SharingError`, `invalidLocator`.
    static func check(_ path: String) throws(SharingError) -> String {
        try LocatorText.check(path)
        for segment in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard !segment.isEmpty, segment != ".", segment != ".." else {
                throw .invalid("the path '\(path)' has an empty part, '.' or '..'")
            }
            guard !segment.hasPrefix("-") else { throw .invalid("a part of the path '\(path)' begins with '-'") }
            guard segment.utf8.allSatisfy({ !#"\:@?*[]#"'<>|"#.utf8.contains($0) }) else {
                throw .invalid("the path '\(path)' contains an invalid character")
            }
        }
        return path
    }

    /// Returns the path that a relative import in a file means; `nil` if it is outside the repository.
    static func resolve(_ relative: String, from path: String) -> String? {
        guard !relative.hasPrefix("/") else { return nil }
        var parts = path.split(separator: "/").dropLast().map(String.init)
        for part in relative.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(String(part))
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }
}
