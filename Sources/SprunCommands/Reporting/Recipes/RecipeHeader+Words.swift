internal import Groundwork
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage

/// Texts for the parts of a header, the same in all commands.
extension RecipeHeader {
    /// The needs, the most harmful last, then the limits of creations and deletions; a line each.
    var needLines: [String] {
        var lines = needs.lines
        if lines.isEmpty { lines = ["nothing: it only reads"] }
        if let creations { lines.append("creates at most \(creations)") }
        if let deletions { lines.append("deletes at most \(deletions)") }
        return lines
    }

    /// The needs in one line, with names in quotation marks.
    var needWords: String {
        needs.lines.isEmpty ? "only reads" : needs.lines.joined(separator: "; ")
    }
}

extension RecipeNeeds {
    /// The needs, a line each; the most harmful come last.
    var lines: [String] { entries.map { Self.words($0.word, $0.name) } }

    /// Returns a need such as `create "apps"`; the name is in quotation marks, because the recipe's author chose it.
    private static func words(_ word: String, _ name: String?) -> String {
        switch (word, name) {
        case ("ssh", nil): "ssh to EVERY HOST that your keys, agent and configuration reach"
        case ("secrets", _): "secrets \"reveal\": it can read the secrets that you pass and that it generates"
        case (_, let name?): "\(word) \(name.quoted)"
        case (_, nil): word
        }
    }
}

extension RecipeParameter {
    /// The type of the parameter, whether it is required, and its default: `runtime, default newest`.
    var words: String {
        var words = [kindWords]
        if isRequired { words.append("required") }
        if allowsEmpty { words.append("may be empty") }
        if defaultValue != .null { words.append("default \(defaultValue.stringValue ?? defaultValue.text())") }
        return words.joined(separator: ", ")
    }
}

extension RecipeResultType {
    /// The type as the header writes it: `secret?`.
    var words: String { kind.rawValue + (isOptional ? "?" : "") }
}
