internal import LuaHost
internal import RecipeLanguage
internal import ServerPilot

/// The fields of the functions, from the tables by which the functions read their arguments.
extension FunctionReference {
    /// Returns the fields of a function of a module.
    static func fields(of function: HostFunction, in module: String) -> [ReferencedField] {
        if module == "param" {
            return RecipeParameter.Kind(rawValue: function.name).map { keys(HeaderKey.allOptions(of: $0)) } ?? []
        }
        let inner = tables(of: function, in: module)
        return function.parameters.flatMap { parameter -> [ReferencedField] in
            if let members = inner[parameter.name] { return members }
            let own = operation(function.name)?.parameters.first { module == "sp" && $0.name == parameter.name }
            if let own { return fields([own]) }
            return [
                ReferencedField(
                    name: parameter.name, type: parameter.type, isOptional: parameter.isOptional,
                    documentation: parameter.documentation)
            ]
        }
    }

    /// Returns the members of the tables that a function takes, by the name of the parameter.
    static func tables(of function: HostFunction, in module: String) -> [String: [ReferencedField]] {
        let name = function.name
        switch "\(module).\(name)" {
        case "http.request": return ["request": keys(CallOption.request)]
        case "http.get", "http.post_json":
            let own = name == "get" ? ["method", "url"] : ["method", "url", "json", "body", "form"]
            return ["options": keys(CallOption.request.filter { !own.contains($0.name) })]
        case "ssh.run": return ["options": keys(CallOption.script)]
        case "ssh.copy": return ["options": keys(CallOption.copy)]
        case "sp.connect_server":
            let record = ServerPilot.Operation.named("create_server")?.bodyParameters ?? []
            return ["wanted": fields(record) + keys(CallOption.connecting)]
        case "sp.ensure_ssl":
            return ["wanted": fields(SSLEnsurer.parameters), "options": keys(CallOption.waiting)]
        case "sp.sleep": return ["options": keys(CallOption.sleeping)]
        case "sp.wait", "sp.wait_connected": return ["options": keys(CallOption.timeout)]
        case "recipe.recipe": return ["header": keys(HeaderKey.all)]
        default: break
        }
        guard module == "sp" else { return [:] }
        if let create = SPLibrary.ensured(by: name) {
            let password = create.bodyParameters.secretPaths.isEmpty ? [] : [EnsureOptions.PasswordRule.field]
            return [
                "wanted": fields(SPLibrary.wantedParameters(create) + password),
                "options": keys(CallOption.waiting),
            ]
        }
        if waits(name) { return ["options": keys(CallOption.waiting)] }
        if let listed = listed(by: name) {
            // A filter does not name the members of inner objects.
            let filters = listed.fields.filter { $0.secrecy == .open }.map { field in
                TableKey(field.name, field.type.words, field.documentation)
            }
            return ["filter": keys(filters)]
        }
        guard let operation = operation(name), operation.changesAccount else { return [:] }
        return ["arguments": fields(operation.bodyParameters)]
    }

    /// Returns the resource whose fields the filter of a function can name; `nil` for functions without a filter.
    private static func listed(by name: String) -> Shape? {
        for operation in ServerPilot.Operation.all {
            guard case .list(let shape) = operation.result else { continue }
            let isFound = name == "find_\(operation.kind)" && operation.pathParameters.isEmpty
            if name == operation.name.rawValue || isFound { return shape }
        }
        return nil
    }

    /// Whether a function of `sp` has the options of a wait.
    static func waits(_ name: String) -> Bool {
        name.hasPrefix("ensure_") || ["add_domains", "remove_domains"].contains(name)
    }

    static func operation(_ name: String) -> ServerPilot.Operation? {
        ServerPilot.Operation.named(ServerPilot.Operation.Name(rawValue: name))
    }

    private static func keys(_ keys: [TableKey], prefix: String = "") -> [ReferencedField] {
        keys.flatMap { key in
            let own = ReferencedField(
                name: prefix + key.name, type: key.type, isOptional: !key.isRequired, documentation: key.documentation)
            return [own] + Self.keys(key.members, prefix: "\(prefix)\(key.name).")
        }
    }

    /// Returns the fields of a request, with the members of inner tables.
    static func fields(_ fields: [Field], prefix: String = "") -> [ReferencedField] {
        fields.flatMap { field -> [ReferencedField] in
            var rules = field.constraints.map { (rule: $0, words: $0.demand) }
            if case .array(_, let each) = field.type {
                rules += each.map { (rule: $0, words: "have elements that each \($0.demand)") }
            }
            rules.removeAll { !($0.rule.toggle?.isOnByDefault ?? true) }
            let own = ReferencedField(
                name: prefix + field.name, type: field.type.words, isOptional: !field.isRequired,
                documentation: field.documentation,
                checked: rules.filter(\.rule.isCertain).map(\.words),
                unchecked: rules.filter { !$0.rule.isCertain }.map(\.words))
            guard case .object(let members) = field.type else { return [own] }
            return [own] + Self.fields(members, prefix: "\(prefix)\(field.name).")
        }
    }
}
