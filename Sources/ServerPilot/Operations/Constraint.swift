/// One rule for the value of one field, with its evidence.
package struct Constraint: Hashable, Sendable {
    /// The condition that a value must meet.
    package enum Kind: Hashable, Sendable {
        /// A string with a length in the range.
        case length(ClosedRange<Int>)
        /// A string of only these characters.
        case characters(CharacterClass)
        /// A string whose first character is one of these.
        case firstCharacter(CharacterClass)
        /// A string whose last character is one of these.
        case lastCharacter(CharacterClass)
        /// A string without white space at either end.
        case noOuterWhiteSpace
        /// A string that begins with one of these words and a space, as a public key begins with its type.
        case firstWord([String])
        /// A string of PEM blocks with this content and no other key or certificate.
        case pem(PEMText.Content)
        /// A string whose PEM blocks are complete, not cut off: each has an END line and holds base64.
        case wholePEM
        /// An array with at most this number of elements.
        case count(atMost: Int)
        /// Exactly this Boolean.
        case equals(Bool)
        /// A string other than these words.
        case noneOf([String])
        /// A domain name whose labels are valid.
        ///
        /// No label is empty, or begins or ends with a dash. `*` may only be the whole first of several labels.
        case domainLabels
        /// A public key whose base64 names the same type as its first word.
        case publicKey
    }

    /// A short stable id: `app-name-length`.
    package let id: String
    /// The condition that a value must meet.
    package let kind: Kind
    /// The evidence for the rule.
    package let evidence: Evidence
    /// The settings of the rule in a simulation; `nil` if it is fixed.
    package let toggle: Toggle?
    /// Whether a value that breaks the rule must be a mistake, even if ServerPilot accepts it.
    ///
    /// An example is a private key in place of a certificate.
    package let isPlain: Bool

    /// Creates a rule; an inferred rule can be switched off in a simulation.
    package init(_ id: String, _ kind: Kind, _ evidence: Evidence, isPlain: Bool = false) {
        self.init(id, kind, evidence, toggle: evidence == .inferred ? .otherwise(.isAccepted) : nil, isPlain: isPlain)
    }

    init(_ id: String, _ kind: Kind, _ evidence: Evidence, toggle: Toggle?, isPlain: Bool = false) {
        self.isPlain = isPlain
        self.id = id
        self.kind = kind
        self.evidence = evidence
        self.toggle = toggle
    }

    /// Whether sprun may refuse a call by this rule before sending it.
    ///
    /// A rule that is inferred or has settings refuses nothing here, unless breaking it must be a mistake (`isPlain`).
    /// Refusing a value that ServerPilot accepts is worse than a round trip.
    package var isCertain: Bool { isPlain || evidence != .inferred && toggle == nil }

    /// The condition in words that follow "must": `have 3 to 32 characters`.
    package var demand: String {
        switch kind {
        case .length(let range): "have \(range.lowerBound) to \(range.upperBound) characters"
        case .characters(let set): "contain only \(set.words)"
        case .firstCharacter(let set): "begin with \(set.singular)"
        case .lastCharacter(let set): "end with \(set.singular)"
        case .noOuterWhiteSpace: "not begin or end with white space"
        case .firstWord(let words): "begin with \(words.joined(separator: " or "))"
        case .pem(let content): content.demand
        case .wholePEM: "contain complete PEM blocks: base64 and an END line"
        case .count(let most): "have at most \(most) elements"
        case .equals(let value): "be \(value)"
        case .noneOf(let words): "not be one of \(words.joined(separator: ", "))"
        case .domainLabels: "consist of labels separated by dots; no label may be empty, or begin or end with a dash"
        case .publicKey: "contain the base64 of the key after its type"
        }
    }
}
