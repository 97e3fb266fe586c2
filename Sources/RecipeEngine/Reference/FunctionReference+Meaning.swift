/// Functions that an unknown name means, although it is spelled differently.
extension FunctionReference {
    private static let kinds = [
        "bool": "boolean", "flag": "boolean", "int": "integer", "float": "number", "double": "number", "str": "string",
        "text": "string", "array": "list", "table": "list", "choice": "enum", "select": "enum", "oneof": "enum",
        "password": "secret", "token": "secret", "path": "file", "time": "duration", "timeout": "duration",
        "user": "sysuser", "database": "db", "site": "app", "php": "runtime", "host": "domain",
    ]

    private static let resources = [
        "user": "sysuser", "database": "db", "site": "app", "website": "app", "key": "sshkey", "certificate": "ssl",
        "cert": "ssl", "machine": "server", "job": "action", "task": "action",
    ]

    /// The functions that a verb means; `R` stands for the resource.
    private static let verbs: [(verbs: Set<String>, functions: [String])] = [
        (["get", "fetch", "read", "show", "load", "lookup", "search", "select"], ["find_R", "R"]),
        (["list", "all"], ["Rs"]),
        (["add", "make", "new", "insert", "post"], ["create_R", "add_R", "ensure_R"]),
        (["remove", "destroy", "drop", "rm", "uninstall"], ["delete_R", "ensure_absent_R"]),
        (["change", "set", "edit", "modify", "put", "patch"], ["update_R"]),
    ]

    /// Returns the functions that do what a name says: `sp.find_server` and `sp.server` for `sp.get_server`.
    package static func meant(by name: String) -> [String] {
        let parts = name.split(separator: ".").map(String.init)
        guard let member = parts.last, parts.count <= 2 else { return [] }
        let module = parts.count == 2 ? parts[0] : "sp"
        guard module == "sp" else { return module == "param" ? kinds[member].map { ["param.\($0)"] } ?? [] : [] }
        var words = member.split(separator: "_").map(String.init)
        let verb = verbs.first { words.count > 1 && $0.verbs.contains(words[0]) }
        if verb != nil { words.removeFirst() }
        guard var resource = words.last else { return [] }
        let isPlural = resource.hasSuffix("s") && resource != "ssl"
        if isPlural { resource.removeLast() }
        words[words.count - 1] = resources[resource] ?? resource
        let noun = words.joined(separator: "_")
        let asked = verb.map { isPlural && $0.functions.contains("R") ? ["Rs"] : $0.functions } ?? ["Rs", "find_R"]
        let known = Set(modules.flatMap(\.functions).map(\.name))
        return asked.map { "sp.\($0.replacing("R", with: noun))" }.filter(known.contains)
    }
}
