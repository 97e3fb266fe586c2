internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeEngine
internal import RecipeLanguage
internal import ServerPilot

/// Questions on the terminal for the required parameters that are missing.
///
/// Each question lists the choices, and is asked again after a wrong answer.
struct ParameterQuestions {
    let console: Console
    /// The account with the resources to choose from.
    let target: Target

    /// The largest number of choices listed.
    private static let mostChoices = 20

    /// Returns the given parameters and the answers to the questions.
    ///
    /// - Throws: `CommandFailure` at the end of standard input; `ServerPilotError` if the account cannot be read.
    func answered(_ given: [String: String], for header: RecipeHeader) async throws -> [String: String] {
        var parameters = given
        for parameter in header.parameters where parameter.isRequired && parameters[parameter.name] == nil {
            parameters[parameter.name] = try await answer(parameter, header, parameters)
        }
        return parameters
    }

    private func answer(
        _ parameter: RecipeParameter, _ header: RecipeHeader, _ given: [String: String]
    ) async throws -> String {
        let words = [parameter.documentation, parameter.example.map { "Such as \($0)." } ?? ""]
        let about = words.filter { !$0.isEmpty }.joined(separator: " ")
        let text = about.isEmpty ? parameter.kindWords : about
        console.note(
            "\(console.errorStyle.bold(parameter.name))  \(text.behind("  ", after: parameter.name.count + 2))")
        let choices = try await choices(for: parameter, header, given)
        if !choices.isEmpty { console.note("  " + Self.list(choices).behind("  ")) }
        let prompt = SecretPrompt(console: console, hint: "\(parameter.name) is required")
        while true {
            let line = try prompt.line(parameter.name, isSecret: parameter.kind == .secret)
            do {
                let answer = parameter.kind == .file ? try GivenParameters.file(line, parameter) : line
                guard let problem = try await problem(with: answer, parameter, choices) else { return answer }
                console.note("  \(problem.withoutControls)")
            } catch let failure as CommandFailure where parameter.kind == .file {
                console.note("  \(failure.message.withoutControls)")
            }
        }
    }

    private static func list(_ choices: [String]) -> String {
        let more = choices.count > mostChoices ? " and \(choices.count - mostChoices) more" : ""
        return choices.prefix(mostChoices).joined(separator: "  ") + more
    }

    /// Returns the values that can be chosen; none for a kind without choices.
    private func choices(
        for parameter: RecipeParameter, _ header: RecipeHeader, _ given: [String: String]
    ) async throws -> [String] {
        switch parameter.kind {
        case .enumeration: return parameter.values
        case .boolean: return ["yes", "no"]
        case .runtime:
            let name = parameter.server ?? header.parameters.first { $0.kind == .server }?.name
            guard let word = name.flatMap({ given[$0] }) else { return [] }
            let servers = try await resources(.server)
            guard case .found(let server) = ResourceLookup(.server).find(word, among: servers, servers: servers) else {
                return []
            }
            let runtimes = server["available_runtimes"]?.arrayValue ?? []
            return ["newest"] + runtimes.compactMap(\.stringValue)
        default:
            guard let kind = parameter.kind.resource else { return [] }
            return try await resources(kind).compactMap { $0["name"]?.stringValue?.withoutControls }
        }
    }

    /// Returns what is wrong with an answer, in words; `nil` if nothing is.
    private func problem(
        with answer: String, _ parameter: RecipeParameter, _ choices: [String]
    ) async throws -> String? {
        if let kind = parameter.kind.resource {
            let found = ResourceLookup(kind).find(
                answer, among: try await resources(kind), servers: try await resources(.server))
            if case .problem(let problem) = found { return problem }
            return nil
        }
        switch parameter.kind {
        case .runtime where !choices.isEmpty:
            return choices.contains(answer) ? nil : "the server does not have '\(answer)'"
        case .list: return nil
        default: return PlainParameter.value(.string(answer), parameter).problem
        }
    }

    private func resources(_ kind: ResourceKind) async throws(ServerPilotError) -> [JSONValue] {
        guard let operation = Operation.named(.init(rawValue: "\(kind.rawValue)s")) else { return [] }
        return try await target.transport.call(operation, [:]).data.arrayValue ?? []
    }
}
