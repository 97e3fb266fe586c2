internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// Notes about a result: where its shown values differ from the recipe's values.
struct ResultNotes {
    /// The paths of values shown as `<redacted>`, such as `sites[2].password`.
    let redacted: [String]
    /// The paths of values that are `null`, because nothing was sent with their generated secret.
    let unused: [String]
    /// The names of members that are secrets, besides those whose names suggest it.
    let secretMembers: Set<String>
    /// The redacted paths that the recipe's header does not declare as secrets.
    private let unexpected: [String]

    /// Collects the notes.
    ///
    /// - Parameters:
    ///   - outcome: The outcome of the run.
    ///   - isRevealed: Whether the result is shown with its secrets.
    ///   - header: The recipe's header, which declares the types of the result; `nil` if it has none.
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

    /// The notes for standard error.
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

    /// Warnings: a program that reads the result gets another value than the header declares.
    var warnings: [String] {
        unexpected.isEmpty
            ? []
            : [
                "\(Redactor.replacement) in the result: \(Self.words(unexpected)). It holds the text of a secret of this "
                    + "run; --reveal-secrets shows it, --result FILE keeps it"
            ]
    }

    /// The largest number of paths shown: a list of many sites has hundreds.
    private static let mostNamed = 10

    static func words(_ places: [String]) -> String {
        let named = places.prefix(mostNamed).map { $0.isEmpty ? "all of it" : $0.withoutControls }
        let more = places.count - named.count
        return named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
