/// Names of tags and branches as git allows them, so that git treats none as an option or a pattern.
enum RefName {
    /// - Throws: `SharingError`, `invalidLocator`.
    static func check(_ name: String) throws(SharingError) {
        try LocatorText.check(name)
        guard !name.isEmpty else { throw .invalid("the version after '@' is empty", hint: LocatorText.versionHint) }
        guard !name.hasPrefix("-") else { throw .invalid("the version '\(name)' begins with '-'") }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isAllowed =
            !name.contains("..") && !name.contains("@{") && name != "@" && !name.hasSuffix(".")
            && parts.allSatisfy { !$0.isEmpty && !$0.hasPrefix(".") && !$0.hasSuffix(".lock") }
            && name.utf8.allSatisfy { !#"~^:?*[\#"'"#.utf8.contains($0) }
        guard isAllowed else { throw .invalid("'\(name)' is not a valid tag, branch or commit") }
    }
}
