/// A set of characters for a rule, which can be checked here or written as a regular expression.
package struct CharacterClass: Hashable, Sendable {
    /// The set in the syntax of a regular expression's brackets: `a-z0-9-`.
    package let pattern: String
    /// The set in words: `lower-case letters, digits and dashes`.
    package let words: String
    private let allowed: Set<Unicode.Scalar>?
    private let excluded: Set<Unicode.Scalar>

    private init(pattern: String, words: String, allowed: String?, excluded: String = "") {
        self.pattern = pattern
        self.words = words
        self.allowed = allowed.map { Set($0.unicodeScalars) }
        self.excluded = Set(excluded.unicodeScalars)
    }

    /// Whether the set contains the character.
    package func contains(_ scalar: Unicode.Scalar) -> Bool {
        guard let allowed else { return !excluded.contains(scalar) && Self.isPrintable(scalar) }
        return allowed.contains(scalar)
    }

    /// A single character of the set in words: `a lower-case letter or digit`.
    var singular: String {
        "a "
            + words.replacing("letters", with: "letter").replacing("digits", with: "digit").replacing(
                " and "
                    + "", with: " or ")
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    private static let letters = "abcdefghijklmnopqrstuvwxyz"
    private static let digits = "0123456789"

    /// Lower-case letters: `a-z`.
    package static let lowerCaseLetters = CharacterClass(pattern: "a-z", words: "lower-case letters", allowed: letters)
    /// Lower-case letters and digits: `a-z0-9`.
    package static let lowerCaseLettersAndDigits = CharacterClass(
        pattern: "a-z0-9", words: "lower-case letters and digits", allowed: letters + digits)
    /// Lower-case letters, digits and dashes: `a-z0-9-`.
    package static let lowerCaseLettersDigitsAndDashes = CharacterClass(
        pattern: "a-z0-9-", words: "lower-case letters, digits and dashes", allowed: letters + digits + "-")
    /// Lower-case letters, digits, dots and dashes: `a-z0-9.-`.
    package static let lowerCaseLettersDigitsDotsAndDashes = CharacterClass(
        pattern: "a-z0-9.-", words: "lower-case letters, digits, dots and dashes", allowed: letters + digits + ".-")
    /// Letters and digits: `A-Za-z0-9`.
    package static let lettersAndDigits = CharacterClass(
        pattern: "A-Za-z0-9", words: "letters and digits", allowed: letters + letters.uppercased() + digits)
    /// Letters, digits and dashes: `A-Za-z0-9-`.
    package static let lettersDigitsAndDashes = CharacterClass(
        pattern: "A-Za-z0-9-", words: "letters, digits and dashes",
        allowed: letters + letters.uppercased() + digits + "-")
    /// Letters, digits, dashes and underscores: `A-Za-z0-9_-`.
    package static let lettersDigitsDashesAndUnderscores = CharacterClass(
        pattern: "A-Za-z0-9_-", words: "letters, digits, dashes and underscores",
        allowed: letters + letters.uppercased() + digits + "_-")
    /// The characters of a host name, and the `*` of a wildcard.
    package static let hostName = CharacterClass(
        pattern: "A-Za-z0-9.*-", words: "letters, digits, dots, dashes and the * of a wildcard",
        allowed: letters + letters.uppercased() + digits + ".-*")
    /// The characters of a ServerPilot id; no character can change the meaning of a path.
    package static let identifier = CharacterClass(
        pattern: "A-Za-z0-9_-", words: "letters, digits, dashes and underscores",
        allowed: letters + letters.uppercased() + digits + "_-")
    /// Every printable character except `<`, `>` and `"`.
    package static let printableWithoutMarkup = CharacterClass(
        pattern: #"^\u0000-\u001f\u007f-\u009f\u2028\u2029<>""#, words: "printable characters without <, > and \"",
        allowed: nil,
        excluded: "<>\"")
}
