internal import DurableSteps
internal import Groundwork
internal import LuaHost
internal import OrderedCollections
internal import RecipeLanguage
internal import ServerPilot

/// The reference of the functions that recipes can call, derived from the tables that register and check them.
package enum FunctionReference {
    /// The globals of recipes, in the order in which people need them.
    package static let modules: [ReferenceModule] = {
        let (session, realm) = (RunSession.idle(), RecipeRealm(name: "reference"))
        let loader = RecipeLoader(session, RecipeSurroundings(), parameters: [:])
        let modules = [
            library.module(parameters: [:]),
            HTTPLibrary(session: session, realm: realm, client: nil).module,
            SSHLibrary(session: session, realm: realm).module,
            DNSLibrary(session: session, realm: realm, names: nil).module,
            loader.declarations,
        ]
        let functions = [loader.recipe(realm), loader.importing(realm)].map { function in
            HostModule(name: function.name, documentation: function.documentation, functions: [function])
        }
        return (modules + functions).map(reference)
    }()

    private static func reference(_ module: HostModule) -> ReferenceModule {
        let constants =
            module.name == "sp"
            ? [
                ReferencedField(
                    name: "null", type: "null", isOptional: false,
                    documentation: "The value null of JSON, to send or to find in a list."),
                ReferencedField(
                    name: "params", type: "table", isOptional: false,
                    documentation: "The name=value words of the command line."),
            ] : []
        return ReferenceModule(
            name: module.name, documentation: module.documentation,
            functions: module.functions.map { reference($0, in: module.name) }, constants: constants)
    }

    private static func reference(_ function: HostFunction, in module: String) -> ReferencedFunction {
        let name = function.name == module ? module : "\(module).\(function.name)"
        let isOfAccount = module == "sp"
        return ReferencedFunction(
            name: name, signature: signature(of: function, name, in: module), documentation: function.documentation,
            group: isOfAccount ? group(of: function.name) : "", fields: fields(of: function, in: module),
            results: function.results, shapes: isOfAccount ? shapes(of: function) : [],
            refusals: isOfAccount ? refusals(of: function.name) : [], errors: errors(of: function, in: module),
            example: examples[name] ?? "")
    }

    /// Returns the call with its parameters; a table of arguments shows its required members.
    private static func signature(of function: HostFunction, _ name: String, in module: String) -> String {
        let members = tables(of: function, in: module)
        let words = function.parameters.map { parameter -> String in
            guard !parameter.isOptional, let fields = members[parameter.name] else {
                return parameter.isOptional ? "\(parameter.name)?" : parameter.name
            }
            let required = fields.filter { !$0.isOptional && !$0.name.contains(".") }.map(\.name)
            let isAll = required.count == fields.count
            return "{ \((required + (isAll ? [] : ["…"])).joined(separator: ", ")) }"
        }
        if words.count == 1, words[0].hasPrefix("{") { return name + words[0] }
        return "\(name)(\(words.joined(separator: ", ")))"
    }

    /// The headings of the list of `sp`, by the words of the functions' names; the first that fits counts.
    private static let groups = [
        ("sysuser", "system users"), ("sshkey", "SSH keys"), ("ssl", "SSL"), ("autossl", "SSL"), ("db", "databases"),
        ("app", "apps"), ("domain", "apps"), ("runtime", "servers"), ("server", "servers"), ("connected", "servers"),
        ("cloud", "servers"), ("action", "waiting and concurrency"), ("wait", "waiting and concurrency"),
        ("sleep", "waiting and concurrency"), ("all", "waiting and concurrency"), ("each", "waiting and concurrency"),
    ]

    private static func group(of name: String) -> String {
        let words = name.split(separator: "_").map { $0.hasSuffix("s") && $0 != "ssl" ? $0.dropLast() : $0 }
        return groups.first { words.contains(Substring($0.0)) }?.1 ?? "the run"
    }

    /// Returns the fields of the resources that a function returns.
    private static func shapes(of function: HostFunction) -> [String] {
        let own = operation(function.name).map { [$0] } ?? []
        let shapes = (own + ServerPilot.Operation.all).compactMap { operation -> Shape? in
            switch operation.result {
            case .object(let shape), .list(let shape): shape
            case .nothing: nil
            }
        }
        let names = function.results.flatMap { $0.split(separator: "|") }
            .map { $0.hasSuffix("[]") ? String($0.dropLast(2)) : String($0) }
        return OrderedSet(names).compactMap { name in
            shapes.first { $0.name == name }.map { shape in
                let fields = shape.fields.filter { $0.secrecy != .hidden }.map(\.name)
                return "\(name): \(fields.joined(separator: ", "))"
            }
        }
    }

    // MARK: The page

    /// The page about the functions of `sp`, in Markdown.
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
        if let operation = operation(function.name), operation.changesAccount { return lines(of: operation.parameters) }
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
