internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage

/// Notes about a result: where its shown values differ from the recipe's values.
struct ResultNotes {
    /// The places shown as `<redacted>`, such as `sites[2].password`.
    let redacted: SecretPlaces
    /// The places that are `null`, because nothing was sent with their generated secret.
    let unused: SecretPlaces
    /// The names of members that are secrets, besides those whose names suggest it.
    let secretMembers: Set<String>
    /// The redacted members of the result that the recipe's header does not declare as secrets.
    private let unexpected: [String]

    /// Collects the notes.
    ///
    /// - Parameters:
    ///   - outcome: The outcome of the run.
    ///   - isRevealed: Whether the result is shown with its secrets.
    ///   - header: The recipe's header, which declares the types of the result; `nil` if it has none.
    init(_ outcome: RecipeOutcome, isRevealed: Bool, header: RecipeHeader?) {
        redacted = isRevealed ? SecretPlaces() : outcome.redactedPlaces
        unused = outcome.unusedSecrets
        let declared = header?.returns.filter { $0.value.kind == .secret }.keys.map { $0 } ?? []
        secretMembers = Set(declared + outcome.unusedMembers)
        let result = outcome.result?.reveal()
        let others = header?.returns.filter { $0.value.kind != .secret }.keys.map { $0 } ?? []
        unexpected = others.filter { name in
            guard !isRevealed, let text = result?[name]?.stringValue else { return false }
            return outcome.redactor.redact(text) != text
        }
    }

    /// Returns the notes for standard error.
    ///
    /// - Parameter file: The file that has the result with its secrets; `nil` if there is none.
    /// - Returns: The lines.
    func lines(savedIn file: String?) -> [String] {
        var lines: [String] = []
        if unused.count > 0 {
            lines.append(
                "null in the result: \(Self.words(unused.paths, of: unused.count)). sprun generated a secret but did not send "
                    + "it; the existing resource keeps its password")
        }
        let expected = redacted.count - unexpected.count
        if expected > 0 {
            let named = redacted.paths.filter { !unexpected.contains($0) }
            let place =
                file.map { "\($0) has the secrets" } ?? "--reveal-secrets shows secrets, --result FILE saves them"
            lines.append("\(Redactor.replacement) in the result: \(Self.words(named, of: expected)). \(place)")
        }
        return lines
    }

    /// Warnings: a program that reads the result gets another value than the header declares.
    var warnings: [String] {
        unexpected.isEmpty
            ? []
            : [
                "\(Redactor.replacement) in the result: \(Self.words(unexpected)). It contains a secret of this run; "
                    + "--reveal-secrets shows it, --result FILE saves it"
            ]
    }

    /// The largest number of paths shown: a list of many sites has hundreds.
    private static let mostNamed = 10

    /// Returns the first paths in words, and the number of the rest.
    ///
    /// - Parameters:
    ///   - places: The paths, without secrets.
    ///   - count: The number of all paths; `nil` if `places` has them all.
    /// - Returns: The words.
    static func words(_ places: [String], of count: Int? = nil) -> String {
        let named = places.prefix(mostNamed).map {
            $0.isEmpty ? "the whole result" : SecretPlaces.shortened($0).withoutControls
        }
        let more = (count ?? places.count) - named.count
        return named.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
}
