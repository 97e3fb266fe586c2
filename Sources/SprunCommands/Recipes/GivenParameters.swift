internal import Groundwork
internal import RecipeEngine
internal import RecipeLanguage
internal import SystemPackage

/// The conversion of given words to the parameters of a recipe with a header.
///
/// It reads files and gets secrets from their sources. `ParameterQuestions` asks for missing parameters.
struct GivenParameters {
    let sources: ParameterSources

    /// The largest file for a parameter in bytes; a larger file is probably a mistake.
    private static let largestFile = 1 << 20

    /// Returns the parameters, ready for the engine's checks.
    ///
    /// - Throws: `CommandFailure`.
    func read(for header: RecipeHeader) throws -> [String: String] {
        var parameters = sources.named
        for parameter in header.parameters {
            if let (word, origin) = try sources.value(parameter.name) {
                parameters[parameter.name] = try value(word, parameter, from: origin)
            }
        }
        return parameters
    }

    /// Returns the parameters that come from variables and `sprun.toml`, as text; secrets are hidden.
    func defaults(for header: RecipeHeader) throws -> [String] {
        try header.parameters.compactMap { parameter in
            guard let (word, origin) = try sources.value(parameter.name) else { return nil }
            let shown = parameter.kind == .secret || ResultMerge.mayBeSecret(parameter.name) ? "…" : word
            switch origin {
            case .commandLine, .file: return nil
            case .variable(let variable): return "\(parameter.name)=\(shown) (\(variable))"
            case .project: return "\(parameter.name)=\(shown) (\(ProjectSettings.fileName))"
            }
        }
    }

    /// The failure for an empty argument of a recipe without a header, for example from an unset shell variable.
    static func empty(_ name: String) -> CommandFailure {
        CommandFailure(
            "usage", "the parameter '\(name)' is empty",
            hint: "set a value, or omit '\(name)='; a recipe with a header can allow empty values: "
                + "param.string{ allow_empty = true }")
    }

    private func value(
        _ word: String, _ parameter: RecipeParameter, from origin: ParameterSources.Origin
    ) throws -> String {
        guard !word.isEmpty else { return "" }
        switch parameter.kind {
        case .secret: return try secret(word, parameter, from: origin)
        case .file: return try Self.file(word.hasPrefix("@") ? String(word.dropFirst()) : word, parameter)
        case .list where parameter.elements.first?.kind == .file || parameter.elements.first?.kind == .secret:
            throw CommandFailure("usage", "\(parameter.name): a list of files cannot be passed on the command line")
        default: return word
        }
    }

    /// Returns the value of a secret; refuses plain text in a place that other users can read.
    private func secret(
        _ word: String, _ parameter: RecipeParameter, from origin: ParameterSources.Origin
    ) throws -> String {
        let name = parameter.name
        if case .variable = origin { return word }
        if word.hasPrefix("@env:") {
            let variable = String(word.dropFirst(5))
            guard let value = sources.environment[variable] else {
                throw CommandFailure("usage", "\(name): the variable \(variable) is not set")
            }
            return value
        }
        guard word.hasPrefix("@"), word.count > 1 else {
            if origin == .file(isPrivate: true) { return word }
            throw readable(name, origin)
        }
        var text = try Self.file(String(word.dropFirst()), parameter)
        if text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    /// The failure for a secret as plain text in a place that other users can read.
    private func readable(_ name: String, _ origin: ParameterSources.Origin) -> CommandFailure {
        switch origin {
        case .file:
            let path = sources.file?.path.string ?? ""
            return CommandFailure(
                "usage", "\(name) is a secret, and other users can read '\(path)'",
                hint: "chmod 600 \(path.shellQuoted)")
        case .project:
            return CommandFailure(
                "usage", "\(name) is a secret, and \(ProjectSettings.fileName) is shared with the project",
                hint: "\(name) = \"@env:VARIABLE\" names a variable, or set \(ParameterSources.variable(of: name))")
        case .commandLine, .variable:
            return CommandFailure(
                "usage", "\(name) is a secret, and other users can read the command line",
                hint: "\(name)=@FILE, \(name)=@- for standard input, \(name)=@env:VARIABLE, or set "
                    + ParameterSources.variable(of: name))
        }
    }

    /// Returns the content of the file of a parameter.
    ///
    /// - Throws: `CommandFailure`, `unreadable_file`.
    static func file(_ path: String, _ parameter: RecipeParameter) throws -> String {
        let bytes =
            try path == "-"
            ? PrivateFile.readStandardInput()
            : PrivateFile.read(FilePath(path), what: "the file of '\(parameter.name)'")
        guard bytes.count <= largestFile else {
            throw CommandFailure("unreadable_file", "\(parameter.name): '\(path)' is larger than 1 MiB")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure("unreadable_file", "\(parameter.name): '\(path)' is not UTF-8 text")
        }
        return text
    }
}
