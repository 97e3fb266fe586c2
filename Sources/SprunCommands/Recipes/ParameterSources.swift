internal import OrderedCollections
internal import SystemPackage

/// The places of parameters: the command line, the file of `--params`, variables, and `sprun.toml`, in this order.
struct ParameterSources {
    /// The parameters of the command line.
    let given: [String: String]
    /// The file of `--params`; `nil` if the option is not given.
    let file: ParameterFile?
    let environment: Environment
    let project: ProjectSettings
    /// The recipe's name in `sprun.toml`: that of its file, without the ending `.lua`.
    let recipe: String

    /// A place of a parameter.
    enum Origin: Equatable {
        case commandLine
        case file(isPrivate: Bool)
        case variable(String)
        case project
    }

    /// Returns the variable of a parameter: `SPRUN_PARAM_PUBLIC_KEY` for `public_key`.
    static func variable(of name: String) -> String {
        "SPRUN_PARAM_" + name.uppercased().replacing("-", with: "_")
    }

    /// Returns the value of a parameter; `nil` if no place has one.
    ///
    /// - Throws: `CommandFailure`, `invalid_setting`.
    func value(_ name: String) throws -> (text: String, origin: Origin)? {
        if let text = given[name] { return (text, .commandLine) }
        if let file, let text = file.values[name] { return (text, .file(isPrivate: file.isPrivate)) }
        let variable = Self.variable(of: name)
        if let text = environment[variable] { return (text, .variable(variable)) }
        return try project.parameter(name, of: recipe).map { ($0, .project) }
    }

    /// The parameters of the command line and of the file; the recipe must know them all.
    var named: [String: String] { given.merging(file?.values.map { ($0.key, $0.value) } ?? []) { given, _ in given } }

    /// Returns the parameters of a recipe without a header that reads these names.
    ///
    /// - Throws: `CommandFailure`, `invalid_setting`.
    func values(reading names: [String]) throws -> [String: String] {
        var values = named
        for name in names where values[name] == nil { values[name] = try value(name)?.text }
        return values
    }
}
