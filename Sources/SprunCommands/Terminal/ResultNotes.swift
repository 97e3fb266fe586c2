internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// What is to be said of a result beside it: where something else stands than the recipe gave.
struct ResultNotes {
    /// Where `<redacted>` stands: `sites[2].password`.
    let redacted: [String]
    /// Where `null` stands for a generated secret that nothing was sent with.
    let unused: [String]
    /// Members that are secrets, whatever they are called.
    let secretMembers: Set<String>
    /// Of those where `<redacted>` stands, the ones that the recipe's header calls something else than secrets.
    private let unexpected: [String]

    /// - Parameters:
    ///   - outcome: the run's.
    ///   - isRevealed: whether the result is shown with its secrets.
    ///   - header: what the recipe says of its result.
    init(_ outcome: RecipeOutcome, isRevealed: Bool, header: RecipeHeader?) {
        let places = isRevealed ? [] : outcome.redactedPlaces
        redacted = places
        unused = outcome.unusedSecrets
        let declared = header?.returns.filter { $0.value.kind == .secret }.keys.map { $0 } ?? []
        secretMembers = Set(declared + unused.compactMap { $0.split(separator: ".").last.map(String.init) })
        unexpected = places.filter { place in
            guard let kind = header?.returns[place]?.kind else { return false }
            return kind != .secret
        }
    }

    /// What is said on standard error.
    var lines: [String] {
        var lines: [String] = []
        if !unused.isEmpty {
            lines.append(
                "null in the result: \(Self.words(unused)). A secret was generated for it, and nothing was sent with it: "
                    + "what exists keeps the password that it has")
        }
        let expected = redacted.filter { !unexpected.contains($0) }
        if !expected.isEmpty {
            lines.append(
                "\(Redactor.replacement) in the result: \(Self.words(expected)). --reveal-secrets shows secrets, "
                    + "--result FILE keeps them")
        }
        return lines
    }

    /// What deserves attention: a program that reads the result gets another value than it expects.
    var warnings: [String] {
        unexpected.isEmpty
            ? []
            : [
                "\(Redactor.replacement) in the result: \(Self.words(unexpected)). It holds the text of a secret of this "
                    + "run; --reveal-secrets shows it, --result FILE keeps it"
            ]
    }

    /// So many places are named: a list of many sites has hundreds.
    private static let mostNamed = 10

    static func words(_ places: [String]) -> String {
        let named = places.prefix(mostNamed).map { $0.isEmpty ? "all of it" : $0.withoutControls }
        let more = places.count - named.count
        return named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
