/// One rule for the value of one field, with how sure the project is of it.
public struct Constraint: Hashable, Sendable {
    /// What the rule demands.
    public enum Kind: Hashable, Sendable {
        /// A string with so many characters.
        case length(ClosedRange<Int>)
        /// A string of these characters only.
        case characters(CharacterClass)
        /// A string whose first character is one of these.
        case firstCharacter(CharacterClass)
        /// A string whose last character is one of these.
        case lastCharacter(CharacterClass)
        /// A string without white space at its beginning and end.
        case noOuterWhiteSpace
        /// A string that begins with one of these words and a space: a public key and its type.
        case firstWord([String])
        /// A string that holds this: the frame of a PEM block.
        case contains(String)
        /// An array with at most so many elements.
        case count(atMost: Int)
        /// Exactly this Boolean.
        case equals(Bool)
    }

    /// A short stable name: `app-name-length`.
    public let id: String
    /// What the rule demands.
    public let kind: Kind
    /// How sure the project is of it.
    public let evidence: Evidence
    /// How it can be switched in a simulation; `nil` where it cannot.
    public let toggle: Toggle?

    /// A rule, with how sure the project is of it; one that is inferred can be switched off.
    public init(_ id: String, _ kind: Kind, _ evidence: Evidence) {
        self.init(id, kind, evidence, toggle: evidence == .inferred ? .otherwise(.isAccepted) : nil)
    }

    init(_ id: String, _ kind: Kind, _ evidence: Evidence, toggle: Toggle?) {
        self.id = id
        self.kind = kind
        self.evidence = evidence
        self.toggle = toggle
    }

    /// Whether a call may be refused by it before it is sent: not where it is a guess, or where practice differs.
    ///
    /// Refusing what ServerPilot would have accepted is worse than a round trip.
    public var isCertain: Bool { evidence != .inferred && toggle?.isOnByDefault ?? true }

    /// What the value would have to be, in words that follow "must": `have 3 to 32 characters`.
    public var demand: String {
        switch kind {
        case .length(let range): "have \(range.lowerBound) to \(range.upperBound) characters"
        case .characters(let set): "have only \(set.words)"
        case .firstCharacter(let set): "begin with one of \(set.words)"
        case .lastCharacter(let set): "end with one of \(set.words)"
        case .noOuterWhiteSpace: "have no white space at its beginning or end"
        case .firstWord(let words): "begin with \(words.joined(separator: " or "))"
        case .contains(let text): "contain \(text)"
        case .count(let most): "have at most \(most) elements"
        case .equals(let value): "be \(value)"
        }
    }

    // Scalars and bytes, never characters: a space and a combining mark after it are one character, and no space.
    private static func isWhiteSpace(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isWhitespace ?? false }

    private static func contains(_ text: String.UTF8View, _ part: String.UTF8View) -> Bool {
        text.indices.contains { text[$0...].starts(with: part) } || part.isEmpty
    }

    /// Whether the value keeps the rule.
    ///
    /// A value of another type keeps it: that is another rule's business.
    public func isKept(by value: JSONValue) -> Bool {
        switch (kind, value) {
        case (.length(let range), .string(let text)): range.contains(text.unicodeScalars.count)
        case (.characters(let set), .string(let text)): text.unicodeScalars.allSatisfy(set.contains)
        case (.firstCharacter(let set), .string(let text)): text.unicodeScalars.first.map(set.contains) ?? true
        case (.lastCharacter(let set), .string(let text)): text.unicodeScalars.last.map(set.contains) ?? true
        case (.noOuterWhiteSpace, .string(let text)):
            !Self.isWhiteSpace(text.unicodeScalars.first) && !Self.isWhiteSpace(text.unicodeScalars.last)
        case (.firstWord(let words), .string(let text)): words.contains { text.utf8.starts(with: "\($0) ".utf8) }
        case (.contains(let part), .string(let text)): Self.contains(text.utf8, part.utf8)
        case (.count(let most), .array(let elements)): elements.count <= most
        case (.equals(let wanted), .bool(let given)): wanted == given
        default: true
        }
    }
}
