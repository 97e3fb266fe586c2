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
        /// A string of PEM blocks whose labels end like this, and of no other kind of secret or certificate.
        case pem(PEMText.Content)
        /// A string whose PEM blocks are closed and hold base64: none was cut.
        case wholePEM
        /// An array with at most so many elements.
        case count(atMost: Int)
        /// Exactly this Boolean.
        case equals(Bool)
        /// None of these words.
        case noneOf([String])
        /// A domain of labels: none is empty or has a dash at an end; `*` is the whole first one, and not the only one.
        case domainLabels
        /// A public key whose base64 says the type that its first word says.
        case publicKey
    }

    /// A short stable name: `app-name-length`.
    public let id: String
    /// What the rule demands.
    public let kind: Kind
    /// How sure the project is of it.
    public let evidence: Evidence
    /// How it can be switched in a simulation; `nil` where it cannot.
    public let toggle: Toggle?
    /// Whether a value that breaks it cannot be what is meant, whatever ServerPilot does with it: a private key in
    /// the place of a certificate.
    public let isPlain: Bool

    /// A rule, with how sure the project is of it; one that is inferred can be switched off.
    public init(_ id: String, _ kind: Kind, _ evidence: Evidence, isPlain: Bool = false) {
        self.init(id, kind, evidence, toggle: evidence == .inferred ? .otherwise(.isAccepted) : nil, isPlain: isPlain)
    }

    init(_ id: String, _ kind: Kind, _ evidence: Evidence, toggle: Toggle?, isPlain: Bool = false) {
        self.isPlain = isPlain
        self.id = id
        self.kind = kind
        self.evidence = evidence
        self.toggle = toggle
    }

    /// Whether a call may be refused by it before it is sent: not where it is a guess, or where practice differs, unless
    /// what breaks it cannot be meant.
    ///
    /// Refusing what ServerPilot would have accepted is worse than a round trip.
    public var isCertain: Bool { isPlain || evidence != .inferred && toggle == nil }

    /// What the value would have to be, in words that follow "must": `have 3 to 32 characters`.
    public var demand: String {
        switch kind {
        case .length(let range): "have \(range.lowerBound) to \(range.upperBound) characters"
        case .characters(let set): "have only \(set.words)"
        case .firstCharacter(let set): "begin with one of \(set.words)"
        case .lastCharacter(let set): "end with one of \(set.words)"
        case .noOuterWhiteSpace: "have no white space at its beginning or end"
        case .firstWord(let words): "begin with \(words.joined(separator: " or "))"
        case .pem(let content): content.demand
        case .wholePEM: "have each PEM block whole: base64, and the line that ends it"
        case .count(let most): "have at most \(most) elements"
        case .equals(let value): "be \(value)"
        case .noneOf(let words): "be none of \(words.joined(separator: ", "))"
        case .domainLabels: "be labels with dots between them, none empty, none with a dash at its beginning or end"
        case .publicKey: "have the base64 of a key of its type as second word"
        }
    }
}
