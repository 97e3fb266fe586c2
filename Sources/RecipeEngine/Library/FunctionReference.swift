internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import ServerPilot

/// The reference of the functions of `sp` for authors of recipes, generated from the table that registers them.
package enum FunctionReference {
    /// The page, in Markdown.
    package static var markdown: String {
        let module = library.module(parameters: [:])
        var lines = [
            "# The functions of sp", "",
            "Generated from the table of host functions; `RecipeEngineTests` compares them. A `?` marks an optional "
                + "argument.",
            "",
            "A read returns an object or a list. A create or an update returns the object and the id of the action "
                + "that it",
            "queued. A delete returns the id of the action. `null` becomes `nil` in results, and `sp.null` in a "
                + "list. Pass",
            "`sp.null` to send `null`. A list with a hole, or a filter without fields, raises an error. A failed "
                + "call raises",
            "an error value `{ code, message, status, operation, object, hint }`; `tostring` returns its message.",
            "`sp.params` contains the `name=value` arguments of the command line.", "",
        ]
        for function in module.functions {
            lines.append("### `sp.\(signature(of: function))`")
            lines.append(function.documentation)
            lines += parameterLines(of: function)
            if !function.results.isEmpty {
                lines.append("- returns: " + function.results.map { "`\($0)`" }.joined(separator: ", "))
            }
            lines.append("")
        }
        return lines.joined(separator: "\n")
    }

    /// Returns one line for each parameter, or for each member of a table of arguments, with its rules.
    private static func parameterLines(of function: HostFunction) -> [String] {
        if let operation = ServerPilot.Operation.named(ServerPilot.Operation.Name(rawValue: function.name)),
            operation.changesAccount
        {
            return lines(of: operation.parameters)
        }
        return function.parameters.filter { !$0.documentation.isEmpty }.map { "- `\($0.name)`: \($0.documentation)" }
    }

    private static func lines(of fields: [Field], prefix: String = "") -> [String] {
        fields.flatMap { field -> [String] in
            var sentence = "\(field.documentation) Type: \(field.type.words)"
            if !field.constraints.isEmpty { sentence += "; must \(Self.demands(field.constraints))" }
            if case .array(_, let rules) = field.type, !rules.isEmpty {
                sentence += "; each must \(Self.demands(rules))"
            }
            let line = "- `\(prefix)\(field.name)\(field.isRequired ? "" : "?")`: \(sentence)."
            guard case .object(let members) = field.type else { return [line] }
            return [line] + lines(of: members, prefix: "\(prefix)\(field.name).")
        }
    }

    /// Returns the rules that apply by default.
    private static func demands(_ rules: [Constraint]) -> String {
        rules.filter { $0.toggle?.isOnByDefault ?? true }.map(\.demand).joined(separator: ", ")
    }

    private static func signature(of function: HostFunction) -> String {
        let parameters = function.parameters.map { $0.isOptional ? "\($0.name)?" : $0.name }
        return "\(function.name)(\(parameters.joined(separator: ", ")))"
    }

    /// A library without a run: its functions are read, never called.
    private static var library: SPLibrary {
        SPLibrary(session: .idle(), realm: RecipeRealm(name: "reference"))
    }
}

/// A transport that refuses every request.
struct NoTransport: Transport {
    func send(_ request: WireRequest) async throws(ServerPilotError) -> WireResponse {
        throw ServerPilotError(code: .notConnected, message: "there is no transport", delivery: .notSent)
    }
}

/// A clock that does not advance.
struct NoTime: TimeSource {
    var now: Timestamp { Timestamp(epochSeconds: 0) }
    func sleep(for duration: Duration) async throws {}
}
