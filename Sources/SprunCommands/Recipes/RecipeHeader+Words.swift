internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// What a header says, in words that are the same wherever it is shown.
extension RecipeHeader {
    /// What it needs, a line each, with its limits; the worst comes last.
    var needLines: [String] {
        var lines = needs.lines
        if lines.isEmpty { lines = ["nothing: it only reads"] }
        if let creations { lines.append("creates at most \(creations)") }
        if let deletions { lines.append("deletes at most \(deletions)") }
        return lines
    }

    /// What it needs, in one line, each name in quotation marks.
    var needWords: String {
        needs.lines.isEmpty ? "only reads" : needs.lines.joined(separator: "; ")
    }
}

extension RecipeNeeds {
    /// A line each.
    var lines: [String] { entries.map { Self.words($0.word, $0.name) } }

    /// An entry as `create "apps"`: the name is a stranger's, and in quotation marks.
    private static func words(_ word: String, _ name: String?) -> String {
        switch (word, name) {
        case ("ssh", nil): "ssh to EVERY HOST that your keys, agent and configuration reach"
        case (_, let name?): "\(word) \(name.quoted)"
        case (_, nil): word
        }
    }
}

extension RecipeParameter {
    /// What it is, whether it must be given, and what it is else: `runtime, default newest`.
    var words: String {
        var words = [kindWords]
        if isRequired { words.append("required") }
        if allowsEmpty { words.append("may be empty") }
        if defaultValue != .null { words.append("default \(defaultValue.stringValue ?? defaultValue.text())") }
        return words.joined(separator: ", ")
    }
}

extension RecipeResultType {
    /// As the header has it: `secret?`.
    var words: String { kind.rawValue + (isOptional ? "?" : "") }
}
