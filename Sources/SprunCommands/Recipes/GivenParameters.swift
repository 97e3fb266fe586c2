internal import RecipeEngine
internal import RecipeLanguage
internal import SystemPackage

/// The conversion of command-line arguments to the parameters of a recipe with a header.
///
/// It reads files, gets secrets from their sources and asks for missing parameters.
struct GivenParameters {
    let console: Console
    let environment: Environment
    /// Whether to ask for missing parameters: on a terminal, without `--json`.
    let asks: Bool

    /// The largest file for a parameter in bytes; a larger file is probably a mistake.
    private static let largestFile = 1 << 20

    /// Returns the parameters, ready for the engine's checks.
    ///
    /// - Throws: `CommandFailure`.
    func read(_ given: [String: String], for header: RecipeHeader) throws -> [String: String] {
        var parameters = given
        for parameter in header.parameters {
            if let word = given[parameter.name] {
                let value = try value(word, parameter)
                guard !value.isEmpty || parameter.allowsEmpty else {
                    throw Self.empty(parameter.name, mayAllow: parameter.kind == .string)
                }
                parameters[parameter.name] = value
            } else if parameter.isRequired, asks {
                parameters[parameter.name] = try answer(parameter)
            }
        }
        return parameters
    }

    /// The failure for an empty argument, for example from an unset shell variable.
    static func empty(_ name: String, mayAllow: Bool) -> CommandFailure {
        let way = mayAllow ? "; the recipe can allow empty values: param.string{ allow_empty = true }" : ""
        return CommandFailure(
            "usage", "the parameter '\(name)' is empty", hint: "set a value, or omit '\(name)='\(way)")
    }

    private func value(_ word: String, _ parameter: RecipeParameter) throws -> String {
        guard !word.isEmpty else { return "" }
        switch parameter.kind {
        case .secret: return try secret(word, parameter)
        case .file: return try file(word.hasPrefix("@") ? String(word.dropFirst()) : word, parameter)
        case .list where parameter.elements.first?.kind == .file || parameter.elements.first?.kind == .secret:
            throw CommandFailure("usage", "\(parameter.name): a list of files cannot be passed on the command line")
        default: return word
        }
    }

    /// Returns the value of a secret; refuses plain text, because all users of the machine can read command lines.
    private func secret(_ word: String, _ parameter: RecipeParameter) throws -> String {
        let name = parameter.name
        if word.hasPrefix("@env:") {
            let variable = String(word.dropFirst(5))
            guard let value = environment[variable] else {
                throw CommandFailure("usage", "\(name): the variable \(variable) is not set")
            }
            return value
        }
        guard word.hasPrefix("@"), word.count > 1 else {
            throw CommandFailure(
                "usage", "\(name) is a secret, and other users can read the command line",
                hint: "\(name)=@FILE, \(name)=@- for standard input, or \(name)=@env:VARIABLE")
        }
        var text = try file(String(word.dropFirst()), parameter)
        if text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    private func file(_ path: String, _ parameter: RecipeParameter) throws -> String {
        let bytes =
            try path == "-"
            ? PrivateFile.readStandardInput()
            : PrivateFile.read(FilePath(path), what: "the file of '\(parameter.name)'")
        guard bytes.count <= Self.largestFile else {
            throw CommandFailure("unreadable_file", "\(parameter.name): '\(path)' is larger than 1 MiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure("unreadable_file", "\(parameter.name): '\(path)' is not UTF-8 text")
        }
        return text
    }

    private func answer(_ parameter: RecipeParameter) throws -> String {
        var words = [parameter.kindWords]
        if !parameter.documentation.isEmpty { words.insert(parameter.documentation, at: 0) }
        if let example = parameter.example { words.append("such as \(example)") }
        let line = try SecretPrompt(console: console, hint: "\(parameter.name) is required").line(
            parameter.name, note: words.joined(separator: "; ").shortened(to: 200),
            isSecret: parameter.kind == .secret)
        return parameter.kind == .file ? try file(line, parameter) : line
    }
}
