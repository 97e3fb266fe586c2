/// Rules for the text of every locator.
enum LocatorText {
    /// The hint that shows how to write a version.
    static let versionHint = "write it as github.com/acme/recipes/rotate-db@v1.0.0"

    /// Refuses characters that are invisible or deceptive.
    ///
    /// These are control characters, spaces and marks that change the writing direction. Marks that combine with a `/`,
    /// `@`, `:` or `.` are refused too. The result is a separator for code that compares bytes, but not for code that
    /// compares characters.
    ///
    /// - Throws: `SharingError`, `invalidLocator`.
    static func check(_ text: String) throws(SharingError) {
        guard text.utf8.count <= SharingLimits.longestLocator else {
            throw .invalid("the locator has more than \(SharingLimits.longestLocator) bytes")
        }
        for character in text where character.unicodeScalars.count > 1 {
            guard character.unicodeScalars.allSatisfy({ !$0.isASCII || $0.properties.isAlphabetic || isDigit($0) })
            else {
                throw .invalid("the locator has a combining character beside '\(separator(in: character))'")
            }
        }
        for (index, scalar) in text.unicodeScalars.enumerated() where isRefused(scalar) {
            let number = String(scalar.value, radix: 16, uppercase: true)
            throw .invalid(
                "character \(index + 1) of the locator is U+\(String(repeating: "0", count: max(0, 4 - number.count)))"
                    + "\(number), which is invisible")
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func separator(in character: Character) -> String {
        String(String.UnicodeScalarView(character.unicodeScalars.filter { $0.isASCII && $0.value > 0x20 }))
    }

    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .privateUse,
            .unassigned:
            true
        default: false
        }
    }

    /// Returns the text without the part before an `@` of its host, which can be a password.
    static func withoutLogin(_ text: String) -> String {
        text.replacing(#/(:\/\/|^)[^\/\s]*@/#) { match in "\(match.1)" }
    }

    /// Returns the text up to the last `@` after its host.
    static func withoutVersion(_ text: String) -> String {
        guard let at = text.lastIndex(of: "@"), text[at...].firstIndex(of: "/") == nil,
            text[..<at].split(separator: "/").count > 2
        else { return text }
        return String(text[..<at])
    }
}
