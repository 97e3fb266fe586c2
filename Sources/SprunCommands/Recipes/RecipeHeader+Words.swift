internal import OrderedCollections
internal import RecipeEngine
internal import ServerPilot

/// What a header says, in words that are the same wherever it is shown.
extension RecipeHeader {
    /// What it needs, a line each, with its limits.
    var needLines: [String] {
        var lines = needs.lines.isEmpty ? ["nothing: it only reads"] : needs.lines
        if let creations { lines.append("creates at most \(creations)") }
        if let deletions { lines.append("deletes at most \(deletions)") }
        return lines
    }

    /// What it needs, in one line.
    var needWords: String { needs.lines.isEmpty ? "only reads" : needs.lines.joined(separator: "; ") }
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
